/**
 * Notifications of ended logins between the processes of a server.
 *
 * @module
 */

import { getLogger } from "@logtape/logtape";
import type { EndedLogin } from "../handlers/login/logins.ts";
import type { Peer } from "../handlers/relay/relay.ts";
import type { SessionStorage } from "./session_storage.ts";

const logger = getLogger(["bokeh", "server"]);

/**
 * Path of the notifications. Only processes of the server can reach it, on the sockets that they
 * share.
 */
const PATH = "/.bokeh/ended-logins";

/**
 * Ends a login in the other processes of the server, and at the other servers of its session store.
 */
export async function endLoginElsewhere(
  peers: Iterable<Peer>,
  store: Pick<SessionStorage, "endLogin"> | undefined,
  ended: EndedLogin,
): Promise<void> {
  await Promise.all([notifyPeers(peers, ended), store?.endLogin(ended)]);
}

/** Logs an error for each process that cannot be reached. */
async function notifyPeers(peers: Iterable<Peer>, ended: EndedLogin): Promise<void> {
  const body = JSON.stringify(ended);
  await Promise.all([...peers].map(async (peer) => {
    const request = new Request(`http://localhost${PATH}`, { method: "POST", body });
    try {
      await (await peer.fetch(request, {})).body?.cancel();
    } catch (error) {
      logger.error("Cannot notify a process of the server of a logout: {error}", { error });
    }
  }));
}

/** Returns the login of a notification, or undefined if the request of another process is none. */
export async function notifiedLogin(request: Request): Promise<EndedLogin | undefined> {
  if (new URL(request.url).pathname !== PATH) return undefined;
  // sent by another process of this server, so that it has this type
  return await request.json();
}
