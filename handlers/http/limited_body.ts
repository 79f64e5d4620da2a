/**
 * Bodies of requests that are no longer than a limit.
 *
 * @module
 */

import { Refusal } from "./refusal.ts";

/**
 * Returns a request whose body fails with a {@linkcode Refusal} (413) at the first byte over a limit, so that a handler which reads all of
 * it cannot be made to fill the memory.
 *
 * @throws {Refusal} If the request announces a longer body.
 */
export function limitBody(request: Request, maxBytes: number): Request {
  const { body, url, method, headers } = request;
  if (body === null) return request;
  const tooLong = () => new Refusal(413, `The body of this request may have at most ${maxBytes} bytes`);
  if (Number(headers.get("content-length")) > maxBytes) throw tooLong();
  // from its parts: to copy the request with its signal makes Deno write a warning
  return new Request(url, { method, headers, body: body.pipeThrough(limitBytes(maxBytes, tooLong)) });
}

/** Returns a stream that passes `count` bytes on and fails at the next. */
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
