/**
 * The parts of a request that applications receive: arguments, headers and cookies.
 *
 * @module
 */

import { RELAY_HEADER } from "../relay/relay_header.ts";
import { nullPrototypeObject } from "../../common/null_prototype_object.ts";

/**
 * Which headers and cookies are put into tokens: for each, either a list of names to include or one
 * of names to exclude.
 */
export interface RequestFilter {
  /** Headers to include, case-insensitive. All are included if it is undefined. */
  readonly includeHeaders?: readonly string[] | undefined;
  /** Headers to exclude, case-insensitive. */
  readonly excludeHeaders?: readonly string[] | undefined;
  /** Cookies to include. All are included if it is undefined. */
  readonly includeCookies?: readonly string[] | undefined;
  /** Cookies to exclude. */
  readonly excludeCookies?: readonly string[] | undefined;
}

/** The parts of a request that a token holds. */
export interface RequestParts {
  /** Query arguments by name, each with all of its values as bytes. */
  readonly arguments: Record<string, Uint8Array[]>;
  /** Headers by lower-case name. */
  readonly headers: Record<string, string>;
  /** Cookies by name. */
  readonly cookies: Record<string, string>;
}

/**
 * Returns the parts of a request that a filter includes. The header `Cookie` is excluded unless the
 * filter names it, because the cookies hold the same data.
 */
export function requestParts(url: URL, headers: Headers, filter: RequestFilter): RequestParts {
  const { header: wantedHeader, cookie: wantedCookie } = selectors(filter);
  const parts: RequestParts = {
    arguments: parseArguments(url.search),
    headers: nullPrototypeObject(),
    cookies: nullPrototypeObject(),
  };
  headers.forEach((value, name) => {
    if (wantedHeader(name)) parts.headers[name] = value;
  });
  const cookies = headers.get("cookie");
  if (cookies === null) return parts;
  for (const [name, value] of Object.entries(parseCookies(cookies))) {
    if (wantedCookie(name)) parts.cookies[name] = value;
  }
  return parts;
}

type Selector = (name: string) => boolean;

/** The selectors of each filter. A server uses one filter for all of its requests. */
const selectorsByFilter = new WeakMap<RequestFilter, { header: Selector; cookie: Selector }>();

function selectors(filter: RequestFilter): { header: Selector; cookie: Selector } {
  let found = selectorsByFilter.get(filter);
  if (found === undefined) {
    const lower = (names: readonly string[] | undefined) => names?.map((name) => name.toLowerCase());
    const include = lower(filter.includeHeaders);
    const exclude = [...lower(filter.excludeHeaders) ?? [], ...include === undefined ? ["cookie", RELAY_HEADER] : []];
    found = { header: selector(include, exclude), cookie: selector(filter.includeCookies, filter.excludeCookies) };
    selectorsByFilter.set(filter, found);
  }
  return found;
}

function selector(include: readonly string[] | undefined, exclude: readonly string[] | undefined): Selector {
  return (name) => include === undefined ? !(exclude?.includes(name) ?? false) : include.includes(name);
}

/**
 * Returns the arguments of a query string. A name can have several values, and a value can be any
 * bytes.
 */
export function parseArguments(search: string): Record<string, Uint8Array[]> {
  const result = nullPrototypeObject<Uint8Array[]>();
  if (search === "") return result;
  for (const part of search.replace(/^\?/, "").split("&")) {
    if (part === "") continue;
    const equals = part.indexOf("=");
    const name = new TextDecoder().decode(percentDecode(equals < 0 ? part : part.slice(0, equals)));
    (result[name] ??= []).push(percentDecode(equals < 0 ? "" : part.slice(equals + 1)));
  }
  return result;
}

function percentDecode(text: string): Uint8Array {
  const source = new TextEncoder().encode(text.replaceAll("+", " "));
  const bytes = new Uint8Array(source.length);
  let length = 0;
  for (let i = 0; i < source.length; i++) {
    const code = source[i] === 0x25 ? hexByte(source, i + 1) : undefined;
    bytes[length++] = code ?? source[i]!;
    if (code !== undefined) i += 2;
  }
  return bytes.slice(0, length);
}

function hexByte(source: Uint8Array, at: number): number | undefined {
  const digits = String.fromCharCode(...source.subarray(at, at + 2));
  return /^[0-9a-f]{2}$/i.test(digits) ? parseInt(digits, 16) : undefined;
}

/**
 * Returns the cookies of a `Cookie` header. In quoted values, characters can be escaped as `\"` or
 * `\073`, as Python does.
 */
export function parseCookies(header: string): Record<string, string> {
  const result = nullPrototypeObject<string>();
  for (const part of header.split(";")) {
    const equals = part.indexOf("=");
    if (equals < 0) continue;
    const name = part.slice(0, equals).trim();
    const value = part.slice(equals + 1).trim();
    if (name !== "") result[name] = /^".*"$/.test(value) ? unquote(value.slice(1, -1)) : value;
  }
  return result;
}

function unquote(text: string): string {
  return text.replace(
    /\\(?:([0-3][0-7]{2})|(.))/g,
    (_all, octal?: string, character?: string) => character ?? String.fromCharCode(parseInt(octal!, 8)),
  );
}
