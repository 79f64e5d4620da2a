/**
 * Parameters of the websocket handshake: the subprotocol, the session token, and whether the client
 * can decode definitions of model classes in the patches of the server.
 *
 * Browsers cannot set headers of a handshake. Clients therefore send the token as a second
 * subprotocol, as in Bokeh.
 *
 * @module
 */

/** Subprotocol of Bokeh's websockets. The server's response selects it and never has the token. */
export const SUBPROTOCOL = "bokeh";

/**
 * Header in which clients other than browsers state that they can decode an extension of Bokeh's
 * messages. {@linkcode ACCEPTS_DEFINITIONS} is its only value.
 */
export const ACCEPTS_HEADER = "bokeh-accepts";

/**
 * Value of {@linkcode ACCEPTS_HEADER} for clients that decode the field `defs` of a patch's first
 * event, which defines the model classes of an application.
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
 * Returns whether a client can decode definitions of model classes in patches. Clients with the
 * header `Origin`, which browsers send with each handshake, are BokehJS, which can decode them.
 * Python's client sends neither `Origin` nor {@linkcode ACCEPTS_HEADER}, and fails on definitions.
 *
 * @param headers Headers of the handshake.
 */
export function decodesDefinitions(headers: Headers): boolean {
  return headers.has("origin") || headers.get(ACCEPTS_HEADER) === ACCEPTS_DEFINITIONS;
}
