/**
 * How a client says in the handshake of its websocket that it decodes definitions of classes in patches.
 *
 * @module
 */

/** Name of the header. Clients other than pages set it, and {@linkcode DEFINITIONS} is its value. */
export const ACCEPTS_HEADER = "bokeh-accepts";

/** Value of the header for a client that decodes the field `defs` of events. */
export const DEFINITIONS = "defs";

/**
 * Returns whether a client decodes definitions in patches. BokehJS does, and browsers send `Origin` with each handshake. Python's
 * client fails on them, and sends neither header.
 *
 * @param headers Headers of the handshake.
 */
export function decodesDefinitions(headers: Headers): boolean {
  return headers.has("origin") || headers.get(ACCEPTS_HEADER) === DEFINITIONS;
}
