/**
 * Answers that many routes give.
 *
 * @module
 */

import { Buffer } from "node:buffer";
import { STATUS_TEXT, type StatusCode } from "@std/http/status";
import { renderError } from "../../embed/pages/error_page.ts";
import { errorScript } from "../../embed/scripts/page_scripts.ts";

/** On every answer: browsers take it for what it says it is. */
const NOSNIFF = { "x-content-type-options": "nosniff" } as const;

/** On what holds a token: nobody keeps it, and no other site hears of its URL. */
const PRIVATE = {
  "cache-control": "no-store",
  "referrer-policy": "same-origin",
  "x-robots-tag": "noindex",
} as const;

/** A page or a script with a token. It has no ETag: no two are the same, and nobody may keep one. */
export function privateResponse(
  request: Request,
  type: string,
  text: string,
  headers: Record<string, string> = {},
): Response {
  return wholeResponse(request, type, text, { ...PRIVATE, ...headers });
}

/** An answer of text, with its length and an ETag; the head alone where only that was asked for. */
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

/** Text goes out as text: to encode it here would cost as much as all else that the runtime does for an answer. */
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

/** A refusal or a failure. The reason is also the status text, where HTTP/1.1 has one. */
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

/** A refusal or a failure as a script: the tag that asked for one runs whatever it is answered. */
export function scriptedError({ status, statusText, headers }: Response): Response {
  const scripted = new Headers(headers);
  scripted.set("content-type", "application/javascript; charset=utf-8");
  const text = errorScript(`Cannot show a Bokeh application: ${status} ${statusText}`);
  return new Response(text, { status, statusText, headers: scripted });
}

/** The method is none of those that the route knows. */
export function methodNotAllowed(allowed: readonly string[]): Response {
  return errorResponse(405, undefined, { headers: { allow: allowed.join(", ") } });
}

/**
 * Marks a response that depends on the user. Shared caches do not keep it, and the cache of a browser keeps it for the same credentials
 * only: after a logout, or for the next user of the browser, it does not count.
 */
export function forThisUserOnly(response: Response): Response {
  const { headers, status } = response;
  if (status === 101) return response;
  const caching = headers.get("cache-control") ?? "no-cache";
  if (caching !== "no-store") headers.set("cache-control", `private, ${caching.replace(/^public, /, "")}`);
  headers.append("vary", "Cookie, Authorization");
  return response;
}

/** The visitor shall look elsewhere. */
export function redirect(location: string): Response {
  return new Response(null, { status: 302, headers: { location, "cache-control": "no-store" } });
}
