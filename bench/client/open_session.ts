/** Opens sessions as a browser does: requests the page and opens a websocket with its token. */

import { MeasuringClient, type SocketOptions } from "./measuring_client.ts";
import { getRequest, HttpConnection } from "./http_connection.ts";
import type { Target } from "./job.ts";
import { getToken } from "./page.ts";

/** Requests the page of an application over a new connection. Returns the token. */
export async function openPage({ port, path, query = "" }: Target): Promise<string> {
  using http = await HttpConnection.open(port);
  return await getToken(http, getRequest(port, path + query));
}

/** Opens a websocket with a token. `session`: number of the session, for the bare server, which cannot read it from the token. */
export async function openSocket(
  { port, path }: Target,
  token: string,
  options: SocketOptions & { session?: number } = {},
): Promise<MeasuringClient> {
  return await MeasuringClient.open(port, `${path}/ws?bench-session=${options.session ?? 0}`, token, options);
}

/** Requests the page and opens its websocket. */
export async function openSession(
  target: Target,
  options?: SocketOptions & { session?: number },
): Promise<MeasuringClient> {
  return await openSocket(target, await openPage(target), options);
}
