/**
 * Access to the admin page with a token, on servers without a login.
 *
 * @module
 */

import { getLogger } from "@logtape/logtape";
import { Attempts } from "../../common/attempts.ts";
import type { RequestContext } from "../../handlers/context.ts";
import { errorResponse } from "../../handlers/http/responses.ts";
import { SignedCookies } from "../../handlers/login/signed_cookies.ts";
import { sign, verify } from "../../session/credentials/signature.ts";
import { addressGroup } from "../../session/limits/address_group.ts";
import type { ResolvedOptions } from "../options/resolve_options.ts";

const logger = getLogger(["bokeh", "server", "admin"]);

/** Name of the cookie that a browser receives for the token: not all browsers send passwords with websockets. */
const COOKIE = "bokeh-admin";
/** Time for which the cookie is valid, in seconds. */
const COOKIE_SECONDS = 8 * 3600;
/** Wrong tokens from one address that cause no delay. */
const FREE_ATTEMPTS = 10;

/** Asks for the token of the admin page with HTTP's basic authentication (RFC 7617). */
export class AdminTokenGuard {
  /** Path of the admin page. */
  readonly path: string;
  readonly #token: string;
  readonly #attempts = new Attempts(FREE_ATTEMPTS);

  /** @internal Use {@linkcode AdminTokenGuard.of}. */
  constructor(path: string, token: string) {
    this.path = path;
    this.#token = token;
  }

  /** Returns the guard of a server's admin page; undefined if none is opened with a token. */
  static of({ admin }: Pick<ResolvedOptions, "admin">): AdminTokenGuard | undefined {
    return admin?.token === undefined ? undefined : new AdminTokenGuard(admin.path, admin.token);
  }

  /** Answers a request for the admin page, or refuses it without the token. */
  async answer(
    request: Request,
    { url, config, address }: RequestContext,
    answer: (request: Request) => Promise<Response>,
  ): Promise<Response> {
    const cookies = new SignedCookies(this.#token, { secure: url.protocol === "https:" });
    if (await cookies.read(request, COOKIE, COOKIE_SECONDS) !== undefined) return await answer(withoutSecrets(request));
    const password = passwordOf(request);
    const key = addressGroup(address ?? "");
    const delay = password === undefined ? 0 : this.#attempts.delay(key);
    if (delay > 0) return tooManyAttempts(delay);
    // recorded first, so that attempts at the same time are counted before their tokens are checked
    if (password !== undefined) this.#attempts.fail(key);
    if (password !== undefined && await this.#isToken(password)) {
      this.#attempts.succeed(key);
      const response = await answer(withoutSecrets(request));
      if (response.status === 101) return response; // the headers of an upgrade cannot be changed
      const path = `${config.prefix}${this.path}`;
      const options = { path, maxAgeSeconds: COOKIE_SECONDS, sameSite: "Strict" } as const;
      response.headers.append("set-cookie", await cookies.write(COOKIE, "1", options));
      return response;
    }
    if (password !== undefined) logger.warn("Refused a wrong token for the admin page from {address}", { address });
    return errorResponse(401, "The token of the admin page is needed", {
      headers: { "www-authenticate": 'Basic realm="admin page", charset="UTF-8"', "cache-control": "no-store" },
    });
  }

  /** Compares in constant time, by signatures. */
  async #isToken(text: string): Promise<boolean> {
    return await verify(await sign(text, this.#token, "cookie"), this.#token, this.#token, "cookie");
  }
}

function tooManyAttempts(delayMilliseconds: number): Response {
  const seconds = Math.ceil(delayMilliseconds / 1000);
  return errorResponse(429, `Too many wrong tokens. Try again in ${seconds} s`, {
    headers: { "retry-after": String(seconds), "cache-control": "no-store" },
  });
}

/** Returns a request without the token and the cookie: the tokens of pages contain the headers of their request. */
function withoutSecrets(request: Request): Request {
  if (request.headers.has("upgrade")) return request; // only the original can be upgraded, and no token follows from it
  const headers = new Headers(request.headers);
  headers.delete("authorization");
  const cookies = headers.get("cookie")?.split("; ").filter((cookie) => !cookie.includes(`${COOKIE}=`)) ?? [];
  if (cookies.length > 0) headers.set("cookie", cookies.join("; "));
  else headers.delete("cookie");
  return new Request(request, { headers });
}

/** Returns the password of a request; undefined if it has none or is malformed. */
function passwordOf({ headers }: Request): string | undefined {
  const base64 = /^Basic ([A-Za-z0-9+/]{1,1000}={0,2})$/i.exec(headers.get("authorization") ?? "")?.[1];
  if (base64 === undefined) return undefined;
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(Uint8Array.fromBase64(base64));
    const colon = text.indexOf(":");
    return colon < 0 ? undefined : text.slice(colon + 1);
  } catch {
    return undefined; // neither base64 nor UTF-8
  }
}
