/**
 * The message types that each side may send.
 *
 * @module
 */

/** Message types that a client may send to a server. */
export const CLIENT_MESSAGE_TYPES: readonly ClientMessageType[] = [
  "PATCH-DOC",
  "PULL-DOC-REQ",
  "PUSH-DOC",
  "SERVER-INFO-REQ",
];

/** A message type that a client may send to a server. */
export type ClientMessageType = "PATCH-DOC" | "PULL-DOC-REQ" | "PUSH-DOC" | "SERVER-INFO-REQ";

/** Message types that a server may send to a client. */
export const SERVER_MESSAGE_TYPES = ["ACK", "ERROR", "OK", "PATCH-DOC", "PULL-DOC-REPLY", "SERVER-INFO-REPLY"] as const;
