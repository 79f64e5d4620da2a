/**
 * Responses that several routes return.
 *
 * @module
 */

import { Buffer } from "node:buffer";
import { STATUS_TEXT, type StatusCode } from "@std/http/status";
import { renderError } from "../../embed/pages/error_page.ts";
import { errorScript } from "../../embed/scripts/page_scripts.ts";

/** Header of all responses: browsers do not guess the media type. */
const NOSNIFF = { "x-content-type-options": "nosniff" } as const;

/**
 * Headers of responses that hold a token: caches do not keep them, and other sites do not get their
 * URL as `Referer`.
 */
const PRIVATE = {
  "cache-control": "no-store",
  "referrer-policy": "same-origin",
  "x-robots-tag": "noindex",
} as const;

/**
 * Returns a page or a script that holds a token. It has no ETag, because caches must not keep it.
 */
export function privateResponse(
  request: Request,
  type: string,
  text: string,
  headers: Record<string, string> = {},
): Response {
  return wholeResponse(request, type, text, { ...PRIVATE, ...headers });
}

/** Returns a text with its length and an ETag. The response to HEAD has no body. */
export async function textResponse(
  request: Request,
  type: string,
  text: string,
  headers: Record<string, string> = {},
): Promise<Response> {
  const bytes = new TextEncoder().encode(text);
  const etag = `"${new Uint8Array(await crypto.subtle.digest("SHA-1", bytes)).toHex()}"`;
  return wholeResponse(request, type, bytes, { etag, ...headers });
}

/**
 * Returns a response with its length. A text is passed to the runtime as a string: to encode it
 * here would take as long as everything else that the runtime does for a response.
 */
function wholeResponse(
  request: Request,
  type: string,
  body: string | Uint8Array<ArrayBuffer>,
  headers: Record<string, string>,
): Response {
  const length = Buffer.byteLength(body);
  return new Response(request.method === "HEAD" ? null : body, {
    headers: { ...NOSNIFF, "content-type": type, "content-length": `${length}`, ...headers },
  });
}

/** Returns an error page. The reason is also the status text, which HTTP/1.1 sends. */
export function errorResponse(
  status: StatusCode,
  reason: string = STATUS_TEXT[status],
  options: { detail?: string; headers?: Record<string, string> } = {},
): Response {
  const { detail, headers } = options;
  return new Response(renderError({ status, title: reason, ...(detail === undefined ? {} : { detail }) }), {
    status,
    statusText: reason,
    headers: { ...NOSNIFF, "content-type": "text/html; charset=utf-8", ...headers },
  });
}

/**
 * Returns an error response as a script that logs the error, because a `<script>` element runs
 * whatever it gets.
 */
export function scriptedError({ status, statusText, headers }: Response): Response {
  const scripted = new Headers(headers);
  scripted.set("content-type", "application/javascript; charset=utf-8");
  const text = errorScript(`Cannot show a Bokeh application: ${status} ${statusText}`);
  return new Response(text, { status, statusText, headers: scripted });
}

/** Returns a 405 with the methods that a route supports. */
export function methodNotAllowed(allowed: readonly string[]): Response {
  return errorResponse(405, undefined, { headers: { allow: allowed.join(", ") } });
}

/**
 * Marks a response that depends on the user. Shared caches do not keep it, and the cache of a
 * browser uses it only with the same credentials: not after a logout or for the next user of the
 * browser.
 */
export function forThisUserOnly(response: Response): Response {
  const { headers, status } = response;
  if (status === 101) return response;
  const caching = headers.get("cache-control") ?? "no-cache";
  if (caching !== "no-store") headers.set("cache-control", `private, ${caching.replace(/^public, /, "")}`);
  headers.append("vary", "Cookie, Authorization");
  return response;
}

/** Returns a temporary redirect that caches do not keep. */
export function redirect(location: string): Response {
  return new Response(null, { status: 302, headers: { location, "cache-control": "no-store" } });
}
