/**
 * Protection of requests that change something against pages of other sites.
 *
 * @module
 */

import { timingSafeEqual } from "node:crypto";
import { parseCookies } from "../handlers/request_filter.ts";

const SAFE_METHODS = ["GET", "HEAD", "OPTIONS"];
/** A form that is longer than this has no token where one is looked for. */
const MAX_FORM_BYTES = 64 * 1024;

/** Whether a request brings the token of its own `_xsrf` cookie, in a header or in a form; those that change nothing need none. */
export async function passesXsrf(request: Request): Promise<boolean> {
  if (SAFE_METHODS.includes(request.method)) return true;
  const cookie = parseCookies(request.headers.get("cookie") ?? "")["_xsrf"];
  if (!cookie) return false;
  const token = request.headers.get("x-xsrftoken") ?? request.headers.get("x-csrftoken") ?? await formToken(request);
  return token !== undefined && equal(token, cookie);
}

async function formToken(request: Request): Promise<string | undefined> {
  const length = Number(request.headers.get("content-length") ?? NaN);
  if (!request.headers.get("content-type")?.startsWith("application/x-www-form-urlencoded")) return undefined;
  if (!(length <= MAX_FORM_BYTES)) return undefined;
  // a clone, so that whoever answers can still read the form
  return new URLSearchParams(await request.clone().text()).get("_xsrf") ?? undefined;
}

function equal(a: string, b: string): boolean {
  const [left, right] = [new TextEncoder().encode(a), new TextEncoder().encode(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}
