/**
 * Limits on the size of request bodies.
 *
 * @module
 */

import { Refusal } from "./refusal.ts";

/**
 * Returns a request whose body stream fails with a {@linkcode Refusal} (413) at the first byte
 * beyond a limit, so that a handler that reads the whole body cannot exhaust the memory.
 *
 * @throws {Refusal} 413 if `Content-Length` exceeds the limit.
 */
export function limitBody(request: Request, maxBytes: number): Request {
  const { body, url, method, headers } = request;
  if (body === null) return request;
  const tooLong = () => new Refusal(413, `The body of this request may have at most ${maxBytes} bytes`);
  if (Number(headers.get("content-length")) > maxBytes) throw tooLong();
  // made from its parts, because Deno writes a warning when a request is copied with its signal
  return new Request(url, { method, headers, body: body.pipeThrough(limitBytes(maxBytes, tooLong)) });
}

/** Returns a stream that passes on up to `count` bytes and fails at the next one. */
export function limitBytes(
  count: number,
  failure: () => Error,
): TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>> {
  let left = count;
  return new TransformStream({
    transform(chunk, controller) {
      left -= chunk.length;
      if (left < 0) controller.error(failure());
      else controller.enqueue(chunk);
    },
  });
}
