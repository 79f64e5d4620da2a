/**
 * Errors of the protocol, and how each is reported to clients.
 *
 * @module
 */

/** How an error is reported to the client: by closing the websocket, or by an HTTP response. */
export interface ProtocolErrorAnswer {
  /**
   * Close code of the websocket, or null if the connection stays open and an `ERROR` message is
   * sent instead.
   */
  readonly wsClose: number | null;
  /** Status of an HTTP response. */
  readonly httpStatus: number;
  /**
   * Reason for the client. Reveals nothing internal. At most 123 bytes, the limit of a close frame
   * (RFC 6455, 5.5).
   */
  readonly publicText: string;
}

/** All errors of connections and messages. `PROTOCOL.md` has the same table. */
export const PROTOCOL_ERRORS = {
  malformed: { wsClose: 1002, httpStatus: 400, publicText: "Message is malformed" },
  unexpected_type: {
    wsClose: 1002,
    httpStatus: 400,
    publicText: "Message type is unknown or not allowed in this direction",
  },
  wrong_frame_kind: {
    wsClose: 1003,
    httpStatus: 400,
    publicText: "Frame is binary instead of text, or text instead of binary",
  },
  too_big: { wsClose: 1009, httpStatus: 413, publicText: "Message is too big" },
  too_many_messages: { wsClose: 1008, httpStatus: 429, publicText: "Too many messages are waiting" },
  invalid_content: { wsClose: null, httpStatus: 400, publicText: "Message content does not match its type" },
  callback_failed: { wsClose: null, httpStatus: 500, publicText: "A callback of the application failed" },
  too_many_sessions: { wsClose: 1013, httpStatus: 503, publicText: "Too many sessions: try again later" },
  too_many_connections: { wsClose: 1013, httpStatus: 503, publicText: "Too many connections: try again later" },
  opening_timeout: { wsClose: 1013, httpStatus: 503, publicText: "Session creation timed out: try again later" },
  too_much_work: { wsClose: 1008, httpStatus: 429, publicText: "Messages of clients caused too much work" },
  change_refused: { wsClose: null, httpStatus: 403, publicText: "Change is not allowed" },
  refused: { wsClose: 1008, httpStatus: 403, publicText: "Connection is not allowed" },
  session_owner_mismatch: { wsClose: 1008, httpStatus: 403, publicText: "Session belongs to another user" },
  token_expired: { wsClose: 1008, httpStatus: 401, publicText: "Token has expired: reload the page" },
  login_changed: { wsClose: 4001, httpStatus: 401, publicText: "A login of this user has ended: connect again" },
  logged_out: { wsClose: 4401, httpStatus: 401, publicText: "Login has ended: log in again" },
  session_gone: { wsClose: 4404, httpStatus: 410, publicText: "Session has ended: reload the page" },
  slow_consumer: {
    wsClose: 1013,
    httpStatus: 503,
    publicText: "Client reads too slowly: try again later",
  },
  session_moved: { wsClose: 1012, httpStatus: 503, publicText: "Session moves to another process: connect again" },
  owner_unreachable: {
    wsClose: 1013,
    httpStatus: 503,
    publicText: "Process of the session does not answer: try again later",
  },
  store_unavailable: { wsClose: 1013, httpStatus: 503, publicText: "Session store is not available: try again later" },
  application_changed: { wsClose: 4409, httpStatus: 409, publicText: "Application has changed: reload the page" },
  going_away: { wsClose: 1001, httpStatus: 503, publicText: "Server is going away" },
  internal: { wsClose: 1011, httpStatus: 500, publicText: "Internal server error" },
} as const satisfies Record<string, ProtocolErrorAnswer>;

/** Code of an error: a key of {@linkcode PROTOCOL_ERRORS}. */
export type ProtocolErrorCode = keyof typeof PROTOCOL_ERRORS;

/** Options of {@linkcode ProtocolError}. */
export interface ProtocolErrorOptions {
  /** The underlying error. It is logged and never sent. */
  cause?: unknown;
  /** `msgid` of the request that failed. */
  reqid?: unknown;
}

/** A violation of the protocol by the peer, or the reason for which a connection is closed. */
export class ProtocolError extends Error {
  /** Key of {@linkcode PROTOCOL_ERRORS}. */
  readonly code: ProtocolErrorCode;
  /** `msgid` of the request that failed, undefined if the error belongs to no request. */
  readonly reqid: unknown;

  /**
   * Creates an error.
   *
   * @param message Text for the log. The client receives only the `publicText` of the code.
   * @param code Key of {@linkcode PROTOCOL_ERRORS}.
   */
  constructor(message: string, code: ProtocolErrorCode, options: ProtocolErrorOptions = {}) {
    super(message, { cause: options.cause });
    this.name = "ProtocolError";
    this.code = code;
    this.reqid = options.reqid;
  }

  /** Close code, HTTP status and public text of this error. */
  get answer(): ProtocolErrorAnswer {
    return PROTOCOL_ERRORS[this.code];
  }

  /**
   * Converts anything that was thrown. Anything but a `ProtocolError` becomes the cause of an
   * `internal` error.
   */
  static from(reason: unknown): ProtocolError {
    if (reason instanceof ProtocolError) return reason;
    return new ProtocolError(PROTOCOL_ERRORS.internal.publicText, "internal", { cause: reason });
  }
}
