/**
 * The server of `--dev`, which replaces applications when their files change.
 *
 * @module
 */

import { getLogger } from "@logtape/logtape";
import { Application } from "../../application/application.ts";
import { ApplicationError } from "../../application/application_error.ts";
import { authorTrace } from "../../application/error_trace.ts";
import { trimSlashes, trimTrailingSlashes } from "../../common/trim_slashes.ts";
import developmentSource from "../../embed/browser/development.js" with { type: "text" };
import { inFunction } from "../../embed/scripts/script_template.ts";
import type { ExtraPattern, ServeBokehOptions } from "../../server/options/options.ts";
import { BokehHttpServer } from "../../server/serve.ts";
import type { ReloadableApplication } from "./reloadable_application.ts";
import { type PageChange, type PageEvent, PageEvents } from "./page_events.ts";

const DEVELOPMENT_SCRIPT = `"use strict";\n${inFunction(developmentSource)}\n`;

const logger = getLogger(["bokeh", "cli"]);

/**
 * Time that pages of a replaced application get to open new websockets before the old ones are
 * closed, in milliseconds.
 */
const RENEWAL_MILLISECONDS = 1000;

/**
 * Serves applications under development, and notifies their pages of changes by server-sent events.
 */
export class DevelopmentServer extends BokehHttpServer {
  readonly #events = new PageEvents();
  readonly #applications: ReadonlyMap<string, ReloadableApplication>;
  readonly #failures: Map<string, PageEvent>;
  readonly #endings = new Map<ReturnType<typeof setTimeout>, () => Promise<void>>();

  /** Creates a server that does not listen yet. Use {@linkcode DevelopmentServer.open}. */
  constructor(
    routes: Readonly<Record<string, Application>>,
    applications: ReadonlyMap<string, ReloadableApplication>,
    failures: Map<string, PageEvent>,
    options: ServeBokehOptions,
  ) {
    super(routes, {
      ...options,
      development: true,
      busyIndicator: true,
      extraPatterns: [
        ...pageRoutes(options.prefix ?? "", (request) => this.#answerEvents(request)),
        ...options.extraPatterns ?? [],
      ],
      onError: (error, about) => {
        options.onError?.(error, about);
        if (about.appPath !== undefined) this.#notify(about.appPath, errorEvent(error));
      },
    });
    this.#applications = applications;
    this.#failures = failures;
  }

  /**
   * Loads the applications and starts the server. Pages of an application that cannot be loaded
   * show the error.
   */
  static async open(
    applications: ReadonlyMap<string, ReloadableApplication>,
    options: ServeBokehOptions,
  ): Promise<DevelopmentServer> {
    const routes: Record<string, Application> = {};
    const failures = new Map<string, PageEvent>();
    for (const [path, reloadable] of applications) {
      try {
        routes[path] = await reloadable.load();
      } catch (error) {
        logger.error("Cannot load {path}: {error}", { path, error });
        failures.set(path, errorEvent(error));
        routes[path] = reloadable.failing(error);
      }
    }
    const server = new DevelopmentServer(routes, applications, failures, options);
    await server.listen();
    return server;
  }

  /**
   * Loads an application again and notifies its pages, which show the new document or the error.
   *
   * @param path Route of the application.
   * @param change What pages must update. A change of `style` does not load the application.
   */
  async reload(path: string, change: PageChange): Promise<void> {
    if (change === "style") return this.#events.send(path, { kind: change });
    const reloadable = this.#applications.get(path)!;
    let application: Application;
    try {
      application = await reloadable.load();
    } catch (error) {
      logger.error("Cannot load {path}: {error}", { path, error });
      return this.#notify(path, errorEvent(error));
    }
    reloadable.keepValues(this.getSessions(path).map((session) => session.document));
    const end = await this.replaceApplication(path, application);
    this.#notify(path, { kind: change });
    const timer = setTimeout(() => {
      this.#endings.delete(timer);
      void end();
    }, RENEWAL_MILLISECONDS);
    this.#endings.set(timer, end);
  }

  protected override onTaskModule(url: string): void {
    for (const application of this.#applications.values()) application.addModule(url);
  }

  override async fetch(request: Request, info?: Deno.ServeHandlerInfo): Promise<Response> {
    return await this.#withScript(request, await super.fetch(request, info));
  }

  /** Responds to a page that subscribes to events of its application. */
  #answerEvents({ url }: Request): Response {
    const page = this.#pathOf(new URL(url).searchParams.get("page") ?? "");
    if (page === undefined) return new Response("The argument page is not the path of a page", { status: 400 });
    return this.#events.answer(page, this.#failures.get(page));
  }

  override async stop(wait = true): Promise<void> {
    this.#events[Symbol.dispose]();
    for (const timer of this.#endings.keys()) clearTimeout(timer);
    await Promise.all([...this.#endings.values()].map((end) => end()));
    this.#endings.clear();
    await super.stop(wait);
  }

  /**
   * Returns the route of an application by the path of its page; undefined if the path has a
   * malformed escape.
   */
  #pathOf(page: string): string | undefined {
    try {
      return decodeURI(trimTrailingSlashes(page.slice(this.prefix.length))) || "/";
    } catch {
      return undefined;
    }
  }

  #notify(path: string, event: PageEvent): void {
    if (event.kind === "error") this.#failures.set(path, event);
    else this.#failures.delete(path);
    this.#events.send(path, event);
  }

  /** Adds the development script to a page. */
  async #withScript(request: Request, response: Response): Promise<Response> {
    const type = response.headers.get("content-type") ?? "";
    if (request.method !== "GET" || !type.startsWith("text/html")) return response;
    const script = `<script src="${this.prefix}/dev.js"></script>\n`;
    const text = await response.text();
    const headers = new Headers(response.headers);
    headers.delete("content-length");
    headers.delete("etag");
    const at = text.lastIndexOf("</body>");
    const html = at < 0 ? text + script : text.slice(0, at) + script + text.slice(at);
    return new Response(html, { status: response.status, statusText: response.statusText, headers });
  }
}

/**
 * Returns the routes that the development script uses. As extra patterns they get the server's
 * checks of host and user.
 */
function pageRoutes(prefix: string, answerEvents: (request: Request) => Response): ExtraPattern[] {
  const folder = trimSlashes(prefix) === "" ? "" : `/${trimSlashes(prefix)}`;
  const at = (name: string) => new URLPattern({ pathname: `${folder}/${name}` });
  const headers = { "content-type": "text/javascript; charset=utf-8", "cache-control": "no-cache" };
  return [
    [at("dev.js"), () => new Response(DEVELOPMENT_SCRIPT, { headers }), { public: true }],
    [at("dev-events"), answerEvents],
  ];
}

function errorEvent(error: unknown): PageEvent {
  return { kind: "error", text: errorText(error) };
}

/** Returns the message of an error with its stack in the application's files. */
function errorText(error: unknown): string {
  return error instanceof ApplicationError ? error.trace : authorTrace(error);
}
