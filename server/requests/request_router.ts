/**
 * From a request to its handler.
 *
 * @module
 */

import {
  asksForUser,
  authContext,
  type AuthProvider,
  type Guarded,
  loginResponse,
  mayEnter,
  userOf,
} from "../../handlers/login/auth.ts";
import { getLogger } from "@logtape/logtape";
import { handleAutoload } from "../../handlers/pages/autoload_js.ts";
import type { HandlerConfig, RequestContext } from "../../handlers/context.ts";
import { corsHeaders } from "../../handlers/http/cors.ts";
import { handleDoc } from "../../handlers/pages/doc.ts";
import { handleEmbedJson, handleEmbedModule } from "../../handlers/pages/embed.ts";
import { answerFailure } from "../../handlers/http/failure.ts";
import { withFramePolicy } from "../../handlers/pages/frame_policy.ts";
import { handleFiles } from "../../handlers/files/session_files.ts";
import { handleFavicon } from "../../handlers/files/favicon.ts";
import { handleHealth } from "../../handlers/http/health.ts";
import { type Login, removedCookies } from "../../handlers/login/logins.ts";
import { handleMetadata } from "../../handlers/pages/metadata.ts";
import { limitBody } from "../../handlers/http/limited_body.ts";
import { errorResponse, forThisUserOnly, scriptedError } from "../../handlers/http/responses.ts";
import { handleRoot } from "../../handlers/pages/root.ts";
import { userKey } from "../../handlers/login/user_key.ts";
import { SignedCookies } from "../../handlers/login/signed_cookies.ts";
import { handleStatic } from "../../handlers/files/static.ts";
import { handleWebSocket } from "../../handlers/websocket/ws.ts";
import { XsrfTokens } from "../../handlers/login/xsrf.ts";
import { logAccess, logsEveryRequest } from "./access_log.ts";
import { forwardedRequest } from "./forwarded.ts";
import { clientAddress, type ClientInfo, RequestLimits } from "./request_limits.ts";
import type { HostedApplication } from "../hosted_application.ts";
import type { Metrics } from "../monitoring/metrics.ts";
import { handleMetrics } from "../monitoring/open_metrics.ts";
import type { Readiness } from "../monitoring/readiness.ts";
import type { ResolvedOptions } from "../options/resolve_options.ts";
import { type Route, Router } from "./router.ts";

const logger = getLogger(["bokeh", "server"]);

/** What a {@linkcode RequestRouter} tells of the server. */
export interface ServerReports {
  /** Tells whether the server can serve new clients. */
  readonly readiness: Readiness;
  /** Figures for `/metrics`; undefined if there is no such route. */
  readonly metrics: Metrics | undefined;
}

/** Answers requests by their paths. */
export class RequestRouter {
  readonly #config: HandlerConfig;
  readonly #apps: readonly HostedApplication[];
  readonly #options: ResolvedOptions;
  readonly #readiness: Readiness;
  readonly #metrics: Metrics | undefined;
  readonly #router: Router<HostedApplication>;
  readonly #auth: AuthProvider | undefined;
  readonly #requestLimits: RequestLimits;

  /** Routes to these applications. */
  constructor(
    config: HandlerConfig,
    apps: readonly HostedApplication[],
    options: ResolvedOptions,
    { readiness, metrics }: ServerReports,
  ) {
    this.#config = config;
    this.#apps = apps;
    this.#options = options;
    this.#readiness = readiness;
    this.#metrics = metrics;
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

  /** Answers a request; `info` tells where it comes from. */
  async answer(request: Request, info?: ClientInfo): Promise<Response> {
    const start = performance.now();
    const { method } = request;
    const { useXheaders } = this.#options;
    const { url, prefix } = forwardedRequest(request, useXheaders, info?.scheme);
    const addressOf = () => clientAddress(request.headers, info, useXheaders);
    // it costs a call into the runtime, which files do not need, and cannot be read once the request has become a websocket
    const isFile = url.pathname.includes("/static/");
    const address = isFile && !logsEveryRequest() ? undefined : addressOf();
    const known: KnownOfRequest = { application: undefined, user: undefined };
    const response = this.#refusal(request, url) ??
      await this.#answer(request, { config: configBelow(prefix, this.#config), url, address, known });
    const { status } = response;
    const logged = address ?? (status >= 400 ? addressOf() : undefined);
    logAccess({ method, path: url.pathname, status, start, address: logged, ...known });
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
      context.known.application = applicationOf(route)?.path;
      if (route === undefined || isExtension(route)) return await this.#answerExtra(request, context);
      const judgedAt = performance.now();
      const response = await this.#answerGuarded(request, context, route, async (passed, user) => {
        const identified = { ...context, ...this.#identity(user) };
        const login = this.#loginOf(passed, identified, route, judgedAt);
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

  /** Answers a request that has its XSRF token and its user wherever these are needed, and refuses it otherwise. */
  async #answerGuarded(
    request: Request,
    context: ContextInProgress,
    route: Route<HostedApplication> | typeof EXTRA,
    answer: (request: Request, user: unknown) => Promise<Response>,
  ): Promise<Response> {
    const passed = this.#options.xsrfCookies ? await this.#xsrf(request, context).check() : request;
    if (passed === undefined) return errorResponse(403, "XSRF token is missing or wrong");
    const kind = guardOf(route, request);
    // a browser asks with OPTIONS before it may send what would tell the user; handlers of authors need not look at the method
    const isPreflight = request.method === "OPTIONS" && route !== EXTRA;
    if (this.#auth === undefined || kind === undefined || isPreflight) return await answer(passed, undefined);
    const user = await this.#userFor(passed, context, route, kind);
    return forThisUserOnly(user instanceof Response ? user : await answer(passed, user));
  }

  /** Returns the user of a request, or the answer to a request without one. */
  async #userFor(
    request: Request,
    context: ContextInProgress,
    route: Route<HostedApplication> | typeof EXTRA,
    kind: Guarded,
  ): Promise<unknown> {
    const auth = this.#auth!;
    const known = this.#authContext(request, context);
    const user = context.known.user = await userOf(request, auth, known);
    if (user === undefined) return readable(await loginResponse(request, auth, kind, known), request, context, route);
    const app = applicationOf(route);
    if (app === undefined || await mayEnter(auth, user, app.path)) return user;
    return readable(errorResponse(403, "You may not use this application"), request, context, route);
  }

  #identity(user: unknown): Pick<RequestContext, "user" | "userKey"> {
    return { user, userKey: user === undefined ? undefined : userKey(user, this.#auth ?? {}) };
  }

  /** The login of a websocket, with what is needed to judge it once more: after the upgrade its headers cannot be read. */
  #loginOf(
    request: Request,
    context: RequestContext,
    route: Route<HostedApplication>,
    judgedAt: number,
  ): Login | undefined {
    const auth = this.#auth;
    const { userKey: key } = context;
    if (auth === undefined || key === undefined || route.kind !== "ws") return undefined;
    const headers = new Headers(request.headers);
    // the token is long, and says nothing of the user
    headers.delete("sec-websocket-protocol");
    const again = () => new Request(request.url, { headers });
    const isValid = async () => {
      const user = await userOf(again(), auth, this.#authContext(again(), context));
      return user !== undefined && userKey(user, auth) === key && await mayEnter(auth, user, route.app.path);
    };
    return { userKey: key, cookie: headers.get("cookie") ?? "", judgedAt, isValid };
  }

  /** Answers a logout, and ends what the login leaves behind. */
  async #logOut(request: Request, context: RequestContext): Promise<Response> {
    const headers = new Headers(request.headers);
    const key = await this.#userKeyOf(request, context);
    const response = await this.#answerAuth("logoutHandler", request, context);
    if (response.status >= 400) return response;
    const cookies = removedCookies(headers, response.headers);
    const revoked = await this.#signedOf(cookies);
    // whoever has not logged in leaves nothing behind, and must not make the server remember anything
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
      logger.error("The auth provider failed to tell who logs out: {error}", { error });
      return undefined;
    }
  }

  async #answerAuth(name: "loginHandler" | "logoutHandler", request: Request, context: RequestContext) {
    const provider = this.#options.authProvider;
    if (provider?.[name] === undefined) return errorResponse(404);
    const limited = limitBody(request, this.#options.limits.loginBytes);
    const response = answerOf(await provider[name](limited, this.#authContext(request, context)), name);
    // a logout that a cache answers does not happen
    if (!response.headers.has("cache-control")) response.headers.set("cache-control", "no-store");
    return response;
  }

  #authContext(request: Request, context: RequestContext): ReturnType<typeof authContext> {
    const { config, url } = context;
    const taken = config.prefix.slice(0, config.prefix.length - this.#options.prefix.length);
    const visited = taken === "" ? url : new URL(taken + url.pathname + url.search, url);
    const { cookieSecret } = this.#options;
    const xsrf = this.#xsrf(request, context);
    return authContext({ config, url: visited }, cookieSecret, xsrf, config.sockets.logins?.revoked);
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

  /** The applications that a user may see in the index. */
  async #appsOf(user: unknown): Promise<readonly HostedApplication[]> {
    const auth = this.#auth;
    if (auth?.authorize === undefined) return this.#apps;
    const enters = await Promise.all(this.#apps.map(({ path }) => mayEnter(auth, user, path)));
    return this.#apps.filter((_, index) => enters[index]);
  }

  async #dispatch(
    request: Request,
    route: Route<HostedApplication>,
    context: RequestContext,
  ): Promise<Response> {
    switch (route.kind) {
      case "doc":
        return handleDoc(request, { ...context, app: route.app });
      case "autoload":
        return handleAutoload(request, { ...context, app: route.app });
      case "embed":
        return handleEmbedJson(request, { ...context, app: route.app });
      case "files":
        return handleFiles(request, { ...context, app: route.app, id: route.id });
      case "embedModule":
        return handleEmbedModule(request);
      case "metadata":
        return handleMetadata(request, { ...context, app: route.app });
      case "ws":
        return handleWebSocket(request, { ...context, app: route.app });
      case "static":
        return handleStatic(request, {
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
        return handleFavicon(request, { path: this.#options.icoPath === "none" ? null : this.#options.icoPath });
      case "login":
        return await this.#answerAuth("loginHandler", request, context);
      case "logout":
        return await this.#logOut(request, context);
      case "metrics":
        return await handleMetrics(request, {
          families: this.#metrics?.families(this.#apps) ?? [],
          group: this.#config.peers,
        });
      case "health":
        return handleHealth(request, { reason: undefined });
      case "ready":
        return handleHealth(request, { reason: await this.#readiness.reason() });
    }
  }
}

/** Returns the response of an author's handler with headers that can be changed. Its type may have promised more than it keeps. */
function answerOf(answer: unknown, who: string): Response {
  if (answer instanceof Response) return answer.status === 101 ? answer : new Response(answer.body, answer);
  throw new TypeError(
    `Cannot answer: ${who} returned ${Deno.inspect(answer, { depth: 0 })} in the place of a Response`,
  );
}

/** Whether a path is that of an extension of BokehJS, of which the server itself has none. */
function isExtension(route: Route<HostedApplication>): boolean {
  return route.kind === "static" && route.app === undefined && route.rest.startsWith("extensions/");
}

/** The site as its visitors see it through a proxy that takes a prefix away. */
function configBelow(prefix: string, config: HandlerConfig): HandlerConfig {
  if (prefix === "") return config;
  return {
    ...config,
    prefix: prefix + config.prefix,
    resources: (absoluteUrl) => config.resources((absoluteUrl ?? "") + prefix),
  };
}

/** Lets pages of other origins read a refusal where they may read the answer, so that they can tell it from a fault of the network. */
function readable(
  response: Response,
  { headers }: Request,
  { config }: RequestContext,
  { kind }: Route<HostedApplication> | typeof EXTRA,
): Response {
  if (kind === "autoload" || kind === "embed" || kind === "files") {
    for (const [name, value] of Object.entries(corsHeaders(headers, config))) response.headers.set(name, value);
  }
  return kind === "autoload" ? scriptedError(response) : response;
}

/** The route of all extra patterns. */
const EXTRA = { kind: "extra" } as const;

/** What the log tells of a request beside its answer, found out while it is answered. */
interface KnownOfRequest {
  /** Path of the application that it is for. */
  application: string | undefined;
  /** What the auth provider returned. */
  user: unknown;
}

/** What is passed on while a request is answered. */
interface ContextInProgress extends RequestContext {
  readonly known: KnownOfRequest;
}

/** Returns the application of a route, undefined for the routes of the server itself. */
function applicationOf(route: Route<HostedApplication> | typeof EXTRA | undefined): HostedApplication | undefined {
  return route !== undefined && "app" in route ? route.app : undefined;
}

/** Which routes want a user. BokehJS is everybody's, an application's own files are not. */
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
