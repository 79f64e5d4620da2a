/**
 * Cookies that nobody but the server can make.
 *
 * @module
 */

import { randomText } from "../../session/credentials/session_id.ts";
import type { RevokedCookies } from "./logins.ts";
import { parseCookies } from "../http/request_filter.ts";
import { sign, verify } from "../../session/credentials/signature.ts";

/** Browsers keep no cookie that is longer. */
const MAX_COOKIE_BYTES = 4096;

/** Options of {@linkcode SignedCookies}. */
export interface SignedCookiesOptions {
  /**
   * Whether the request came by HTTPS: then cookies are written for HTTPS only, and others are not read.
   *
   * @default {false}
   */
  secure?: boolean;
  /**
   * Cookies that are not valid any more.
   *
   * @internal
   */
  revoked?: RevokedCookies;
}

/** How a browser keeps a cookie. */
export interface SignedCookieOptions {
  /**
   * Path below which the browser sends it.
   *
   * @default {"/"}
   */
  path?: string;
  /** Seconds that the browser keeps it; without this until it is closed. */
  maxAgeSeconds?: number;
  /**
   * Whether the browser sends it by HTTPS only. Its name then begins with `__Host-`, or `__Secure-` if its path is not `/`, so that no
   * other host of the domain can set it.
   *
   * @default {true if the request came by HTTPS, for cookies of an `AuthContext`}
   */
  secure?: boolean;
  /**
   * Whether requests that other sites start bring it.
   *
   * @default {"Lax"}
   */
  sameSite?: "Lax" | "Strict" | "None";
}

/**
 * Writes cookies and reads them. A value can be read by whoever has the cookie, but not changed, nor given to a cookie of another name.
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

  /** The secret must not be empty, and should be hard to guess: the command `secret` makes one. */
  constructor(secret: string, { secure = false, revoked }: SignedCookiesOptions = {}) {
    if (secret === "") throw new TypeError("Cannot sign cookies: the secret is empty");
    this.#secret = secret;
    this.#secure = secure;
    this.#revoked = revoked;
  }

  /** Returns a value of the header `Set-Cookie`. */
  async write(name: string, value: string, options: SignedCookieOptions = {}): Promise<string> {
    const kept = this.#kept(options);
    const fullName = prefixOf(kept) + name;
    // random, so that two logins of one user in one second do not end together
    const body = `${encode(value)}.${Math.floor(Date.now() / 1000)}.${randomText().slice(0, 12)}`;
    const cookie = `${fullName}=${body}.${await sign(signedText(fullName, body), this.#secret, "cookie")}`;
    if (cookie.length > MAX_COOKIE_BYTES) throw new RangeError(`Cannot write cookie ${name}: it is too long`);
    return cookie + attributes(kept);
  }

  /**
   * Returns the value of a request's cookie; undefined if the request has none that is signed with this secret.
   *
   * @param maxAgeSeconds Seconds since the cookie was written after which it is not valid any more.
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
   * Returns those of some cookies, each as `name=value`, that {@linkcode SignedCookies.write} has made with this secret, however old they are.
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
   * Whether a {@linkcode SignedCookies.read} has not answered yet.
   *
   * @internal
   */
  get isReading(): boolean {
    return this.#reading > 0;
  }

  /** A value of the header `Set-Cookie` that takes the cookie away. */
  remove(name: string, options: Omit<SignedCookieOptions, "maxAgeSeconds"> = {}): string {
    const kept = this.#kept(options);
    return `${prefixOf(kept)}${name}=${attributes({ ...kept, maxAgeSeconds: 0 })}`;
  }

  #kept(options: SignedCookieOptions): SignedCookieOptions {
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

/** What browsers demand of a cookie so named: HTTPS, and for `__Host-` the path `/` and no domain. */
function prefixOf({ secure, path = "/" }: SignedCookieOptions): string {
  if (!secure) return "";
  return path === "/" ? "__Host-" : "__Secure-";
}

/** A cookie's value is signed with its name, so that nobody can give it to another. */
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
