/** What a breach or an end of a connection is told as: a close code of the websocket, a status of HTTP, and a text for anybody to read. */
export interface ProtocolErrorAnswer {
  /** Close code, or `null` where the connection goes on and an ERROR is sent instead. */
  readonly wsClose: number | null;
  /** Status of an answer over HTTP. */
  readonly httpStatus: number;
  /** Says nothing of the server's insides; at most 123 bytes, the room a close frame has. */
  readonly publicText: string;
}

/** Every way in which a connection or a message can go wrong. `PROTOCOL.md` lists the same. */
export const PROTOCOL_ERRORS = {
  malformed: { wsClose: 1002, httpStatus: 400, publicText: "Message is malformed" },
  unexpected_type: { wsClose: 1002, httpStatus: 400, publicText: "Message type is unknown or not one to send here" },
  wrong_frame_kind: {
    wsClose: 1003,
    httpStatus: 400,
    publicText: "Frame is binary where text is due, or text where binary is due",
  },
  too_big: { wsClose: 1009, httpStatus: 413, publicText: "Message is too big" },
  too_many_messages: { wsClose: 1008, httpStatus: 429, publicText: "Too many messages wait to be handled" },
  invalid_content: { wsClose: null, httpStatus: 400, publicText: "Message content is not of its type" },
  callback_failed: { wsClose: null, httpStatus: 500, publicText: "A callback of the application failed" },
  too_many_sessions: { wsClose: 1013, httpStatus: 503, publicText: "Too many sessions: try again later" },
  too_many_connections: { wsClose: 1013, httpStatus: 503, publicText: "Too many connections: try again later" },
  opening_timeout: { wsClose: 1013, httpStatus: 503, publicText: "Session took too long to begin: try again later" },
  too_much_work: { wsClose: 1008, httpStatus: 429, publicText: "Clients asked for too much work" },
  change_refused: { wsClose: null, httpStatus: 403, publicText: "Change is not allowed" },
  refused: { wsClose: 1008, httpStatus: 403, publicText: "Connection is not allowed" },
  session_of_another: { wsClose: 1008, httpStatus: 403, publicText: "Session belongs to another user" },
  token_expired: { wsClose: 1008, httpStatus: 401, publicText: "Token has expired: reload the page" },
  login_changed: { wsClose: 4001, httpStatus: 401, publicText: "A login of this user has ended: connect again" },
  logged_out: { wsClose: 4401, httpStatus: 401, publicText: "Login has ended: log in again" },
  session_gone: { wsClose: 4404, httpStatus: 410, publicText: "Session has ended: reload the page" },
  slow_consumer: {
    wsClose: 1013,
    httpStatus: 503,
    publicText: "Client does not read what it is sent: try again later",
  },
  going_away: { wsClose: 1001, httpStatus: 503, publicText: "Server is going away" },
  internal: { wsClose: 1011, httpStatus: 500, publicText: "Internal server error" },
} as const satisfies Record<string, ProtocolErrorAnswer>;

/** Name of a row of {@linkcode PROTOCOL_ERRORS}. */
export type ProtocolErrorCode = keyof typeof PROTOCOL_ERRORS;

/** Options of {@linkcode ProtocolError}. */
export interface ProtocolErrorOptions {
  /** What lies behind it: for the log, never sent. */
  cause?: unknown;
  /** The message it answers. */
  reqid?: unknown;
}

/** A breach of the protocol, or the reason why a connection ends. */
export class ProtocolError extends Error {
  /** Row of the table of answers. */
  readonly code: ProtocolErrorCode;
  /** `msgid` of the message it answers, if it answers one. */
  readonly reqid: unknown;

  /** The message is for the log; the peer sees the `publicText` of the code only. */
  constructor(message: string, code: ProtocolErrorCode, options: ProtocolErrorOptions = {}) {
    super(message, { cause: options.cause });
    this.name = "ProtocolError";
    this.code = code;
    this.reqid = options.reqid;
  }

  /** Close code, status and public text of this error. */
  get answer(): ProtocolErrorAnswer {
    return PROTOCOL_ERRORS[this.code];
  }

  /** Anything that was thrown, as a ProtocolError; what is not one already is an internal error. */
  static from(reason: unknown): ProtocolError {
    if (reason instanceof ProtocolError) return reason;
    return new ProtocolError(PROTOCOL_ERRORS.internal.publicText, "internal", { cause: reason });
  }
}
