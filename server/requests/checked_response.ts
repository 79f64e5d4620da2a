/**
 * Checks the responses of handlers that applications provide.
 *
 * @module
 */

/**
 * Returns the response of an application's handler with mutable headers.
 *
 * @param name Name of the handler, for the error.
 * @throws {TypeError} If the handler returned something else, which its type cannot prevent in
 * JavaScript.
 */
export function checkedResponse(response: unknown, name: string): Response {
  if (!(response instanceof Response)) {
    throw new TypeError(
      `Cannot answer: ${name} returned ${Deno.inspect(response, { depth: 0 })} instead of a Response`,
    );
  }
  return response.status === 101 ? response : new Response(response.body, response);
}
