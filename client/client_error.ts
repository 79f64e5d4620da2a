/**
 * Errors of connections between a client and a server.
 *
 * @module
 */

/**
 * Reason of a {@linkcode ClientError}:
 *
 * - `unreachable`: the server does not respond, or is temporarily not available: it stops, restarts
 *   or is overloaded, or a proxy responds with 502, 503 or 504. A later attempt can succeed.
 * - `refused`: the server does not accept this client, because of its origin, token or session, of
 *   its messages, or because no application has the path.
 * - `lost`: the connection has ended. The server may or may not have received the latest changes.
 * - `rejected`: the server has replied to one message with `ERROR`. The connection continues.
 * - `protocol`: the server has sent a malformed message, or one above `maxMessageBytes`.
 * - `closed`: this program has closed the session.
 */
export type ClientErrorCode = "unreachable" | "refused" | "lost" | "rejected" | "protocol" | "closed";

/** Options of {@linkcode ClientError}. */
export interface ClientErrorOptions extends ErrorOptions {
  /** Status of the HTTP response to the handshake, if it is not 101. */
  status?: number | undefined;
  /** Code of the websocket's close event; 0 if the connection failed without a close frame. */
  closeCode?: number | undefined;
}

/**
 * An error of a connection to a server. Its `code` is the reason.
 *
 * @example
 * ```ts
 * import { assertEquals, assertRejects } from "@std/assert";
 * import { ClientError, pullSession } from "@bokeh/server/client";
 *
 * const error = await assertRejects(() => pullSession({ url: "http://localhost:1/app" }), ClientError);
 * assertEquals(error.code, "unreachable");
 * ```
 */
export class ClientError extends Error {
  /** Reason of the error. */
  readonly code: ClientErrorCode;
  /**
   * Status of the HTTP response to the websocket's handshake, from the server or a proxy, if it is
   * not 101; undefined for other errors.
   */
  readonly status: number | undefined;
  /**
   * Code of the websocket's close event; 0 if the connection failed without a close frame.
   * Undefined if the error has another cause than the end of an open websocket.
   */
  readonly closeCode: number | undefined;

  /** Creates an error with a reason. */
  constructor(message: string, code: ClientErrorCode, options: ClientErrorOptions = {}) {
    super(message, options.cause === undefined ? {} : { cause: options.cause });
    this.name = "ClientError";
    this.code = code;
    this.status = options.status;
    this.closeCode = options.closeCode;
  }
}
