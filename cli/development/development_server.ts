/**
 * A server whose applications follow their files.
 *
 * @module
 */

import developmentSource from "../../embed/browser/development.js" with { type: "text" };
import { inFunction } from "../../embed/scripts/script_template.ts";
import { getLogger } from "@logtape/logtape";
import { Application } from "../../application/application.ts";
import { ApplicationError } from "../../application/application_error.ts";
import { authorTrace } from "../../application/error_trace.ts";
import { trimSlashes, trimTrailingSlashes } from "../../common/trim_slashes.ts";
import type { ExtraPattern, ServeBokehOptions } from "../../server/options/options.ts";
import { BokehHttpServer } from "../../server/serve.ts";
import type { DevelopedApplication } from "./developed_application.ts";
import { type PageChange, type PageEvent, PageEvents } from "./page_events.ts";

const DEVELOPMENT_SCRIPT = `"use strict";\n${inFunction(developmentSource)}\n`;

const logger = getLogger(["bokeh", "cli"]);

/** How long the pages of an application that was replaced have for opening their websockets anew, before theirs are closed. */
const RENEWAL_MILLISECONDS = 1000;

/** Serves applications that are being written. */
export class DevelopmentServer extends BokehHttpServer {
  readonly #events = new PageEvents();
  readonly #applications: ReadonlyMap<string, DevelopedApplication>;
  readonly #failures: Map<string, PageEvent>;
  readonly #endings = new Map<ReturnType<typeof setTimeout>, () => Promise<void>>();

  /** See {@linkcode DevelopmentServer.open}. */
  constructor(
    routes: Readonly<Record<string, Application>>,
    applications: ReadonlyMap<string, DevelopedApplication>,
    failures: Map<string, PageEvent>,
    options: ServeBokehOptions,
  ) {
    super(routes, {
      ...options,
      development: true,
      extraPatterns: [
        ...pageRoutes(options.prefix ?? "", (request) => this.#answerEvents(request)),
        ...options.extraPatterns ?? [],
      ],
      onError: (error, about) => {
        options.onError?.(error, about);
        if (about.appPath !== undefined) this.#tell(about.appPath, errorEvent(error));
      },
    });
    this.#applications = applications;
    this.#failures = failures;
  }

  /** Loads the applications, and serves also those that cannot be loaded yet. */
  static async open(
    applications: ReadonlyMap<string, DevelopedApplication>,
    options: ServeBokehOptions,
  ): Promise<DevelopmentServer> {
    const routes: Record<string, Application> = {};
    const failures = new Map<string, PageEvent>();
    for (const [path, developed] of applications) {
      try {
        routes[path] = await developed.load();
      } catch (error) {
        logger.error("Cannot load {path}: {error}", { path, error });
        failures.set(path, errorEvent(error));
        routes[path] = developed.failing(error);
      }
    }
    const server = new DevelopmentServer(routes, applications, failures, options);
    await server.listen();
    return server;
  }

  /** Loads an application anew, and shows it, or why it cannot be shown, in its pages. */
  async reload(path: string, change: PageChange): Promise<void> {
    if (change === "style") return this.#events.tell(path, { kind: change });
    const developed = this.#applications.get(path)!;
    let application: Application;
    try {
      application = await developed.load();
    } catch (error) {
      logger.error("Cannot load {path}: {error}", { path, error });
      return this.#tell(path, errorEvent(error));
    }
    developed.keepValues(this.getSessions(path).map((session) => session.document));
    const end = await this.replaceApplication(path, application);
    this.#tell(path, { kind: change });
    const timer = setTimeout(() => {
      this.#endings.delete(timer);
      void end();
    }, RENEWAL_MILLISECONDS);
    this.#endings.set(timer, end);
  }

  override async fetch(request: Request, info?: Deno.ServeHandlerInfo): Promise<Response> {
    return await this.#withScript(request, await super.fetch(request, info));
  }

  /** Answers a page that subscribes to its events. */
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

  /** Returns the path of an application by that of its page; undefined if it has a malformed escape. */
  #pathOf(page: string): string | undefined {
    try {
      return decodeURI(trimTrailingSlashes(page.slice(this.prefix.length))) || "/";
    } catch {
      return undefined;
    }
  }

  #tell(path: string, event: PageEvent): void {
    if (event.kind === "error") this.#failures.set(path, event);
    else this.#failures.delete(path);
    this.#events.tell(path, event);
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
 * Returns the routes that the script of a page uses. They are extra patterns, so that the server checks the host and the user of their
 * requests as it does for its own routes.
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

/** An error for its author: what it says, and where in the author's own files it was thrown. */
function errorText(error: unknown): string {
  return error instanceof ApplicationError ? error.trace : authorTrace(error);
}
