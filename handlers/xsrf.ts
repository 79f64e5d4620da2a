/**
 * Protection of requests that change something against pages of other sites.
 *
 * @module
 */

import { nodeBuiltin } from "../protocol/node_builtin.ts";
import { limitBody } from "./limited_body.ts";
import { parseCookies } from "./request_filter.ts";

const SAFE_METHODS = ["GET", "HEAD", "OPTIONS"];
/** Longest form that is searched for a token. */
const MAX_FORM_BYTES = 64 * 1024;
/** What this server and Python's make. */
const TOKEN = /^[\w|.-]{16,200}$/;

/** What a page needs whose form is to be let in. */
export interface XsrfToken {
  /** Goes into a form's field `_xsrf`, or a request's header `X-XSRFToken`. */
  readonly token: string;
  /** Value of the header `Set-Cookie` that the page must come with. */
  readonly cookie: string;
}

/** The token of a visitor: that of the cookie `_xsrf` where the request has one, else a new one. */
export function xsrfToken(request: Request, options: { path?: string; secure?: boolean } = {}): XsrfToken {
  const known = cookieOf(request);
  const token = known !== undefined && TOKEN.test(known) ? known : crypto.randomUUID();
  const { path = "/", secure = false } = options;
  return { token, cookie: `_xsrf=${token}; Path=${path}; SameSite=Lax${secure ? "; Secure" : ""}` };
}

/**
 * Whether a request brings the token of its own `_xsrf` cookie, in its query, a header or a form; those that change nothing need none.
 *
 * @returns the request to go on with, which is another where the form had to be read; undefined for one to refuse
 */
export async function passXsrf(request: Request): Promise<Request | undefined> {
  if (SAFE_METHODS.includes(request.method)) return request;
  const cookie = cookieOf(request);
  if (!cookie) return undefined;
  const token = new URL(request.url).searchParams.get("_xsrf") ?? request.headers.get("x-xsrftoken") ??
    request.headers.get("x-csrftoken");
  if (token !== null) return equal(token, cookie) ? request : undefined;
  return await passForm(request, cookie);
}

function cookieOf(request: Request): string | undefined {
  return parseCookies(request.headers.get("cookie") ?? "")["_xsrf"];
}

async function passForm(request: Request, cookie: string): Promise<Request | undefined> {
  if (!request.headers.get("content-type")?.startsWith("application/x-www-form-urlencoded")) return undefined;
  const { url, method, headers } = request;
  const body = await limitBody(request, MAX_FORM_BYTES).text();
  const token = new URLSearchParams(body).get("_xsrf");
  return token !== null && equal(token, cookie) ? new Request(url, { method, headers, body }) : undefined;
}

function equal(a: string, b: string): boolean {
  const [left, right] = [new TextEncoder().encode(a), new TextEncoder().encode(b)];
  return left.length === right.length && nodeBuiltin("node:crypto").timingSafeEqual(left, right);
}
