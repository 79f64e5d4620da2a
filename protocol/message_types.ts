/** Types a client may send to a server. */
export const CLIENT_MESSAGE_TYPES: readonly ClientMessageType[] = [
  "PATCH-DOC",
  "PULL-DOC-REQ",
  "PUSH-DOC",
  "SERVER-INFO-REQ",
];

/** Name of a type that a client may send to a server. */
export type ClientMessageType = "PATCH-DOC" | "PULL-DOC-REQ" | "PUSH-DOC" | "SERVER-INFO-REQ";

/** Types a server may send to a client. */
export const SERVER_MESSAGE_TYPES = ["ACK", "ERROR", "OK", "PATCH-DOC", "PULL-DOC-REPLY", "SERVER-INFO-REPLY"] as const;
