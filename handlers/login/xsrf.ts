/**
 * Protection against cross-site request forgery: requests that change something must bring a token that other sites cannot know.
 *
 * @module
 */

import { nodeBuiltin } from "../../common/node_builtin.ts";
import { type SecretKey, sign, splitSignature, verify } from "../../session/credentials/signature.ts";
import { limitBody } from "../http/limited_body.ts";
import { parseCookies } from "../http/request_filter.ts";

const SAFE_METHODS = ["GET", "HEAD", "OPTIONS"];
/** Longest form that is searched for a token. */
const MAX_FORM_BYTES = 64 * 1024;

/** What a page with a form needs. */
export interface XsrfToken {
  /** Value of the form's field `_xsrf`, or of the request's header `X-XSRFToken`. */
  readonly token: string;
  /** Value of the header `Set-Cookie` that the page must be sent with. */
  readonly cookie: string;
}

/** Options of {@linkcode XsrfTokens}. */
export interface XsrfOptions {
  /** Key of the signatures. Without one a token is only compared with its cookie, as in Python's server. */
  readonly key: SecretKey | undefined;
  /** Returns a text that tells the user of the request from others; the empty text if nobody has logged in. */
  readonly userKey: () => Promise<string>;
  /** Whether the client uses HTTPS. */
  readonly secure: boolean;
  /** Path of the cookie without HTTPS. */
  readonly path: string;
}

/**
 * Makes and checks the token of one request.
 *
 * A token stands in a cookie, which a browser sends by itself, and in a field or a header, which other sites cannot fill in because they
 * cannot read the cookie. A site that can set a cookie for this host, from a subdomain or by plain HTTP, could bring both. Therefore a token
 * is signed and holds for one user only, and with HTTPS the cookie has the prefix `__Host-`, with which no other host can set it.
 */
export class XsrfTokens {
  readonly #request: Request;
  readonly #options: XsrfOptions;

  /** Works on a request. */
  constructor(request: Request, options: XsrfOptions) {
    this.#request = request;
    this.#options = options;
  }

  /** Returns the token of the request's cookie if it is right, else a new one. */
  async issue(): Promise<XsrfToken> {
    const { secure, path } = this.#options;
    const known = this.#cookie();
    const token = known !== undefined && await this.#isRight(known) ? known : await this.#make();
    const attributes = secure ? "; Path=/; Secure" : `; Path=${path}`;
    return { token, cookie: `${this.#cookieName}=${token}${attributes}; SameSite=Lax` };
  }

  /**
   * Checks that the request brings the token of its cookie in a header or a form. Requests that change nothing need none.
   *
   * @returns The request to go on with, which is another if its form was read; undefined if it has to be refused.
   */
  async check(): Promise<Request | undefined> {
    const request = this.#request;
    if (SAFE_METHODS.includes(request.method)) return request;
    const cookie = this.#cookie();
    if (!cookie || !await this.#isRight(cookie)) return undefined;
    const token = request.headers.get("x-xsrftoken") ?? request.headers.get("x-csrftoken");
    if (token !== null) return isEqual(token, cookie) ? request : undefined;
    return await checkForm(request, cookie);
  }

  get #cookieName(): string {
    return this.#options.secure && this.#options.key !== undefined ? "__Host-_xsrf" : "_xsrf";
  }

  #cookie(): string | undefined {
    return parseCookies(this.#request.headers.get("cookie") ?? "")[this.#cookieName];
  }

  async #make(): Promise<string> {
    const text = crypto.randomUUID();
    const { key, userKey } = this.#options;
    return key === undefined ? text : `${text}.${await sign(`${text} ${await userKey()}`, key, "xsrf")}`;
  }

  async #isRight(token: string): Promise<boolean> {
    const { key, userKey } = this.#options;
    if (key === undefined) return true;
    const parts = splitSignature(token);
    return parts !== undefined &&
      await verify(parts.signature, `${parts.text} ${await userKey()}`, key, "xsrf");
  }
}

async function checkForm(request: Request, cookie: string): Promise<Request | undefined> {
  if (!request.headers.get("content-type")?.startsWith("application/x-www-form-urlencoded")) return undefined;
  const { url, method, headers } = request;
  const body = await limitBody(request, MAX_FORM_BYTES).text();
  const token = new URLSearchParams(body).get("_xsrf");
  return token !== null && isEqual(token, cookie) ? new Request(url, { method, headers, body }) : undefined;
}

function isEqual(a: string, b: string): boolean {
  const [left, right] = [new TextEncoder().encode(a), new TextEncoder().encode(b)];
  return left.length === right.length && nodeBuiltin("node:crypto").timingSafeEqual(left, right);
}
