/**
 * Errors of connections between a client and a server.
 *
 * @module
 */

/**
 * Reason of a {@linkcode ClientError}:
 *
 * - `unreachable`: the server does not respond, or has closed the connection for a reason that
 *   passes.
 * - `refused`: the server rejects this client: its origin, token or session, or the path of the
 *   application.
 * - `lost`: the connection has ended. The server may or may not have received the latest changes.
 * - `rejected`: the server has replied to a message with `ERROR`.
 * - `protocol`: the server has sent a malformed message, or one above `maxMessageBytes`.
 * - `closed`: this program has closed the session.
 */
export type ClientErrorCode = "unreachable" | "refused" | "lost" | "rejected" | "protocol" | "closed";

/** Options of {@linkcode ClientError}. */
export interface ClientErrorOptions extends ErrorOptions {
  /** Status of the HTTP response with which the server refused the websocket. */
  status?: number | undefined;
  /** Code with which the websocket was closed. */
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
   * Status of the HTTP response with which the server refused the websocket; undefined for other
   * errors.
   */
  readonly status: number | undefined;
  /** Code with which the websocket was closed; undefined if the error has another reason. */
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
