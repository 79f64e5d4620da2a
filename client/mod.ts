/**
 * Clients of sessions: programs that load a document from a server and change it there, or that
 * send a document of their own to a server.
 *
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { serveBokeh } from "@bokeh/server";
 * import { pullSession } from "@bokeh/server/client";
 *
 * await using server = await serveBokeh({ "/": (doc) => void (doc.title = "Hello") }, { port: 0 });
 * await using session = await pullSession({ url: server.url });
 * assertEquals(session.document.title, "Hello");
 * ```
 *
 * @module
 */

export type { ReconnectOptions } from "./back_off.ts";
export { ClientError, type ClientErrorCode, type ClientErrorOptions } from "./client_error.ts";
export { ClientSession, type ClientSessionSettings, type ServerInfo } from "./client_session.ts";
export { pullSession, pushSession, type SessionOptions } from "./connect_session.ts";
export type { SessionAddress } from "./session_address.ts";
export type { Clock, TimerId } from "../common/clock.ts";
export type { Frame, MessageContent, MessageType } from "../protocol/message.ts";
