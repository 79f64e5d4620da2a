import type { Document } from "../document/document.ts";
import { ClientSession } from "./client_session.ts";
import { begin, type SessionOptions } from "./pull_session.ts";
import { openAddress } from "./session_address.ts";

/**
 * Connects to a session of a server, ours or Python's, and gives it a document in place of the one it has. The document
 * stays here, with its callbacks, and both are kept equal: a program without a server of its own can so show what it does.
 *
 * @throws {ClientError} `unreachable` or `refused`; `rejected` where the server cannot use the document.
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
 * const report = new Div({ text: "Working…" });
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
  return await begin(session, () => session.push());
}
