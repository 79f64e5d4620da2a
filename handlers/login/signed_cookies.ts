/**
 * Cookies that clients cannot forge, because the server signs them.
 *
 * @module
 */

import { randomText } from "../../session/credentials/session_id.ts";
import type { RevokedCookies } from "./logins.ts";
import { parseCookies } from "../http/request_filter.ts";
import { sign, verify } from "../../session/credentials/signature.ts";

/** Maximum size of a cookie in browsers. */
const MAX_COOKIE_BYTES = 4096;

/** Options of {@linkcode SignedCookies}. */
export interface SignedCookiesOptions {
  /**
   * Whether the request came by HTTPS. Then cookies are written for HTTPS only, and others are not
   * read.
   *
   * @default {false}
   */
  secure?: boolean;
  /**
   * Cookies that are no longer valid.
   *
   * @internal
   */
  revoked?: RevokedCookies;
}

/** Options of {@linkcode SignedCookies.write}: how a browser keeps the cookie. */
export interface SignedCookieOptions {
  /**
   * Path below which the browser sends the cookie.
   *
   * @default {"/"}
   */
  path?: string;
  /**
   * Time that the browser keeps the cookie, in seconds. By default it keeps it until it is closed.
   */
  maxAgeSeconds?: number;
  /**
   * Whether the browser sends the cookie by HTTPS only. Its name then starts with `__Host-`, or
   * with `__Secure-` if its path is not `/`, so that no other host of the domain can set it.
   *
   * @default {true if the request came by HTTPS, for cookies of an `AuthContext`}
   */
  secure?: boolean;
  /**
   * Whether the browser sends the cookie with requests that other sites cause.
   *
   * @default {"Lax"}
   */
  sameSite?: "Lax" | "Strict" | "None";
}

/**
 * Writes and reads signed cookies. Clients can read the value of a cookie, but they can neither
 * change it nor use it under another name.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { SignedCookies } from "./signed_cookies.ts";
 *
 * const cookies = new SignedCookies("a secret of the server's");
 * const [cookie] = (await cookies.write("user", "ada")).split(";");
 * const request = new Request("http://localhost", { headers: { cookie: cookie! } });
 * assertEquals(await cookies.read(request, "user"), "ada");
 * ```
 */
export class SignedCookies {
  readonly #secret: string;
  readonly #secure: boolean;
  readonly #revoked: RevokedCookies | undefined;
  #reading = 0;

  /**
   * Creates a writer and reader of cookies.
   *
   * @param secret Secret that signs the cookies. The command `secret` generates one.
   * @throws {TypeError} If the secret is empty.
   */
  constructor(secret: string, { secure = false, revoked }: SignedCookiesOptions = {}) {
    if (secret === "") throw new TypeError("Cannot sign cookies: the secret is empty");
    this.#secret = secret;
    this.#secure = secure;
    this.#revoked = revoked;
  }

  /**
   * Returns a cookie as a value of the header `Set-Cookie`.
   *
   * @throws {RangeError} If the cookie is longer than browsers accept.
   */
  async write(name: string, value: string, options: SignedCookieOptions = {}): Promise<string> {
    const resolved = this.#withScheme(options);
    const fullName = prefixOf(resolved) + name;
    // the random part distinguishes two logins of a user in one second: a logout revokes only one
    // of them
    const body = `${encode(value)}.${Math.floor(Date.now() / 1000)}.${randomText().slice(0, 12)}`;
    const cookie = `${fullName}=${body}.${await sign(signedText(fullName, body), this.#secret, "cookie")}`;
    if (cookie.length > MAX_COOKIE_BYTES) throw new RangeError(`Cannot write cookie ${name}: it is too long`);
    return cookie + attributes(resolved);
  }

  /**
   * Returns the value of a cookie of a request, or undefined if the request has none that is signed
   * with this secret, has not expired and was not revoked.
   *
   * @param maxAgeSeconds Time for which a cookie is valid, in seconds.
   */
  async read(request: Request, name: string, maxAgeSeconds: number = 31 * 24 * 3600): Promise<string | undefined> {
    this.#reading++;
    try {
      return await this.#read(request, name, maxAgeSeconds);
    } finally {
      this.#reading--;
    }
  }

  /**
   * Returns those of the cookies, each written as `name=value`, that are signed with this secret,
   * also expired ones.
   *
   * @internal
   */
  async signedOf(cookies: readonly string[]): Promise<string[]> {
    const areSigned = await Promise.all(cookies.map((cookie) => {
      const equals = cookie.indexOf("=");
      return this.#isSigned(cookie.slice(0, equals), cookie.slice(equals + 1));
    }));
    return cookies.filter((_, index) => areSigned[index]);
  }

  /**
   * Whether a promise of {@linkcode SignedCookies.read} has not settled.
   *
   * @internal
   */
  get isReading(): boolean {
    return this.#reading > 0;
  }

  /** Returns a value of the header `Set-Cookie` that removes a cookie. */
  remove(name: string, options: Omit<SignedCookieOptions, "maxAgeSeconds"> = {}): string {
    const resolved = this.#withScheme(options);
    return `${prefixOf(resolved)}${name}=${attributes({ ...resolved, maxAgeSeconds: 0 })}`;
  }

  #withScheme(options: SignedCookieOptions): SignedCookieOptions {
    return { ...options, secure: options.secure || this.#secure };
  }

  async #read(request: Request, name: string, maxAgeSeconds: number): Promise<string | undefined> {
    const cookies = parseCookies(request.headers.get("cookie") ?? "");
    const names = [`__Host-${name}`, `__Secure-${name}`, ...this.#secure ? [] : [name]];
    const fullName = names.find((candidate) => cookies[candidate] !== undefined);
    if (fullName === undefined) return undefined;
    const text = cookies[fullName]!;
    if (!await this.#isSigned(fullName, text)) return undefined;
    if (this.#revoked?.has(`${fullName}=${text}`, maxAgeSeconds)) return undefined;
    const [value = "", time] = text.split(".");
    return Number(time) + maxAgeSeconds > Date.now() / 1000 ? decode(value) : undefined;
  }

  async #isSigned(name: string, text: string): Promise<boolean> {
    const dot = text.lastIndexOf(".");
    const [body, signature] = [text.slice(0, dot), text.slice(dot + 1)];
    return body.split(".", 4).length === 3 && await verify(signature, signedText(name, body), this.#secret, "cookie");
  }
}

/**
 * Returns the prefix of a cookie's name. Browsers accept a cookie with such a prefix only by HTTPS,
 * and with `__Host-` only for the path `/` and without a domain.
 */
function prefixOf({ secure, path = "/" }: SignedCookieOptions): string {
  if (!secure) return "";
  return path === "/" ? "__Host-" : "__Secure-";
}

/**
 * Returns the text that is signed. It includes the name, so that a value is not valid under another
 * name.
 */
function signedText(name: string, body: string): string {
  return `${name}\0${body}`;
}

function attributes({ path = "/", maxAgeSeconds, secure = false, sameSite = "Lax" }: SignedCookieOptions): string {
  const age = maxAgeSeconds === undefined ? "" : `; Max-Age=${maxAgeSeconds}`;
  return `; Path=${path}; HttpOnly; SameSite=${sameSite}${age}${secure ? "; Secure" : ""}`;
}

function encode(text: string): string {
  return new TextEncoder().encode(text).toBase64({ alphabet: "base64url", omitPadding: true });
}

function decode(text: string): string {
  return new TextDecoder().decode(Uint8Array.fromBase64(text, { alphabet: "base64url" }));
}
