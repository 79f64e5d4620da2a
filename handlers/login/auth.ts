/**
 * Who may come in.
 *
 * @module
 */

import type { RequestContext } from "../context.ts";
import { errorResponse, redirect } from "../http/responses.ts";
import type { RevokedCookies } from "./logins.ts";
import { SignedCookies } from "./signed_cookies.ts";
import type { XsrfToken, XsrfTokens } from "./xsrf.ts";

/** What an auth provider is given beside the request. */
export interface AuthContext {
  /** URL of the request as the visitor used it, before any proxy that is believed. */
  readonly url: URL;
  /** Path before all others of this server: empty, or with a slash before and none behind. */
  readonly prefix: string;
  /** Cookies that are signed with the server's cookie secret. Throws a TypeError where the server has none. */
  readonly cookies: SignedCookies;
  /**
   * Returns the token that a form needs if the server has `xsrfCookies`, and the cookie to send with the page. The token holds for the user
   * of this request: a page that was sent before a login has to be loaded anew.
   */
  xsrfToken(): Promise<XsrfToken>;
}

/** The context of one request, as the server makes it. */
interface RequestAuth extends AuthContext {
  /** Whether the provider has asked for a cookie and has not waited for the answer. */
  readonly isReading: boolean;
}

/** Says who a visitor is and where visitors log in and out. */
export interface AuthProvider {
  /** The user of a request; null or undefined for nobody. */
  getUser?(request: Request, context: AuthContext): unknown;
  /** As `getUser`, for what has to be waited for. */
  getUserAsync?(request: Request, context: AuthContext): Promise<unknown>;
  /**
   * Returns a text that names a user, the same for each request of a login. Sessions are bound to it.
   *
   * @default {all data of what `getUser` returns, as JSON}
   */
  userId?(user: unknown): string;
  /** Whether a user may come in to the application at a path. All users may where this is not there. */
  authorize?(user: unknown, appPath: string): boolean | Promise<boolean>;
  /** Where visitors log in: a path below the prefix. */
  readonly loginUrl?: string | null;
  /** Where this visitor logs in: a path or a URL. One without a query is given the page to come back to, as `next`. */
  getLoginUrl?(request: Request, context: AuthContext): string | Promise<string>;
  /** Answers requests for `loginUrl`. */
  loginHandler?(request: Request, context: AuthContext): Response | Promise<Response>;
  /** Where visitors log out: a path below the prefix, or the URL of another server. */
  readonly logoutUrl?: string | null;
  /**
   * Interval in which `getUser` is asked once more for each open websocket, with the headers that it was opened with, in milliseconds. A
   * websocket whose user is not the same any more is closed. 0 for never.
   *
   * @default {60_000}
   */
  readonly recheckMilliseconds?: number;
  /** Answers requests for `logoutUrl`. The websockets of the user who logs out are closed, and the signed cookies that it removes are revoked. */
  logoutHandler?(request: Request, context: AuthContext): Response | Promise<Response>;
}

/** Whether somebody has to be asked at all. */
export function asksForUser(provider: AuthProvider | undefined): provider is AuthProvider {
  return provider?.getUser !== undefined || provider?.getUserAsync !== undefined;
}

/** The user of a request; undefined for nobody. */
export async function userOf(request: Request, provider: AuthProvider, context: RequestAuth): Promise<unknown> {
  const answer = provider.getUserAsync?.(request, context) ?? provider.getUser?.(request, context);
  if (!(answer instanceof Promise) && context.isReading) {
    throw new TypeError(
      "Cannot tell the user: getUser reads a signed cookie without await; declare it async and await cookies.read",
    );
  }
  return await answer || undefined;
}

/** What an auth provider is told of a request. */
export function authContext(
  { config, url }: RequestContext,
  cookieSecret: string | undefined,
  xsrf: XsrfTokens,
  revoked?: RevokedCookies,
): RequestAuth {
  const secure = url.protocol === "https:";
  const cookies = cookieSecret === undefined
    ? undefined
    : new SignedCookies(cookieSecret, { secure, ...(revoked === undefined ? {} : { revoked }) });
  return {
    url,
    prefix: config.prefix,
    get cookies() {
      if (cookies === undefined) throw new TypeError("Cannot sign cookies: the server has no cookie secret");
      return cookies;
    },
    get isReading() {
      return cookies?.isReading ?? false;
    },
    xsrfToken: () => xsrf.issue(),
  };
}

/** Whether a user may come in to an application. */
export async function mayEnter(provider: AuthProvider, user: unknown, appPath: string): Promise<boolean> {
  // a function that returns anything else but true says no
  return provider.authorize === undefined || await provider.authorize(user, appPath) === true;
}

/** What kind of thing a visitor without a user asked for: a page to look at, or something for a script. */
export type Guarded = "page" | "script";

/** Tells scripts why they get nothing: of a page that embeds the application, its author has to know. */
const LOGIN_NEEDED =
  "Login is needed. Pages of other sites bring the cookie of a login only if it has SameSite=None and Secure";

/** Answers a visitor who has to log in: pages lead to the login, scripts are told. */
export async function loginResponse(
  request: Request,
  provider: AuthProvider,
  kind: Guarded,
  context: AuthContext,
): Promise<Response> {
  const { url, prefix } = context;
  if (request.method !== "GET" && request.method !== "HEAD") return errorResponse(403);
  if (kind === "script") return errorResponse(401, LOGIN_NEEDED, { headers: { "www-authenticate": "Session" } });
  const login = provider.getLoginUrl !== undefined
    ? await provider.getLoginUrl(request, context)
    : belowPrefix(provider.loginUrl ?? "/", prefix);
  // as in Bokeh: whoever writes a query has said all that the login is to know
  if (login.includes("?")) return redirect(login);
  // a login elsewhere must be told where here is
  const next = encodeURIComponent(/^https?:/i.test(login) ? url.href : url.pathname + url.search);
  return redirect(`${login}?next=${next}`);
}

/** Whether a URL is of another server. */
export function isElsewhere(url: string): boolean {
  return /^[a-z][a-z0-9+.-]*:|^\/\//i.test(url);
}

/** A path of the provider's where it is served; a URL of another server as it is. */
export function belowPrefix(path: string, prefix: string): string {
  return isElsewhere(path) ? path : `${prefix}/${path.replace(/^\/+/, "")}`;
}
