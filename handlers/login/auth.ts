/**
 * Authentication and authorization: the auth provider of a server.
 *
 * @module
 */

import type { RequestContext } from "../context.ts";
import { errorResponse, redirect } from "../http/responses.ts";
import type { RevokedCookies } from "./logins.ts";
import { SignedCookies } from "./signed_cookies.ts";
import type { XsrfToken, XsrfTokens } from "./xsrf.ts";

/** What an auth provider receives beside the request. */
export interface AuthContext {
  /** URL of the request as the client used it, before any trusted proxy. */
  readonly url: URL;
  /** Path before all paths of this server: empty, or with a leading and no trailing slash. */
  readonly prefix: string;
  /**
   * IP address of the client, or of a proxy if `useXheaders` is not set; undefined if it is not
   * known.
   */
  readonly remoteAddress: string | undefined;
  /**
   * IP address of the connection: of the client, or of the proxy in front of the server; undefined
   * for a unix socket.
   */
  readonly peerAddress: string | undefined;
  /**
   * Cookies that are signed with the server's cookie secret.
   *
   * @throws {TypeError} If the server has no cookie secret.
   */
  readonly cookies: SignedCookies;
  /**
   * Returns the token that a form needs if the server has the option `xsrfCookies`, and the cookie
   * to send with the form's page. The token is valid for the user of this request only: a page from
   * before a login must be reloaded.
   */
  xsrfToken(): Promise<XsrfToken>;
}

/** The context of one request, with what only the server uses. */
interface RequestAuth extends AuthContext {
  /** Whether the provider has called `cookies.read` and the promise has not settled. */
  readonly isReading: boolean;
}

/**
 * Identifies users, and states the URLs of their login and logout.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { type AuthProvider, serveBokeh } from "@bokeh/server";
 *
 * const authProvider: AuthProvider = {
 *   getUser: (request) => request.headers.get("x-remote-user"),
 *   getLoginUrl: () => "https://login.example/",
 * };
 * await using server = await serveBokeh(() => {}, { port: 0, authProvider });
 * const response = await fetch(server.url, { redirect: "manual" });
 * await response.body?.cancel();
 * assertEquals(response.status, 302);
 * ```
 */
export interface AuthProvider {
  /** Returns the user of a request, or null or undefined without a login. */
  getUser?(request: Request, context: AuthContext): unknown;
  /**
   * Returns a promise for the user of a request, as `getUser`. A provider has at most one of the
   * two.
   */
  getUserAsync?(request: Request, context: AuthContext): Promise<unknown>;
  /**
   * Returns a text that identifies a user and is the same for each request of a login. Sessions
   * belong to it.
   *
   * @default {the JSON of what `getUser` returns}
   */
  userId?(user: unknown): string;
  /** Returns whether a user may use the application at a path. By default all users may. */
  authorize?(user: unknown, appPath: string): boolean | Promise<boolean>;
  /** Path of the login page, below the prefix. */
  readonly loginUrl?: string | null;
  /**
   * Returns the path or URL of the login page for a request. If it has no query, the page to return
   * to is added as `next`.
   */
  getLoginUrl?(request: Request, context: AuthContext): string | Promise<string>;
  /** Handles requests for `loginUrl`. */
  loginHandler?(request: Request, context: AuthContext): Response | Promise<Response>;
  /** Path of the logout page below the prefix, or a URL of another server. */
  readonly logoutUrl?: string | null;
  /**
   * Interval in milliseconds between calls of `getUser` for each open websocket, with the headers
   * with which it was opened. A websocket whose user has changed is closed. 0 for never.
   *
   * @default {60_000}
   */
  readonly recheckMilliseconds?: number;
  /**
   * Handles requests for `logoutUrl`. The server closes the websockets of the user and revokes the
   * signed cookies that the response removes.
   */
  logoutHandler?(request: Request, context: AuthContext): Response | Promise<Response>;
}

/** Returns whether an auth provider identifies users. */
export function asksForUser(provider: AuthProvider | undefined): provider is AuthProvider {
  return provider?.getUser !== undefined || provider?.getUserAsync !== undefined;
}

/**
 * Returns the user of a request, or undefined without a login.
 *
 * @throws {TypeError} If `getUser` read a signed cookie without `await`: it would return a promise
 * as the user.
 */
export async function userOf(request: Request, provider: AuthProvider, context: RequestAuth): Promise<unknown> {
  const answer = provider.getUserAsync?.(request, context) ?? provider.getUser?.(request, context);
  if (!(answer instanceof Promise) && context.isReading) {
    throw new TypeError(
      "Cannot identify the user: getUser reads a signed cookie without await; declare it async and await cookies.read",
    );
  }
  return await answer || undefined;
}

/**
 * Returns the context of a request for an auth provider.
 *
 * @param cookieSecret Secret of signed cookies, if the server has one.
 * @param xsrf XSRF tokens of the request.
 * @param revoked Signed cookies that are no longer valid.
 */
export function authContext(
  { config, url, address, peer }: RequestContext,
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
    remoteAddress: address,
    peerAddress: peer,
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

/** Returns whether a user may use the application at a path. */
export async function isAuthorized(provider: AuthProvider, user: unknown, appPath: string): Promise<boolean> {
  // any result other than true denies access, for example one that is only truthy
  return provider.authorize === undefined || await provider.authorize(user, appPath) === true;
}

/**
 * What a request without a user asks for: a page, which can redirect to the login, or a resource of
 * a script, which cannot.
 */
export type Guarded = "page" | "script";

/**
 * Reason for scripts. The author of a page that embeds the application reads it in the browser's
 * console.
 */
const LOGIN_NEEDED =
  "Login is needed. Pages of other sites bring the cookie of a login only if it has SameSite=None and Secure";

/**
 * Returns the response to a request that needs a login: a redirect for pages, 401 for scripts, 403
 * for methods that change something.
 */
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
  // as in Bokeh, `next` is not added to a URL that has a query
  if (login.includes("?")) return redirect(login);
  // a login on another server needs the whole URL to return to
  const next = encodeURIComponent(/^https?:/i.test(login) ? url.href : url.pathname + url.search);
  return redirect(`${login}?next=${next}`);
}

/** Returns whether a URL is absolute, and thus of another server. */
export function isAbsoluteUrl(url: string): boolean {
  return /^[a-z][a-z0-9+.-]*:|^\/\//i.test(url);
}

/** Returns a path of the auth provider with the prefix, or an absolute URL unchanged. */
export function belowPrefix(path: string, prefix: string): string {
  return isAbsoluteUrl(path) ? path : `${prefix}/${path.replace(/^\/+/, "")}`;
}
