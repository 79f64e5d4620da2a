/**
 * Routes requests to their handlers: checks limits, XSRF token and user, and turns errors into
 * responses.
 *
 * @module
 */

import {
  asksForUser,
  authContext,
  type AuthProvider,
  type Guarded,
  isAuthorized,
  loginResponse,
  userOf,
} from "../../handlers/login/auth.ts";
import { getLogger } from "@logtape/logtape";
import { handleAutoload } from "../../handlers/pages/autoload_js.ts";
import type { HandlerConfig, RequestContext } from "../../handlers/context.ts";
import { answerPreflight, corsHeaders } from "../../handlers/http/cors.ts";
import { handleEmbedJson, handleEmbedModule } from "../../handlers/pages/embed.ts";
import { answerFailure } from "../../handlers/http/failure.ts";
import { withFramePolicy } from "../../handlers/pages/frame_policy.ts";
import { handleFavicon } from "../../handlers/files/favicon.ts";
import { handleHealth } from "../../handlers/http/health.ts";
import { type Login, removedCookies } from "../../handlers/login/logins.ts";
import { limitBody } from "../../handlers/http/limited_body.ts";
import { errorResponse, forThisUserOnly, methodNotAllowed, scriptedError } from "../../handlers/http/responses.ts";
import { handleRoot } from "../../handlers/pages/root.ts";
import { userKey } from "../../handlers/login/user_key.ts";
import { SignedCookies } from "../../handlers/login/signed_cookies.ts";
import { handleStatic } from "../../handlers/files/static.ts";
import { XsrfTokens } from "../../handlers/login/xsrf.ts";
import { logAccess, logsEveryRequest } from "./access_log.ts";
import { forwardedRequest } from "./forwarded.ts";
import { clientAddress, type ClientInfo, RequestLimits } from "./request_limits.ts";
import type { HostedApplication } from "../hosted_application.ts";
import type { Metrics } from "../monitoring/metrics.ts";
import { handleMetrics } from "../monitoring/open_metrics.ts";
import type { ProcessGroup } from "../process_group.ts";
import type { Readiness } from "../monitoring/readiness.ts";
import type { ResolvedOptions } from "../options/resolve_options.ts";
import { type Route, Router } from "./router.ts";
import { SessionRoutes } from "./session_routes.ts";

const logger = getLogger(["bokeh", "server"]);

/** What a {@linkcode RequestRouter} uses of its server. */
export interface RouterServices {
  /** Knows whether the server can serve new clients. */
  readonly readiness: Readiness;
  /** Metrics for `/metrics`; undefined if there is no such route. */
  readonly metrics: Metrics | undefined;
  /** The processes that share the sessions; undefined if this process owns all of them. */
  readonly processes: ProcessGroup | undefined;
}

/** Answers requests. */
export class RequestRouter {
  readonly #config: HandlerConfig;
  readonly #apps: readonly HostedApplication[];
  readonly #options: ResolvedOptions;
  readonly #readiness: Readiness;
  readonly #metrics: Metrics | undefined;
  readonly #processes: ProcessGroup | undefined;
  readonly #sessions: SessionRoutes;
  readonly #router: Router<HostedApplication>;
  readonly #auth: AuthProvider | undefined;
  readonly #requestLimits: RequestLimits;

  /** Creates a router to applications. */
  constructor(
    config: HandlerConfig,
    apps: readonly HostedApplication[],
    options: ResolvedOptions,
    { readiness, metrics, processes }: RouterServices,
  ) {
    this.#config = config;
    this.#apps = apps;
    this.#options = options;
    this.#readiness = readiness;
    this.#metrics = metrics;
    this.#processes = processes;
    this.#sessions = new SessionRoutes(processes);
    this.#requestLimits = new RequestLimits({
      ...options.limits,
      allowedHosts: options.allowedHosts,
      anyHostPaths: new Set(["/healthz", "/readyz"].map((path) => options.prefix + path)),
    });
    const auth = options.authProvider;
    this.#auth = asksForUser(auth) ? auth : undefined;
    this.#router = new Router({
      prefix: options.prefix,
      apps,
      useIndex: options.useIndex,
      metrics: metrics !== undefined,
      loginPath: auth?.loginHandler && auth.loginUrl ? withSlash(auth.loginUrl) : undefined,
      logoutPath: auth?.logoutHandler && auth.logoutUrl ? withSlash(auth.logoutUrl) : undefined,
    });
  }

  /**
   * Answers a request, and logs it.
   *
   * @param info The client, from `Deno.serve` or from the process that relays the request.
   */
  async answer(request: Request, info?: ClientInfo): Promise<Response> {
    const start = performance.now();
    const { method } = request;
    const { useXheaders } = this.#options;
    const { url, prefix } = forwardedRequest(request, useXheaders, info?.scheme);
    const addressOf = () => clientAddress(request.headers, info, useXheaders);
    // Reading the address is a call into the runtime, which static files can do without. It must be
    // read before an upgrade to a websocket.
    const isFile = url.pathname.includes("/static/");
    const address = isFile && !logsEveryRequest() ? undefined : addressOf();
    const accessFields: AccessFields = { application: undefined, user: undefined };
    const response = this.#refusal(request, url) ??
      await this.#answer(request, { config: configBelow(prefix, this.#config), url, address, accessFields });
    const { status } = response;
    const logged = address ?? (status >= 400 ? addressOf() : undefined);
    logAccess({ method, path: url.pathname, status, start, address: logged, ...accessFields });
    return response;
  }

  #refusal(request: Request, url: URL): Response | undefined {
    const refusal = this.#requestLimits.refusal(request, url);
    if (refusal !== undefined) this.#options.onEvent?.({ type: "requestRefused", status: refusal.status });
    return refusal;
  }

  async #answer(request: Request, context: ContextInProgress): Promise<Response> {
    try {
      const route = this.#router.find(context.url.pathname);
      context.accessFields.application = applicationOf(route)?.path;
      if (route === undefined || isExtension(route)) return await this.#answerExtra(request, context);
      const validatedAt = performance.now();
      const response = await this.#answerGuarded(request, context, route, async (passed, user) => {
        const identified = { ...context, ...this.#identity(user) };
        const login = this.#loginOf(passed, identified, route, validatedAt);
        return await this.#dispatch(passed, route, { ...identified, login });
      });
      return withFramePolicy(response, this.#config.origins.frameAncestors);
    } catch (error) {
      return withFramePolicy(answerFailure(error, this.#config), this.#config.origins.frameAncestors);
    }
  }

  async #answerExtra(request: Request, context: ContextInProgress): Promise<Response> {
    for (const [pattern, handler, options] of this.#options.extraPatterns) {
      const match = pattern.exec(context.url.href);
      if (match === null) continue;
      const answer = async (passed: Request) =>
        answerOf(
          await handler(limitBody(passed, this.#options.limits.bodyBytes), match),
          `the handler of ${pattern.pathname}`,
        );
      return options?.public ? await answer(request) : await this.#answerGuarded(request, context, EXTRA, answer);
    }
    return errorResponse(404);
  }

  /**
   * Calls `answer` if the request has the XSRF token and the user that its route needs, and refuses
   * the request otherwise.
   */
  async #answerGuarded(
    request: Request,
    context: ContextInProgress,
    route: Route<HostedApplication> | typeof EXTRA,
    answer: (request: Request, user: unknown) => Promise<Response>,
  ): Promise<Response> {
    const passed = this.#options.xsrfCookies ? await this.#xsrf(request, context).check() : request;
    if (passed === undefined) return errorResponse(403, "XSRF token is missing or wrong");
    const kind = guardOf(route, request);
    // Browsers send no cookies with preflight requests. Handlers of applications may not check the
    // method, so that for them OPTIONS needs a user, too.
    const isPreflight = request.method === "OPTIONS" && route !== EXTRA;
    if (this.#auth === undefined || kind === undefined || isPreflight) return await answer(passed, undefined);
    const user = await this.#userFor(passed, context, route, kind);
    return forThisUserOnly(user instanceof Response ? user : await answer(passed, user));
  }

  /**
   * Returns the user of a request, or the response to a request without a user or without the right
   * to use the application.
   */
  async #userFor(
    request: Request,
    context: ContextInProgress,
    route: Route<HostedApplication> | typeof EXTRA,
    kind: Guarded,
  ): Promise<unknown> {
    const auth = this.#auth!;
    const providerContext = this.#authContext(request, context);
    const user = context.accessFields.user = await userOf(request, auth, providerContext);
    if (user === undefined) {
      return readable(await loginResponse(request, auth, kind, providerContext), request, context, route);
    }
    const app = applicationOf(route);
    if (app === undefined || await isAuthorized(auth, user, app.path)) return user;
    return readable(errorResponse(403, "You may not use this application"), request, context, route);
  }

  #identity(user: unknown): Pick<RequestContext, "user" | "userKey"> {
    return { user, userKey: user === undefined ? undefined : userKey(user, this.#auth ?? {}) };
  }

  /**
   * Returns the login of a websocket. Copies the headers, which are needed to validate it again and
   * cannot be read after the upgrade.
   */
  #loginOf(
    request: Request,
    context: RequestContext,
    route: Route<HostedApplication>,
    validatedAt: number,
  ): Login | undefined {
    const auth = this.#auth;
    const { userKey: key } = context;
    if (auth === undefined || key === undefined || route.kind !== "ws") return undefined;
    const headers = new Headers(request.headers);
    // the token is long, and auth providers do not need it
    headers.delete("sec-websocket-protocol");
    const again = () => new Request(request.url, { headers });
    const isValid = async () => {
      const user = await userOf(again(), auth, this.#authContext(again(), context));
      return user !== undefined && userKey(user, auth) === key && await isAuthorized(auth, user, route.app.path);
    };
    return { userKey: key, cookie: headers.get("cookie") ?? "", validatedAt, isValid };
  }

  /**
   * Handles a logout: calls the auth provider, then closes the websockets and revokes the cookies
   * of the login.
   */
  async #logOut(request: Request, context: RequestContext): Promise<Response> {
    const headers = new Headers(request.headers);
    const key = await this.#userKeyOf(request, context);
    const response = await this.#answerAuth("logoutHandler", request, context);
    if (response.status >= 400) return response;
    const cookies = removedCookies(headers, response.headers);
    const revoked = await this.#signedOf(cookies);
    // requests without a login must not add to what the server remembers
    if (key !== undefined || revoked.length > 0) await this.#config.endLogin?.({ userKey: key, cookies, revoked });
    return response;
  }

  async #signedOf(cookies: readonly string[]): Promise<string[]> {
    const { cookieSecret } = this.#options;
    return cookieSecret === undefined ? [] : await new SignedCookies(cookieSecret).signedOf(cookies);
  }

  async #userKeyOf(request: Request, context: RequestContext): Promise<string | undefined> {
    if (this.#auth === undefined) return undefined;
    try {
      return this.#identity(await userOf(request, this.#auth, this.#authContext(request, context))).userKey;
    } catch (error) {
      logger.error("The auth provider failed to identify the user who logs out: {error}", { error });
      return undefined;
    }
  }

  async #answerAuth(name: "loginHandler" | "logoutHandler", request: Request, context: RequestContext) {
    const provider = this.#options.authProvider;
    if (provider?.[name] === undefined) return errorResponse(404);
    const limited = limitBody(request, this.#options.limits.loginBytes);
    const response = answerOf(await provider[name](limited, this.#authContext(request, context)), name);
    // a cached response would prevent the next logout
    if (!response.headers.has("cache-control")) response.headers.set("cache-control", "no-store");
    return response;
  }

  #authContext(request: Request, context: RequestContext): ReturnType<typeof authContext> {
    const { config, url } = context;
    const removedPrefix = config.prefix.slice(0, config.prefix.length - this.#options.prefix.length);
    const clientUrl = removedPrefix === "" ? url : new URL(removedPrefix + url.pathname + url.search, url);
    const { cookieSecret } = this.#options;
    const xsrf = this.#xsrf(request, context);
    return authContext({ config, url: clientUrl }, cookieSecret, xsrf, config.sockets.logins?.revoked);
  }

  #xsrf(request: Request, context: RequestContext): XsrfTokens {
    const auth = this.#auth;
    return new XsrfTokens(request, {
      key: this.#options.authProvider === undefined ? undefined : context.config.payloadKey,
      userKey: async () => {
        const user = auth && await userOf(request, auth, this.#authContext(request, context));
        return this.#identity(user).userKey ?? "";
      },
      secure: context.url.protocol === "https:",
      path: context.config.prefix || "/",
    });
  }

  /** Returns the applications that a user may use. */
  async #appsOf(user: unknown): Promise<readonly HostedApplication[]> {
    const auth = this.#auth;
    if (auth?.authorize === undefined) return this.#apps;
    const authorized = await Promise.all(this.#apps.map(({ path }) => isAuthorized(auth, user, path)));
    return this.#apps.filter((_, index) => authorized[index]);
  }

  async #dispatch(
    request: Request,
    route: Route<HostedApplication>,
    context: RequestContext,
  ): Promise<Response> {
    if (request.method === "OPTIONS" && isCrossOrigin(route)) return answerPreflight(request.headers, context.config);
    const methods = METHODS[route.kind];
    if (methods !== undefined && !methods.includes(request.method)) return methodNotAllowed(methods);
    try {
      return await this.#handle(request, route, context);
    } catch (error) {
      return readable(answerFailure(error, context.config), request, context, route);
    }
  }

  async #handle(request: Request, route: Route<HostedApplication>, context: RequestContext): Promise<Response> {
    switch (route.kind) {
      case "doc":
        return await this.#sessions.page(request, { ...context, app: route.app });
      case "autoload":
        return await this.#sessions.embedding(request, { ...context, app: route.app }, handleAutoload);
      case "embed":
        return await this.#sessions.embedding(request, { ...context, app: route.app }, handleEmbedJson);
      case "files":
        return await this.#sessions.file(request, { ...context, app: route.app, id: route.id });
      case "metadata":
        return await this.#sessions.metadata(request, { ...context, app: route.app });
      case "ws":
        return await this.#sessions.socket(request, { ...context, app: route.app });
      case "embedModule":
        return await handleEmbedModule(request);
      case "static":
        return await handleStatic(request, {
          url: context.url,
          rest: route.rest,
          source: route.app?.statics ?? context.config.bokehjs,
        });
      case "root":
        return await handleRoot(request, {
          ...context,
          apps: await this.#appsOf(context.user),
          redirects: this.#options.redirectRoot,
          template: this.#options.index,
        });
      case "favicon":
        return await handleFavicon(request, { path: this.#options.icoPath === "none" ? null : this.#options.icoPath });
      case "login":
        return await this.#answerAuth("loginHandler", request, context);
      case "logout":
        return await this.#logOut(request, context);
      case "metrics":
        return await handleMetrics(request, {
          families: this.#metrics?.families(this.#apps) ?? [],
          group: this.#processes,
        });
      case "health":
        return handleHealth(request, { reason: undefined });
      case "ready":
        return handleHealth(request, { reason: await this.#readiness.reason() });
    }
  }
}

const READ = ["GET", "HEAD"];
const READ_ACROSS_ORIGINS = [...READ, "OPTIONS"];

/**
 * Methods of the routes. Handlers of logins are the application's own; those of files depend on the
 * file.
 */
const METHODS: Readonly<Record<Route["kind"], readonly string[] | undefined>> = {
  doc: READ,
  autoload: READ_ACROSS_ORIGINS,
  embed: READ_ACROSS_ORIGINS,
  files: undefined,
  metadata: READ,
  ws: ["GET"],
  embedModule: READ,
  static: READ,
  root: READ,
  favicon: READ,
  login: undefined,
  logout: undefined,
  metrics: READ,
  health: READ,
  ready: READ,
};

/** Returns whether pages of other origins can read the responses of a route. */
function isCrossOrigin({ kind }: Route | typeof EXTRA): boolean {
  return kind === "autoload" || kind === "embed" || kind === "files";
}

/**
 * Returns the response of an application's handler with mutable headers.
 *
 * @throws {TypeError} If the handler returned something else, which its type cannot prevent in
 * JavaScript.
 */
function answerOf(answer: unknown, who: string): Response {
  if (answer instanceof Response) return answer.status === 101 ? answer : new Response(answer.body, answer);
  throw new TypeError(
    `Cannot answer: ${who} returned ${Deno.inspect(answer, { depth: 0 })} instead of a Response`,
  );
}

/**
 * Returns whether a path is that of an extension of BokehJS. The server has none, so that extra
 * patterns can handle it.
 */
function isExtension(route: Route<HostedApplication>): boolean {
  return route.kind === "static" && route.app === undefined && route.rest.startsWith("extensions/");
}

/** Returns the settings with the path prefix that a proxy has removed. */
function configBelow(prefix: string, config: HandlerConfig): HandlerConfig {
  if (prefix === "") return config;
  return {
    ...config,
    prefix: prefix + config.prefix,
    resources: (absoluteUrl) => config.resources((absoluteUrl ?? "") + prefix),
  };
}

/**
 * Adds the CORS headers of a route to a refusal, so that pages of other origins can tell it from a
 * network error. Refusals of scripts become scripts that log the reason.
 */
function readable(
  response: Response,
  { headers }: Request,
  { config }: RequestContext,
  route: Route<HostedApplication> | typeof EXTRA,
): Response {
  if (isCrossOrigin(route)) {
    for (const [name, value] of Object.entries(corsHeaders(headers, config))) response.headers.set(name, value);
  }
  return route.kind === "autoload" ? scriptedError(response) : response;
}

/** The route of all extra patterns. */
const EXTRA = { kind: "extra" } as const;

/** Fields of the access log that become known while a request is handled. */
interface AccessFields {
  /** Path of the application that the route belongs to. */
  application: string | undefined;
  /** User that the auth provider returned. */
  user: unknown;
}

/** Context of a request whose user is not known yet. */
interface ContextInProgress extends RequestContext {
  readonly accessFields: AccessFields;
}

/** Returns the application of a route, or undefined for routes of the server. */
function applicationOf(route: Route<HostedApplication> | typeof EXTRA | undefined): HostedApplication | undefined {
  return route !== undefined && "app" in route ? route.app : undefined;
}

/**
 * Returns how a route responds to requests without a user, or undefined if it needs none. BokehJS
 * needs none, files of applications do.
 */
function guardOf(route: Route<HostedApplication> | typeof EXTRA, { headers }: Request): Guarded | undefined {
  switch (route.kind) {
    case "extra":
      return headers.get("accept")?.includes("text/html") ? "page" : "script";
    case "doc":
    case "metadata":
    case "root":
      return "page";
    case "autoload":
    case "embed":
    case "files":
    case "ws":
      return "script";
    case "static":
      return route.app?.ownStatics ? "script" : undefined;
    default:
      return undefined;
  }
}

function withSlash(path: string): string {
  return `/${path.replace(/^\/+/, "")}`;
}
