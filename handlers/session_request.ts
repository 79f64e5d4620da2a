/**
 * A request as an application sees it.
 *
 * @module
 */

import { emptyRecord } from "../protocol/empty_record.ts";
import type { SessionInfo } from "../session/registry.ts";
import type { TokenPayload } from "../session/token_payload.ts";
import { type RequestParts, requestParts } from "./request_filter.ts";

/** What an application is told of the request that its session was opened for. */
type SessionRequest = Exclude<SessionInfo["request"], null | undefined | (() => unknown)>;

/**
 * Makes the request of which a token tells; where it does not tell a part, that of the request that brought the token. The header
 * `cookie` is made anew from the cookies, and the session's id is no argument of the application's. Names of headers
 * are as the token has them: lower-case where this server made it.
 *
 * What is needed of the request at hand is taken at once, for later its headers may be gone. The rest is done when the application asks.
 */
export function sessionRequest(payload: TokenPayload, url: URL, headers: Headers, user: unknown): () => SessionRequest {
  const { arguments: args, headers: told, cookies } = payload;
  if (args !== undefined && told !== undefined && cookies !== undefined) {
    return () => seenByApplication({ arguments: args, headers: told, cookies }, user);
  }
  const own = requestParts(url, headers, EVERYTHING);
  // of a request that no token tells of the cookies are known as they were sent
  const sent = headers.get("cookie");
  const ownHeaders = sent === null || cookies !== undefined ? own.headers : { ...own.headers, cookie: sent };
  const parts = { arguments: args ?? own.arguments, headers: told ?? ownHeaders, cookies: cookies ?? own.cookies };
  return () => seenByApplication(parts, user);
}

const EVERYTHING = {};

function seenByApplication({ arguments: all, headers, cookies }: RequestParts, user: unknown): SessionRequest {
  const { "bokeh-session-id": _id, ...args } = all;
  const sent = Object.entries(headers);
  const cookie = Object.entries(cookies).map(([name, value]) => `${name}=${value}`).join("; ");
  if (cookie !== "" && !sent.some(([name]) => name.toLowerCase() === "cookie")) sent.push(["cookie", cookie]);
  return {
    arguments: Object.assign(emptyRecord<Uint8Array[]>(), args),
    headers: Object.assign(emptyRecord<string>(), Object.fromEntries(sent)),
    cookies,
    ...(user === undefined ? {} : { user }),
  };
}
