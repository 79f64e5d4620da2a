/**
 * A request as an application sees it.
 *
 * @module
 */

import type { SessionInfo } from "../session/registry.ts";
import type { TokenPayload } from "../session/token_payload.ts";
import { type RequestParts, requestParts } from "./request_filter.ts";

/** What an application is told of the request that its session was opened for. */
export type SessionRequest = NonNullable<SessionInfo["request"]>;

/**
 * The request of which a token tells; where it does not tell a part, that of the request that brought the token. The header
 * `cookie` is made anew from the cookies, and the session's id is no argument of the application's. Names of headers
 * are as the token has them: lower-case where this server made it.
 */
export function sessionRequest(payload: TokenPayload, url: URL, headers: Headers, user: unknown): SessionRequest {
  let brought: RequestParts | undefined;
  const own = () => brought ??= requestParts(url, headers, {});
  const cookies = payload.cookies ?? own().cookies;
  const { "bokeh-session-id": _id, ...args } = payload.arguments ?? own().arguments;
  const sent = Object.entries(payload.headers ?? own().headers);
  const cookie = Object.entries(cookies).map(([name, value]) => `${name}=${value}`).join("; ");
  if (cookie !== "" && !sent.some(([name]) => name.toLowerCase() === "cookie")) sent.push(["cookie", cookie]);
  return {
    arguments: Object.assign(Object.create(null), args),
    headers: Object.assign(Object.create(null), Object.fromEntries(sent)),
    cookies,
    ...(user === undefined ? {} : { user }),
  };
}
