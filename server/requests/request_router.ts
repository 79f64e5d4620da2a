/**
 * Routes requests to their handlers: checks limits, XSRF token and user, and turns errors into
 * responses.
 *
 * @module
 */

import type { Guarded } from "../../handlers/login/auth.ts";
import { handleAutoload } from "../../handlers/pages/autoload_js.ts";
import type { HandlerConfig, RequestContext } from "../../handlers/context.ts";
import { answerPreflight, corsHeaders } from "../../handlers/http/cors.ts";
import { handleConnectionScript } from "../../handlers/files/connection_script.ts";
import { handleEmbedJson, handleEmbedModule, handlePageModule } from "../../handlers/pages/embed.ts";
import { answerFailure } from "../../handlers/http/failure.ts";
import { withFramePolicy } from "../../handlers/pages/frame_policy.ts";
import { handleApplicationRoute } from "../../handlers/pages/application_route.ts";
import { handleExtension, isExtensionPath } from "../../handlers/files/extension_files.ts";
import { handleFavicon } from "../../handlers/files/favicon.ts";
import { handleHealth } from "../../handlers/http/health.ts";
import { limitBody } from "../../handlers/http/limited_body.ts";
import { errorResponse, forThisUserOnly, methodNotAllowed, scriptedError } from "../../handlers/http/responses.ts";
import { handleRoot } from "../../handlers/pages/root.ts";
import { handleStatic } from "../../handlers/files/static.ts";
import { AdminTokenGuard } from "./admin_token_guard.ts";
import { Authenticator } from "./authenticator.ts";
import { checkedResponse } from "./checked_response.ts";
import { logAccess, logsEveryRequest } from "./access_log.ts";
import { forwardedRequest } from "./forwarded.ts";
import { clientAddress, type ClientInfo, peerAddress, RequestLimits } from "./request_limits.ts";
import type { HostedApplication } from "../hosted_application.ts";
import type { Metrics } from "../monitoring/metrics.ts";
import { handleMetrics } from "../monitoring/open_metrics.ts";
import type { Peers } from "../processes/peers.ts";
import type { ProcessGroup } from "../processes/process_group.ts";
import type { Readiness } from "../monitoring/readiness.ts";
import type { ResolvedOptions } from "../options/resolve_options.ts";
import { type Route, Router } from "./router.ts";
import { SessionRoutes } from "./session_routes.ts";

/** What a {@linkcode RequestRouter} uses of its server. */
export interface RouterServices {
  /** Knows whether the server can serve new clients. */
  readonly readiness: Readiness;
  /** Metrics for `/metrics`; undefined if there is no such route. */
  readonly metrics: Metrics | undefined;
  /** The processes that share the sessions; undefined if this process owns all of them. */
  readonly others: Peers | undefined;
}

/** Answers requests. */
export class RequestRouter {
  readonly #config: HandlerConfig;
  readonly #apps: readonly HostedApplication[];
  readonly #options: ResolvedOptions;
  readonly #readiness: Readiness;
  readonly #metrics: Metrics | undefined;
  readonly #group: ProcessGroup | undefined;
  readonly #sessions: SessionRoutes;
  readonly #router: Router<HostedApplication>;
  readonly #authenticator: Authenticator;
  readonly #adminToken: AdminTokenGuard | undefined;
  readonly #requestLimits: RequestLimits;

  /** Creates a router to applications. */
  constructor(
    config: HandlerConfig,
    apps: readonly HostedApplication[],
    options: ResolvedOptions,
    { readiness, metrics, others }: RouterServices,
  ) {
    this.#config = config;
    this.#apps = apps;
    this.#options = options;
    this.#readiness = readiness;
    this.#metrics = metrics;
    this.#group = others?.group;
    this.#sessions = new SessionRoutes(others);
    this.#requestLimits = new RequestLimits({
      ...options.limits,
      allowedHosts: options.allowedHosts,
      anyHostPaths: new Set(["/healthz", "/readyz"].map((path) => options.prefix + path)),
    });
    const auth = options.authProvider;
    this.#authenticator = new Authenticator(options);
    this.#adminToken = AdminTokenGuard.of(options);
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
    const peer = this.#authenticator.identifiesUsers ? peerAddress(info) : undefined;
    const accessFields: AccessFields = { application: undefined, user: undefined };
    const response = this.#refusal(request, url) ??
      await this.#answer(request, { config: configBelow(prefix, this.#config), url, address, peer, accessFields });
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
      const found = this.#router.find(context.url.pathname);
      const route = found?.route;
      context.accessFields.application = applicationOf(route)?.path;
      if (route?.kind === "static" && isServerWide(route) && isExtensionPath(route.rest)) {
        const { development } = this.#config;
        return await handleExtension(request, { url: context.url, rest: route.rest, development });
      }
      if (route === undefined || isExtension(route)) return await this.#answerExtra(request, context);
      const validatedAt = performance.now();
      const response = await this.#answerGuarded(request, context, route, async (passed, user) => {
        const identified = { ...context, ...this.#authenticator.identity(user), params: found?.params };
        const login = route.kind === "ws"
          ? this.#authenticator.loginOf(passed, identified, route.app.path, validatedAt)
          : undefined;
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
        checkedResponse(
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
    // The URL of an upload is a secret of its session, and handleFiles() checks the origin.
    const passed = route.kind === "files" ? request : await this.#authenticator.checkXsrfToken(request, context);
    if (passed === undefined) return errorResponse(403, "XSRF token is missing or wrong");
    const kind = guardOf(route, request);
    const tokenGuard = kind === undefined ? undefined : this.#adminToken;
    if (tokenGuard !== undefined && applicationOf(route)?.path === tokenGuard.path) {
      return await tokenGuard.answer(passed, context, (own) => answer(own, undefined));
    }
    // Browsers send no cookies with preflight requests. Handlers of applications may not check the
    // method, so that for them OPTIONS needs a user, too.
    const isPreflight = request.method === "OPTIONS" && route !== EXTRA;
    if (!this.#authenticator.identifiesUsers || kind === undefined || isPreflight) {
      return await answer(passed, undefined);
    }
    const appPath = applicationOf(route)?.path;
    const noteUser = (user: unknown) => void (context.accessFields.user = user);
    const result = await this.#authenticator.authenticate(passed, context, kind, appPath, noteUser);
    return forThisUserOnly(
      "refusal" in result ? readable(result.refusal, passed, context, route) : await answer(passed, result.user),
    );
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
      case "route":
        return await handleApplicationRoute(request, {
          ...context,
          app: route.app,
          index: route.index,
          params: route.params,
          bodyBytes: this.#options.limits.bodyBytes,
        });
      case "metadata":
        return await this.#sessions.metadata(request, { ...context, app: route.app });
      case "ws":
        return await this.#sessions.socket(request, { ...context, app: route.app });
      case "embedModule":
        return await handleEmbedModule(request);
      case "pageModule":
        return await handlePageModule(request, route.name);
      case "connectionScript":
        return await handleConnectionScript(request, context.url);
      case "static":
        return await handleStatic(request, {
          url: context.url,
          rest: route.rest,
          source: route.app?.statics ?? context.config.bokehjs,
        });
      case "root":
        return await handleRoot(request, {
          ...context,
          apps: await this.#authenticator.filterApplications(context.user, this.#apps),
          redirects: this.#options.redirectRoot,
          template: this.#options.index,
        });
      case "favicon":
        return await handleFavicon(request, { path: this.#options.icoPath === "none" ? null : this.#options.icoPath });
      case "login":
        return await this.#authenticator.logIn(request, context);
      case "logout":
        return await this.#authenticator.logOut(request, context);
      case "metrics":
        return await handleMetrics(request, {
          families: this.#metrics?.families(this.#apps) ?? [],
          group: this.#group,
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
  route: undefined,
  metadata: READ,
  ws: ["GET"],
  embedModule: READ,
  pageModule: READ,
  connectionScript: READ,
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
  return kind === "autoload" || kind === "embed" || kind === "files" || kind === "route";
}

/** Returns whether a path is below the server's own `static/`, which an application at `/` shares. */
function isServerWide({ app }: Route<HostedApplication> & { kind: "static" }): boolean {
  return app === undefined || app.path === "/";
}

/**
 * Returns whether a path is that of an extension of BokehJS. Those that are not custom models of
 * the applications are left to extra patterns.
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
    case "route":
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
