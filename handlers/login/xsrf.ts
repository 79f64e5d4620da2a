/**
 * Protection against cross-site request forgery (XSRF): requests that change something must carry a
 * token that other sites do not know.
 *
 * @module
 */

import { equalSecrets } from "../../common/equal_secrets.ts";
import { type SecretKey, sign, splitSignature, verify } from "../../session/credentials/signature.ts";
import { limitBody } from "../http/limited_body.ts";
import { parseCookies } from "../http/request_filter.ts";

const SAFE_METHODS = ["GET", "HEAD", "OPTIONS"];
/** Maximum size of a form that is searched for a token. */
const MAX_FORM_BYTES = 64 * 1024;

/** The XSRF token of a page with a form. */
export interface XsrfToken {
  /**
   * Value of the form's field `_xsrf`, or of the header `X-XSRFToken` of requests that the page
   * sends.
   */
  readonly token: string;
  /** Value of the header `Set-Cookie` of the page. */
  readonly cookie: string;
}

/** Options of {@linkcode XsrfTokens}. */
export interface XsrfOptions {
  /**
   * Key that signs the tokens. Without one a token is only compared with its cookie, as in Python's
   * server.
   */
  readonly key: SecretKey | undefined;
  /** Returns the key that identifies the user of the request, or the empty text without a login. */
  readonly userKey: () => Promise<string>;
  /** Whether the request came by HTTPS. */
  readonly secure: boolean;
  /** Path of the cookie if the request did not come by HTTPS. */
  readonly path: string;
}

/**
 * Issues and checks the XSRF token of one request, by the double-submit method.
 *
 * The token is in a cookie, which browsers send automatically, and in a form field or header, which
 * other sites cannot fill in because they cannot read the cookie. A site that can set a cookie for
 * this host, from a subdomain or by plain HTTP, could send both. Therefore tokens are signed and
 * valid for one user only, and with HTTPS the cookie has the prefix `__Host-`, with which no other
 * host can set it.
 */
export class XsrfTokens {
  readonly #request: Request;
  readonly #options: XsrfOptions;

  /** Creates the tokens of a request. */
  constructor(request: Request, options: XsrfOptions) {
    this.#request = request;
    this.#options = options;
  }

  /** Returns the token of the request's cookie if it is valid, or else a new one. */
  async issue(): Promise<XsrfToken> {
    const { secure, path } = this.#options;
    const known = this.#cookie();
    const token = known !== undefined && await this.#isValid(known) ? known : await this.#issueToken();
    const attributes = secure ? "; Path=/; Secure" : `; Path=${path}`;
    return { token, cookie: `${this.#cookieName}=${token}${attributes}; SameSite=Lax` };
  }

  /**
   * Checks that the request carries the token of its cookie in a header or a form. Requests with
   * safe methods need none.
   *
   * @returns The request to continue with, which is a new one if its form was read, or undefined if
   * the request must be refused.
   */
  async check(): Promise<Request | undefined> {
    const request = this.#request;
    if (SAFE_METHODS.includes(request.method)) return request;
    const cookie = this.#cookie();
    if (!cookie || !await this.#isValid(cookie)) return undefined;
    const token = request.headers.get("x-xsrftoken") ?? request.headers.get("x-csrftoken");
    if (token !== null) return equalSecrets(token, cookie) ? request : undefined;
    return await checkForm(request, cookie);
  }

  get #cookieName(): string {
    return this.#options.secure && this.#options.key !== undefined ? "__Host-_xsrf" : "_xsrf";
  }

  #cookie(): string | undefined {
    return parseCookies(this.#request.headers.get("cookie") ?? "")[this.#cookieName];
  }

  async #issueToken(): Promise<string> {
    const text = crypto.randomUUID();
    const { key, userKey } = this.#options;
    return key === undefined ? text : `${text}.${await sign(`${text} ${await userKey()}`, key, "xsrf")}`;
  }

  async #isValid(token: string): Promise<boolean> {
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
  return token !== null && equalSecrets(token, cookie) ? new Request(url, { method, headers, body }) : undefined;
}
