/**
 * Who may come in.
 *
 * @module
 */

import type { RequestContext } from "./context.ts";
import { errorResponse, redirect } from "./responses.ts";

/** Says who a visitor is and where visitors log in and out. */
export interface AuthProvider {
  /** The user of a request; null or undefined for nobody. */
  getUser?(request: Request): unknown;
  /** As `getUser`, for what has to be waited for. */
  getUserAsync?(request: Request): Promise<unknown>;
  /** Where visitors log in: a path below the prefix. */
  readonly loginUrl?: string | null;
  /** Where this visitor logs in: a path or a URL, used as it is. */
  getLoginUrl?(request: Request): string | Promise<string>;
  /** Answers requests for `loginUrl`. */
  loginHandler?(request: Request): Response | Promise<Response>;
  /** Where visitors log out: a path below the prefix. */
  readonly logoutUrl?: string | null;
  /** Answers requests for `logoutUrl`. */
  logoutHandler?(request: Request): Response | Promise<Response>;
}

/** Whether somebody has to be asked at all. */
export function asksForUser(provider: AuthProvider | undefined): provider is AuthProvider {
  return provider?.getUser !== undefined || provider?.getUserAsync !== undefined;
}

/** The user of a request; undefined for nobody. */
export async function userOf(request: Request, provider: AuthProvider): Promise<unknown> {
  const user = provider.getUserAsync !== undefined
    ? await provider.getUserAsync(request)
    : await provider.getUser?.(request);
  return user || undefined;
}

/** What kind of thing a visitor without a user asked for: a page to look at, or something for a script. */
export type Guarded = "page" | "script";

/** Answers a visitor who has to log in: pages lead to the login, scripts are told. */
export async function loginResponse(
  request: Request,
  provider: AuthProvider,
  kind: Guarded,
  { site, url }: RequestContext,
): Promise<Response> {
  if (request.method !== "GET" && request.method !== "HEAD") return errorResponse(403);
  if (kind === "script") return errorResponse(401, undefined, { headers: { "www-authenticate": "Session" } });
  const login = provider.getLoginUrl !== undefined
    ? await provider.getLoginUrl(request)
    : belowPrefix(provider.loginUrl ?? "/", site.prefix);
  // a login elsewhere must be told where here is
  const next = encodeURIComponent(/^https?:/i.test(login) ? url.href : url.pathname + url.search);
  return redirect(`${login}${login.includes("?") ? "&" : "?"}next=${next}`);
}

/** A path of the provider's where it is served. */
export function belowPrefix(path: string, prefix: string): string {
  return `${prefix}/${path.replace(/^\/+/, "")}`;
}
