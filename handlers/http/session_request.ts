/**
 * A request as an application sees it.
 *
 * @module
 */

import { nullPrototypeObject } from "../../common/null_prototype_object.ts";
import type { SessionInfo } from "../../session/registry/session_info.ts";
import type { TokenPayload } from "../../session/credentials/token_payload.ts";
import { type RequestParts, requestParts } from "./request_filter.ts";

/** What an application is told of the request that its session was opened for. */
type SessionRequest = Exclude<SessionInfo["request"], null | undefined | (() => unknown)>;

/** What is known of the client's request beside its headers. */
export interface RequestFacts {
  /** URL of the page, or of its websocket. */
  readonly url: URL;
  /** Whether the URL is that of the websocket. @default {false} */
  readonly isSocket?: boolean | undefined;
  /** Method of the request. */
  readonly method: string;
  /** Address of the client, if it is known. */
  readonly address?: string | undefined;
}

/**
 * Makes the request of which a token tells; where it does not tell a part, that of the request that brought the token. The header
 * `cookie` is made anew from the cookies, and the session's id is no argument of the application's. Names of headers
 * are as the token has them: lower-case where this server made it.
 *
 * What is needed of the request at hand is taken at once, for later its headers may be gone. The rest is done when the application asks.
 */
export function sessionRequest(
  payload: TokenPayload,
  facts: RequestFacts,
  headers: Headers,
  user: unknown,
): () => SessionRequest {
  const { url } = facts;
  const { arguments: args, headers: told, cookies } = payload;
  if (args !== undefined && told !== undefined && cookies !== undefined) {
    return () => seenByApplication({ arguments: args, headers: told, cookies }, facts, user);
  }
  const own = requestParts(url, headers, EVERYTHING);
  // of a request that no token tells of the cookies are known as they were sent
  const sent = headers.get("cookie");
  const ownHeaders = sent === null || cookies !== undefined ? own.headers : { ...own.headers, cookie: sent };
  const parts = { arguments: args ?? own.arguments, headers: told ?? ownHeaders, cookies: cookies ?? own.cookies };
  return () => seenByApplication(parts, facts, user);
}

const EVERYTHING = {};

function seenByApplication(
  { arguments: all, headers, cookies }: RequestParts,
  facts: RequestFacts,
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
    ...locationOf(facts, args),
  };
}

type Location = Omit<SessionRequest, "arguments" | "headers" | "cookies" | "user">;

/** Returns where the page is. For a websocket it is the page's own address, with the arguments that its token carries. */
function locationOf({ url, isSocket, method, address }: RequestFacts, args: Record<string, Uint8Array[]>): Location {
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

/** Encodes bytes, which need not be UTF-8. */
function percentEncode(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => {
    const char = String.fromCharCode(byte);
    return /[\w.~-]/.test(char) ? char : `%${byte.toString(16).toUpperCase().padStart(2, "0")}`;
  }).join("");
}
