/**
 * Identifies the users of requests, and handles their logins and logouts, with the auth provider of
 * a server.
 *
 * @module
 */

import { getLogger } from "@logtape/logtape";
import type { RequestContext } from "../../handlers/context.ts";
import { limitBody } from "../../handlers/http/limited_body.ts";
import { errorResponse } from "../../handlers/http/responses.ts";
import {
  asksForUser,
  authContext,
  type AuthProvider,
  type Guarded,
  isAuthorized,
  loginResponse,
  userOf,
} from "../../handlers/login/auth.ts";
import { type Login, removedCookies } from "../../handlers/login/logins.ts";
import { SignedCookies } from "../../handlers/login/signed_cookies.ts";
import { userKey } from "../../handlers/login/user_key.ts";
import { XsrfTokens } from "../../handlers/login/xsrf.ts";
import type { ResolvedOptions } from "../options/resolve_options.ts";
import { checkedResponse } from "./checked_response.ts";

const logger = getLogger(["bokeh", "server"]);

/**
 * Result of {@linkcode Authenticator.authenticate}: the user, or the response to a request that is
 * refused.
 */
type Authentication = { readonly user: unknown } | { readonly refusal: Response };

/** Uses the auth provider of a server. A server without one has no users. */
export class Authenticator {
  readonly #options: ResolvedOptions;
  /** The auth provider if it identifies users. */
  readonly #provider: AuthProvider | undefined;

  /** Creates an authenticator with the auth provider of these options. */
  constructor(options: ResolvedOptions) {
    this.#options = options;
    this.#provider = asksForUser(options.authProvider) ? options.authProvider : undefined;
  }

  /** Whether users must log in. */
  get identifiesUsers(): boolean {
    return this.#provider !== undefined;
  }

  /**
   * Returns the request if it carries the XSRF token that its method needs, or undefined. The
   * result is another request if the token was read from a form.
   */
  async checkXsrfToken(request: Request, context: RequestContext): Promise<Request | undefined> {
    return this.#options.xsrfCookies ? await this.#xsrfTokens(request, context).check() : request;
  }

  /**
   * Identifies the user of a request. The server must have an auth provider that identifies users.
   *
   * @param kind Whether a request without a user is redirected to the login.
   * @param appPath Path of the application that the request is for, if any.
   * @param onUser Receives the user before its rights are checked.
   */
  async authenticate(
    request: Request,
    context: RequestContext,
    kind: Guarded,
    appPath: string | undefined,
    onUser: (user: unknown) => void,
  ): Promise<Authentication> {
    const provider = this.#provider!;
    const providerContext = this.#providerContext(request, context);
    const user = await userOf(request, provider, providerContext);
    onUser(user);
    if (user === undefined) return { refusal: await loginResponse(request, provider, kind, providerContext) };
    if (appPath === undefined || await this.#mayUse(user, appPath)) return { user };
    return { refusal: errorResponse(403, "You may not use this application") };
  }

  /** Returns a user with the key that identifies it. */
  identity(user: unknown): Pick<RequestContext, "user" | "userKey"> {
    return { user, userKey: user === undefined ? undefined : userKey(user, this.#provider ?? {}) };
  }

  /**
   * Returns the login of a websocket, or undefined without a user. Copies the headers, which are
   * needed to validate the login again and cannot be read after the upgrade.
   *
   * @param validatedAt Time at which the user was identified, as `performance.now()`.
   */
  loginOf(request: Request, context: RequestContext, appPath: string, validatedAt: number): Login | undefined {
    const provider = this.#provider;
    const { userKey: key } = context;
    if (provider === undefined || key === undefined) return undefined;
    const headers = new Headers(request.headers);
    // the token is long, and auth providers do not need it
    headers.delete("sec-websocket-protocol");
    const again = () => new Request(request.url, { headers });
    const isValid = async () => {
      const user = await userOf(again(), provider, this.#providerContext(again(), context));
      return user !== undefined && userKey(user, provider) === key && await this.#mayUse(user, appPath);
    };
    return { userKey: key, cookie: headers.get("cookie") ?? "", validatedAt, isValid };
  }

  /** Returns those of the applications that a user may use. */
  async filterApplications<A extends { readonly path: string }>(
    user: unknown,
    apps: readonly A[],
  ): Promise<readonly A[]> {
    if (this.#provider?.authorize === undefined && this.#options.admin === undefined) return apps;
    const authorized = await Promise.all(apps.map(({ path }) => this.#mayUse(user, path)));
    return apps.filter((_, index) => authorized[index]);
  }

  /** Returns whether a user may use the application at a path; without users, any but the admin page. */
  async #mayUse(user: unknown, appPath: string): Promise<boolean> {
    const { admin } = this.#options;
    if (appPath === admin?.path) return await admin.authorize?.(user) === true;
    return this.#provider === undefined || await isAuthorized(this.#provider, user, appPath);
  }

  /** Handles a request for the login page with the auth provider. */
  async logIn(request: Request, context: RequestContext): Promise<Response> {
    return await this.#callHandler("loginHandler", request, context);
  }

  /**
   * Handles a request for the logout page with the auth provider, then closes the websockets and
   * revokes the cookies of the login.
   */
  async logOut(request: Request, context: RequestContext): Promise<Response> {
    const headers = new Headers(request.headers);
    const key = await this.#userKeyOf(request, context);
    const response = await this.#callHandler("logoutHandler", request, context);
    if (response.status >= 400) return response;
    const cookies = removedCookies(headers, response.headers);
    const revoked = await this.#signedOf(cookies);
    // requests without a login must not add to what the server remembers
    if (key !== undefined || revoked.length > 0) await context.config.endLogin?.({ userKey: key, cookies, revoked });
    return response;
  }

  async #callHandler(
    name: "loginHandler" | "logoutHandler",
    request: Request,
    context: RequestContext,
  ): Promise<Response> {
    const provider = this.#options.authProvider;
    if (provider?.[name] === undefined) return errorResponse(404);
    const limited = limitBody(request, this.#options.limits.loginBytes);
    const response = checkedResponse(await provider[name](limited, this.#providerContext(request, context)), name);
    // a cached response would prevent the next logout
    if (!response.headers.has("cache-control")) response.headers.set("cache-control", "no-store");
    return response;
  }

  async #signedOf(cookies: readonly string[]): Promise<string[]> {
    const { cookieSecret } = this.#options;
    return cookieSecret === undefined ? [] : await new SignedCookies(cookieSecret).signedOf(cookies);
  }

  async #userKeyOf(request: Request, context: RequestContext): Promise<string | undefined> {
    if (this.#provider === undefined) return undefined;
    try {
      return this.identity(await userOf(request, this.#provider, this.#providerContext(request, context))).userKey;
    } catch (error) {
      logger.error("The auth provider failed to identify the user who logs out: {error}", { error });
      return undefined;
    }
  }

  #providerContext(request: Request, context: RequestContext): ReturnType<typeof authContext> {
    const { config, url, address, peer } = context;
    const removedPrefix = config.prefix.slice(0, config.prefix.length - this.#options.prefix.length);
    const clientUrl = removedPrefix === "" ? url : new URL(removedPrefix + url.pathname + url.search, url);
    const { cookieSecret } = this.#options;
    const xsrf = this.#xsrfTokens(request, context);
    return authContext({ config, url: clientUrl, address, peer }, cookieSecret, xsrf, config.sockets.logins?.revoked);
  }

  #xsrfTokens(request: Request, context: RequestContext): XsrfTokens {
    const provider = this.#provider;
    return new XsrfTokens(request, {
      key: this.#options.authProvider === undefined ? undefined : context.config.payloadKey,
      userKey: async () => {
        const user = provider && await userOf(request, provider, this.#providerContext(request, context));
        return this.identity(user).userKey ?? "";
      },
      secure: context.url.protocol === "https:",
      path: context.config.prefix || "/",
    });
  }
}
