/**
 * The request of a session, as the application sees it.
 *
 * @module
 */

import { nullPrototypeObject } from "../../common/null_prototype_object.ts";
import type { SessionInfo } from "../../session/registry/session_info.ts";
import type { TokenPayload } from "../../session/credentials/token_payload.ts";
import { type RequestParts, requestParts } from "./request_filter.ts";

/** The request with which a session is created, as the application sees it. */
type SessionRequest = Exclude<SessionInfo["request"], null | undefined | (() => unknown)>;

/** Properties of a request other than its headers. */
export interface RequestDetails {
  /** URL of the page or of its websocket. */
  readonly url: URL;
  /** Whether the URL is that of a websocket. @default {false} */
  readonly isSocket?: boolean | undefined;
  /** HTTP method. */
  readonly method: string;
  /** The variable parts of the application's path. */
  readonly params?: Readonly<Record<string, string>> | undefined;
  /** IP address of the client, if known. */
  readonly address?: string | undefined;
}

/**
 * Returns a function that makes the request of a session: from the payload of its token and, for
 * parts that the payload lacks, from the request that presents the token. The header `cookie` is
 * made from the cookies, and the argument that holds the session id is removed.
 *
 * Headers are copied now, because they cannot be read after an upgrade to a websocket. The rest is
 * done when the application reads the request, which most applications never do.
 */
export function sessionRequest(
  payload: TokenPayload,
  details: RequestDetails,
  headers: Headers,
  user: unknown,
): () => SessionRequest {
  const { url } = details;
  const { arguments: args, headers: tokenHeaders, cookies } = payload;
  if (args !== undefined && tokenHeaders !== undefined && cookies !== undefined) {
    return () => applicationRequest({ arguments: args, headers: tokenHeaders, cookies }, details, user);
  }
  const own = requestParts(url, headers, NO_FILTER);
  // without cookies in the token, the header is the one that the client sent
  const sent = headers.get("cookie");
  const ownHeaders = sent === null || cookies !== undefined ? own.headers : { ...own.headers, cookie: sent };
  const parts = {
    arguments: args ?? own.arguments,
    headers: tokenHeaders ?? ownHeaders,
    cookies: cookies ?? own.cookies,
  };
  return () => applicationRequest(parts, details, user);
}

const NO_FILTER = {};

function applicationRequest(
  { arguments: all, headers, cookies }: RequestParts,
  details: RequestDetails,
  user: unknown,
): SessionRequest {
  const { "bokeh-session-id": _id, ...args } = all;
  const sent = Object.entries(headers);
  const cookie = Object.entries(cookies).map(([name, value]) => `${name}=${value}`).join("; ");
  if (cookie !== "" && !sent.some(([name]) => name.toLowerCase() === "cookie")) sent.push(["cookie", cookie]);
  return {
    arguments: Object.assign(nullPrototypeObject<Uint8Array[]>(), args),
    headers: Object.assign(nullPrototypeObject<string>(), Object.fromEntries(sent)),
    cookies,
    ...(user === undefined ? {} : { user }),
    ...(details.params === undefined ? {} : { params: details.params }),
    ...locationOf(details, args),
  };
}

type Location = Omit<SessionRequest, "arguments" | "headers" | "cookies" | "user">;

/**
 * Returns the address of the page. For a websocket that is the page's path, with the arguments of
 * its token.
 */
function locationOf({ url, isSocket, method, address }: RequestDetails, args: Record<string, Uint8Array[]>): Location {
  const path = isSocket ? url.pathname.replace(/\/ws\/?$/, "") || "/" : url.pathname;
  const protocol = url.protocol.slice(0, -1);
  const query = isSocket ? queryOf(args) : withoutCredentials(url.search);
  const uri = query === "" ? path : `${path}?${query}`;
  const { host } = url;
  return { method, url: `${protocol}://${host}${uri}`, protocol, host, path, uri, remoteAddress: address };
}

function withoutCredentials(search: string): string {
  return search.slice(1).split("&").filter((part) => !/^bokeh-(?:session-id|token)(?:=|$)/.test(part)).join("&");
}

function queryOf(args: Record<string, Uint8Array[]>): string {
  return Object.entries(args).flatMap(([name, values]) =>
    values.map((value) => `${encodeURIComponent(name)}=${percentEncode(value)}`)
  ).join("&");
}

/** Percent-encodes bytes, which can be other than UTF-8. */
function percentEncode(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => {
    const char = String.fromCharCode(byte);
    return /[\w.~-]/.test(char) ? char : `%${byte.toString(16).toUpperCase().padStart(2, "0")}`;
  }).join("");
}
