/**
 * The functions that connect to a session: `pullSession` and `pushSession`.
 *
 * @module
 */

import type { Document } from "../document/document.ts";
import { clientDocument, ClientSession, type ClientSessionSettings } from "./client_session.ts";
import { openAddress, type SessionAddress } from "./session_address.ts";

/** Options of {@linkcode pullSession} and {@linkcode pushSession}. */
export interface SessionOptions extends SessionAddress, ClientSessionSettings {}

/**
 * Connects to a session of a Bokeh server, Deno's or Python's, and loads its document. If there is
 * no session with the id, the server creates one, and the application fills its document.
 *
 * Changes on either side are sent to the other until the session is closed. Dispose of the session,
 * or call its `close()`, so that the last changes are sent.
 *
 * @throws {ClientError} With the code `unreachable` if the server does not respond, `refused` if it
 * rejects the connection, and `protocol` if the document is larger than `maxMessageBytes`.
 * @throws {TypeError} If both `sessionId` and `token` are given, or if the URL is neither HTTP nor
 * HTTPS.
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
  const session = new ClientSession({ ...options, ...await openAddress(options), document: clientDocument() });
  return await connect(session, () => session.pull());
}

/**
 * Connects to a session of a Bokeh server, Deno's or Python's, and replaces the server's document
 * by one of this program. The document keeps its callbacks, which run in this program: a program
 * can so show its document in browsers without a server of its own.
 *
 * Changes on either side are sent to the other until the session is closed.
 *
 * @throws {ClientError} With the code `unreachable` if the server does not respond, `refused` if it
 * rejects the connection, and `rejected` if it rejects the document.
 * @throws {TypeError} If both `sessionId` and `token` are given, or if the URL is neither HTTP nor
 * HTTPS.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { Document, serveBokeh } from "@bokeh/server";
 * import { pushSession } from "@bokeh/server/client";
 * import { Div } from "@bokeh/server/models";
 *
 * await using server = await serveBokeh({ "/": () => {} }, { port: 0 });
 * const doc = new Document();
 * const report = new Div({ text: "In progress" });
 * doc.add_root(report);
 *
 * await using session = await pushSession(doc, { url: server.url });
 * report.text = "Done";
 * await session.flushed();
 *
 * assertEquals(server.getSession("/", session.id).document.select_one(Div).text, "Done");
 * ```
 */
export async function pushSession(document: Document, options: SessionOptions = {}): Promise<ClientSession> {
  const session = new ClientSession({ ...options, ...await openAddress(options), document });
  return await connect(session, () => session.push());
}

/** Connects and synchronizes a session. If that fails, closes it and throws the error. */
async function connect(session: ClientSession, synchronize: () => Promise<void>): Promise<ClientSession> {
  try {
    await session.connect();
    await synchronize();
    return session;
  } catch (error) {
    // the error that is thrown says why; those of closing only repeat it
    await session.close().catch(() => {});
    throw error;
  }
}
