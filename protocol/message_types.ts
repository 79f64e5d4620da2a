/** Types a client may send to a server. */
export const CLIENT_MESSAGE_TYPES = ["PATCH-DOC", "PULL-DOC-REQ", "PUSH-DOC", "SERVER-INFO-REQ"] as const;

/** Name of a type that a client may send to a server. */
export type ClientMessageType = typeof CLIENT_MESSAGE_TYPES[number];

/** Types a server may send to a client. */
export const SERVER_MESSAGE_TYPES = ["ACK", "ERROR", "OK", "PATCH-DOC", "PULL-DOC-REPLY", "SERVER-INFO-REPLY"] as const;
