import { ClientDocument } from "./client_document.ts";
import { ClientSession, type ClientSessionSettings } from "./client_session.ts";
import { openAddress, type SessionAddress } from "./session_address.ts";

/** Options of {@linkcode pullSession} and {@linkcode pushSession}. */
export interface SessionOptions extends SessionAddress, ClientSessionSettings {}

/**
 * Connects to a session of a server, ours or Python's, and loads its document. Where there is no session of the id, the
 * application makes one.
 *
 * @throws {ClientError} `unreachable` or `refused`.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { serveBokeh } from "@bokeh/server";
 * import { pullSession } from "@bokeh/server/client";
 * import { Slider } from "@bokeh/server/models";
 *
 * await using server = await serveBokeh({ "/one": (doc) => doc.add_root(new Slider({ start: 0, end: 9, value: 1 })) }, { port: 0 });
 *
 * await using session = await pullSession({ url: server.url, app: "/one" });
 * session.document.select_one(Slider).value = 7;
 * await session.flushed();
 *
 * assertEquals(server.getSession("/one", session.id).document.select_one(Slider).value, 7);
 * ```
 */
export async function pullSession(options: SessionOptions = {}): Promise<ClientSession> {
  const session = new ClientSession({ ...options, ...await openAddress(options), document: new ClientDocument() });
  return await begin(session, () => session.pull());
}

/** Connects a session; one that could not begin is closed. */
export async function begin(session: ClientSession, synchronize: () => Promise<void>): Promise<ClientSession> {
  try {
    await session.connect();
    await synchronize();
    return session;
  } catch (error) {
    await session.close().catch(() => {});
    throw error;
  }
}
