/** A visitor of an application: gets the page and opens the socket that its token allows. */

import { BokehSocket, type SocketOptions } from "./bokeh_socket.ts";
import { getRequest, HttpConnection } from "./http_connection.ts";
import type { Target } from "./job.ts";
import { getToken } from "./page.ts";

/** Opens the page of an application over a connection of its own, as a browser does, and takes the token. */
export async function openPage({ port, path, query = "" }: Target): Promise<string> {
  using http = await HttpConnection.open(port);
  return await getToken(http, getRequest(port, path + query));
}

/** Opens the socket of the session that a token is for; `session` tells a server that only repeats which one it is. */
export async function openSocket(
  { port, path }: Target,
  token: string,
  options: SocketOptions & { session?: number } = {},
): Promise<BokehSocket> {
  return await BokehSocket.open(port, `${path}/ws?bench-session=${options.session ?? 0}`, token, options);
}

/** A session with its socket. */
export async function openSession(
  target: Target,
  options?: SocketOptions & { session?: number },
): Promise<BokehSocket> {
  return await openSocket(target, await openPage(target), options);
}
