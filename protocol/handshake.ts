/**
 * What a client and a server agree upon in the handshake of the websocket: the subprotocol, the
 * session token, and whether patches may define classes.
 *
 * Browsers cannot set headers of a handshake. The token is therefore sent as a second subprotocol,
 * as Bokeh does.
 *
 * @module
 */

/** Subprotocol of Bokeh's websockets. A server answers with it alone, never with the token. */
export const SUBPROTOCOL = "bokeh";

/** Header by which clients other than browsers list the optional features that they can decode. */
export const ACCEPTS_HEADER = "bokeh-accepts";

/**
 * Value of {@linkcode ACCEPTS_HEADER} of a client that decodes the field `defs` of patch events.
 */
export const ACCEPTS_DEFINITIONS = "defs";

/**
 * Returns the session token of a handshake, or undefined unless the offered subprotocols are
 * exactly `bokeh` and a token.
 *
 * @param headers Headers of the handshake.
 */
export function tokenFromSubprotocols(headers: Headers): string | undefined {
  const [name, token, ...others] = (headers.get("sec-websocket-protocol") ?? "").split(",").map((item) => item.trim());
  return name === SUBPROTOCOL && others.length === 0 && token ? token : undefined;
}

/**
 * Returns whether a client can decode class definitions in patches. BokehJS can, and is recognized
 * by `Origin`, which browsers send with each handshake. Python's client fails on definitions; it
 * sends neither header.
 *
 * @param headers Headers of the handshake.
 */
export function decodesDefinitions(headers: Headers): boolean {
  return headers.has("origin") || headers.get(ACCEPTS_HEADER) === ACCEPTS_DEFINITIONS;
}
