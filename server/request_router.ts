/**
 * From a request to its handler.
 *
 * @module
 */

import { getLogger } from "@logtape/logtape";
import { asksForUser, type AuthProvider, type Guarded, loginResponse, userOf } from "../handlers/auth.ts";
import { handleAutoload } from "../handlers/autoload_js.ts";
import type { RequestContext, Site } from "../handlers/context.ts";
import { handleDoc } from "../handlers/doc.ts";
import { answerFailure } from "../handlers/failure.ts";
import { handleFavicon } from "../handlers/favicon.ts";
import { handleHealth } from "../handlers/health.ts";
import { handleMetadata } from "../handlers/metadata.ts";
import { errorResponse } from "../handlers/responses.ts";
import { handleRoot } from "../handlers/root.ts";
import { handleStatic } from "../handlers/static.ts";
import { handleWebSocket } from "../handlers/ws.ts";
import { forwardedUrl } from "./forwarded_url.ts";
import { Gate, visitorAddress } from "./gate.ts";
import { bokehjs, type HostedApplication } from "./hosted_application.ts";
import type { ResolvedOptions } from "./resolve_options.ts";
import { type Route, Router } from "./router.ts";
import { passesXsrf } from "./xsrf.ts";

const logger = getLogger(["bokeh", "server", "access"]);

const ACCESS = "{method} {path} {status} {milliseconds} ms";

/** Answers requests by their paths. */
export class RequestRouter {
  readonly #site: Site;
  readonly #apps: readonly HostedApplication[];
  readonly #options: ResolvedOptions;
  readonly #router: Router<HostedApplication>;
  readonly #auth: AuthProvider | undefined;
  readonly #gate: Gate;

  /** Routes to these applications. */
  constructor(site: Site, apps: readonly HostedApplication[], options: ResolvedOptions) {
    this.#site = site;
    this.#apps = apps;
    this.#options = options;
    this.#gate = new Gate({ ...options.limits, allowedHosts: options.allowedHosts });
    const auth = options.authProvider;
    this.#auth = asksForUser(auth) ? auth : undefined;
    this.#router = new Router({
      prefix: options.prefix,
      apps,
      useIndex: options.useIndex,
      loginPath: auth?.loginHandler && auth.loginUrl ? withSlash(auth.loginUrl) : undefined,
      logoutPath: auth?.logoutHandler && auth.logoutUrl ? withSlash(auth.logoutUrl) : undefined,
    });
  }

  /** The answer to a request. `ready` is whether new visitors are welcome, `remote` where the request comes from. */
  async answer(request: Request, ready: boolean, remote?: Deno.Addr): Promise<Response> {
    const start = performance.now();
    const { method } = request;
    const url = forwardedUrl(request, this.#options.useXheaders);
    const address = visitorAddress(request.headers, remote, this.#options.useXheaders);
    const response = this.#gate.refusal(request, url) ?? await this.#answer(request, url, ready, address);
    const { status } = response;
    // never the query, which may hold a session's id or its token
    const line = () => ({ method, path: url.pathname, status, milliseconds: Math.round(performance.now() - start) });
    if (status >= 400) logger.warn(ACCESS, line());
    else logger.debug(ACCESS, line);
    return response;
  }

  async #answer(request: Request, url: URL, ready: boolean, address: string | undefined): Promise<Response> {
    try {
      const route = this.#router.find(url.pathname);
      if (route === undefined) return await this.#answerExtra(request, url) ?? errorResponse(404);
      if (this.#options.xsrfCookies && !await passesXsrf(request)) {
        return errorResponse(403, "XSRF token is missing or wrong");
      }
      const user = await this.#userFor(request, url, route);
      return user instanceof Response
        ? user
        : await this.#dispatch(request, route, { site: this.#site, url, user, address }, ready);
    } catch (error) {
      return answerFailure(error, this.#site);
    }
  }

  async #answerExtra(request: Request, url: URL): Promise<Response | undefined> {
    for (const [pattern, handler] of this.#options.extraPatterns) {
      const match = pattern.exec(url.href);
      if (match !== null) return await handler(request, match);
    }
    return undefined;
  }

  /** The user of a guarded route, or what a visitor without one is answered. */
  async #userFor(request: Request, url: URL, route: Route<HostedApplication>): Promise<unknown> {
    const kind = guardOf(route);
    // a browser asks with OPTIONS before it may send what would tell the user
    if (this.#auth === undefined || kind === undefined || request.method === "OPTIONS") return undefined;
    const user = await userOf(request, this.#auth);
    return user ?? await loginResponse(request, this.#auth, kind, { site: this.#site, url });
  }

  #dispatch(
    request: Request,
    route: Route<HostedApplication>,
    context: RequestContext,
    ready: boolean,
  ): Response | Promise<Response> {
    switch (route.kind) {
      case "doc":
        return handleDoc(request, { ...context, app: route.app });
      case "autoload":
        return handleAutoload(request, { ...context, app: route.app });
      case "metadata":
        return handleMetadata(request, { ...context, app: route.app });
      case "ws":
        return handleWebSocket(request, { ...context, app: route.app });
      case "static":
        return handleStatic(request, { url: context.url, rest: route.rest, source: route.app?.statics ?? bokehjs });
      case "root":
        return handleRoot(request, {
          ...context,
          apps: this.#apps,
          redirects: this.#options.redirectRoot,
          template: this.#options.index,
        });
      case "favicon":
        return handleFavicon(request, { path: this.#options.icoPath === "none" ? null : this.#options.icoPath });
      case "login":
        return this.#options.authProvider?.loginHandler?.(request) ?? errorResponse(404);
      case "logout":
        return this.#options.authProvider?.logoutHandler?.(request) ?? errorResponse(404);
      case "health":
        return handleHealth(request, { ready: true });
      case "ready":
        return handleHealth(request, { ready });
    }
  }
}

/** Which routes want a user. BokehJS is everybody's, an application's own files are not. */
function guardOf(route: Route<HostedApplication>): Guarded | undefined {
  switch (route.kind) {
    case "doc":
    case "metadata":
    case "root":
      return "page";
    case "autoload":
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
