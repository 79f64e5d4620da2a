/**
 * What can go wrong between a client and its server.
 *
 * @module
 */

/**
 * Kind of a {@linkcode ClientError}:
 *
 * - `unreachable`: nobody answers at the address.
 * - `refused`: the server does not let this client in: its origin, token, session or path is not one it takes.
 * - `lost`: the connection ended, and what was under way is not known to have arrived.
 * - `rejected`: the server has answered a message with ERROR.
 * - `protocol`: the server has sent what no client can use.
 * - `closed`: the session was closed on this side.
 */
export type ClientErrorCode = "unreachable" | "refused" | "lost" | "rejected" | "protocol" | "closed";

/** Options of {@linkcode ClientError}. */
export interface ClientErrorOptions extends ErrorOptions {
  /** Status of the HTTP response that refused the websocket. */
  status?: number | undefined;
  /** Code that the websocket was closed with. */
  closeCode?: number | undefined;
}

/**
 * An error of a connection to a server, told apart by its `code`.
 *
 * @example
 * ```ts
 * import { assertEquals, assertRejects } from "@std/assert";
 * import { ClientError, pullSession } from "@bokeh/server/client";
 *
 * const error = await assertRejects(() => pullSession({ url: "http://localhost:1/nobody" }), ClientError);
 * assertEquals(error.code, "unreachable");
 * ```
 */
export class ClientError extends Error {
  /** What kind of error it is. */
  readonly code: ClientErrorCode;
  /** Status of the HTTP response that refused the websocket, where there was one. */
  readonly status: number | undefined;
  /** Code that the websocket was closed with, where it was closed. */
  readonly closeCode: number | undefined;

  /** Makes an error of a kind. */
  constructor(message: string, code: ClientErrorCode, options: ClientErrorOptions = {}) {
    super(message, options.cause === undefined ? {} : { cause: options.cause });
    this.name = "ClientError";
    this.code = code;
    this.status = options.status;
    this.closeCode = options.closeCode;
  }
}
