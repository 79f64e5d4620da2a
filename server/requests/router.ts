/**
 * Finds the route of a path.
 *
 * @module
 */

import type { ServedApplication } from "../../handlers/context.ts";
import { CONNECTION_SCRIPT_PATH } from "../../handlers/files/connection_script.ts";
import { hasPathVariables } from "../../handlers/pages/path_variables.ts";
import { FILE_ID_PATTERN } from "../../session/ownership/file_id.ts";

/** The variable parts of a path. */
export type PathParams = Readonly<Record<string, string>>;

/** A route, with the variable parts of the path of its application. */
export interface FoundRoute<A extends ServedApplication = ServedApplication> {
  readonly route: Route<A>;
  readonly params: PathParams | undefined;
}

/** A route, with its application and the variable parts of its path. */
export type Route<A extends ServedApplication = ServedApplication> =
  | { readonly kind: "doc" | "autoload" | "embed" | "metadata" | "ws"; readonly app: A }
  | { readonly kind: "files"; readonly app: A; readonly id: string }
  | { readonly kind: "route"; readonly app: A; readonly index: number; readonly params: PathParams }
  | { readonly kind: "static"; readonly app: A | undefined; readonly rest: string }
  | { readonly kind: "pageModule"; readonly name: "accessibility" | "actions" | "appearance" }
  | {
    readonly kind:
      | "root"
      | "favicon"
      | "login"
      | "logout"
      | "health"
      | "ready"
      | "metrics"
      | "embedModule"
      | "connectionScript";
  };

/** Options of {@linkcode Router}. */
export interface RouterOptions<A extends ServedApplication = ServedApplication> {
  /** Path before all routes. The icon is also served at the root, where browsers request it. */
  readonly prefix: string;
  /** The applications. */
  readonly apps: readonly A[];
  /** Whether to list the applications at `/` if no application is served there. */
  readonly useIndex: boolean;
  /** Whether there is a route `/metrics`. @default {false} */
  readonly metrics?: boolean;
  /** Path of the login page below the prefix, if the auth provider handles it. */
  readonly loginPath: string | undefined;
  /** Path of the logout page below the prefix, if the auth provider handles it. */
  readonly logoutPath: string | undefined;
}

/** A path that percent-encoding does not change. */
const PLAIN = /^[\w/.~-]*$/;

/** Path of an upload or a download. */
const FILE = new RegExp(`^(.*)/files/(${FILE_ID_PATTERN})$`);

/**
 * Routes in a table by path, so that finding one takes the same time for any number of
 * applications.
 */
export class Router<A extends ServedApplication = ServedApplication> {
  readonly #routes = new Map<string, Route<A>>();
  readonly #statics = new Map<string, A | undefined>();
  readonly #patterns: { readonly pattern: URLPattern; readonly folder: string; readonly app: A }[] = [];
  /** Length of the longest path in `#statics`. */
  readonly #longestStaticsPath: number;

  /** Creates the routes. Routes of applications replace routes of the server with the same path. */
  constructor({ prefix, apps, useIndex, loginPath, logoutPath, metrics = false }: RouterOptions<A>) {
    for (const folder of ["", prefix]) this.#routes.set(`${folder}/favicon.ico`, { kind: "favicon" });
    for (const name of ["embed.js", "embed.d.ts"]) this.#routes.set(`${prefix}/${name}`, { kind: "embedModule" });
    this.#routes.set(`${prefix}/${CONNECTION_SCRIPT_PATH}`, { kind: "connectionScript" });
    this.#add(`${prefix}/healthz`, { kind: "health" });
    this.#add(`${prefix}/readyz`, { kind: "ready" });
    if (metrics) this.#add(`${prefix}/metrics`, { kind: "metrics" });
    if (loginPath !== undefined) this.#add(prefix + loginPath, { kind: "login" });
    if (logoutPath !== undefined) this.#add(prefix + logoutPath, { kind: "logout" });
    if (useIndex) this.#add(prefix, { kind: "root" });
    this.#statics.set(prefix, undefined);
    for (const app of apps) this.#addApplication(prefix, app);
    this.#longestStaticsPath = Math.max(...[...this.#statics.keys()].map((path) => path.length));
  }

  /** Returns the route of a percent-encoded path, or undefined if there is none. */
  find(path: string): FoundRoute<A> | undefined {
    const route = this.#findExact(path);
    if (route !== undefined && !hasVariables(route)) return { route, params: undefined };
    for (const { pattern, folder, app } of this.#patterns) {
      const match = pattern.exec({ pathname: path })?.pathname.groups;
      if (match === undefined) continue;
      const { "0": below, ...groups } = match;
      const rest = below === undefined ? "" : `/${below}`;
      const params = decoded(groups);
      const found = params && (this.#findExact(folder + rest) ?? findOwn(app, rest, params));
      if (found !== undefined) return { route: found, params };
    }
    const own = this.#findOwn(path);
    return own && { route: own, params: undefined };
  }

  #findExact(path: string): Route<A> | undefined {
    return this.#routes.get(path) ?? (PLAIN.test(path) ? undefined : this.#routes.get(normalPath(path))) ??
      this.#findFile(path) ??
      this.#findStatic(path);
  }

  #addApplication(prefix: string, app: A): void {
    const path = normalPath(prefix + (app.path === "/" ? "" : app.path));
    this.#add(path, { kind: "doc", app });
    this.#routes.set(`${path}/autoload.js`, { kind: "autoload", app });
    this.#routes.set(`${path}/embed.json`, { kind: "embed", app });
    this.#routes.set(`${path}/metadata`, { kind: "metadata", app });
    this.#routes.set(`${path}/ws`, { kind: "ws", app });
    for (const name of ["accessibility", "actions", "appearance"] as const) {
      this.#routes.set(`${path}/${name}.js`, { kind: "pageModule", name });
    }
    this.#statics.set(path, app);
    // A path with a variable part matches only paths that no other application has.
    if (hasPathVariables(app.path)) {
      this.#patterns.push({ pattern: new URLPattern({ pathname: `${prefix}${app.path}{/}?` }), folder: path, app });
      this.#patterns.push({ pattern: new URLPattern({ pathname: `${prefix}${app.path}/*` }), folder: path, app });
    }
  }

  /**
   * Returns the route of an application below whose path a path is. Like {@linkcode Router.#findStatic}, searches no
   * further than the longest path of an application.
   */
  #findOwn(path: string): Route<A> | undefined {
    const last = this.#longestStaticsPath;
    for (let at = path.lastIndexOf("/", last); at >= 0; at = at === 0 ? -1 : path.lastIndexOf("/", at - 1)) {
      const app = this.#statics.get(path.slice(0, at));
      const route = app && findOwn(app, path.slice(at), {});
      if (route !== undefined) return route;
    }
    return undefined;
  }

  /** Adds a route for a path, with and without a trailing slash. */
  #add(path: string, route: Route<A>): void {
    this.#routes.set(path, route);
    this.#routes.set(`${path}/`, route);
  }

  #findFile(path: string): Route<A> | undefined {
    const [, appPath, id] = FILE.exec(path) ?? [];
    const app = appPath === undefined ? undefined : this.#statics.get(appPath);
    return app === undefined || id === undefined ? undefined : { kind: "files", app, id };
  }

  /**
   * Returns the route of a file below the first `/static/` that follows the path of an application
   * or the prefix. Searches no further than the longest of these paths, because a path that repeats
   * `/static/` would take quadratic time.
   */
  #findStatic(path: string): Route<A> | undefined {
    const start = path.slice(0, this.#longestStaticsPath + "/static/".length);
    for (let at = start.indexOf("/static/"); at >= 0; at = start.indexOf("/static/", at + 1)) {
      const folder = path.slice(0, at);
      if (this.#statics.has(folder)) {
        return { kind: "static", app: this.#statics.get(folder), rest: path.slice(at + "/static/".length) };
      }
    }
    return undefined;
  }
}

/** Returns whether the path of a route's application has variable parts, whose values the route needs. */
function hasVariables(route: Route): boolean {
  return "app" in route && route.app !== undefined && hasPathVariables(route.app.path);
}

/**
 * Returns a path in normal form: only characters that need it are percent-encoded. Returns
 * malformed paths unchanged.
 */
function normalPath(path: string): string {
  try {
    return encodeURI(decodeURI(path));
  } catch {
    return path;
  }
}

/** Returns the route of an application for a path below its own. */
function findOwn<A extends ServedApplication>(app: A, rest: string, outer: PathParams): Route<A> | undefined {
  for (const [index, { pattern }] of (app.application.routes ?? []).entries()) {
    const params = decoded(pattern.exec({ pathname: rest })?.pathname.groups);
    if (params !== undefined) return { kind: "route", app, index, params: { ...outer, ...params } };
  }
  return undefined;
}

/** Returns decoded parts of a path; undefined without a match or with a malformed escape. */
function decoded(groups: Readonly<Record<string, string | undefined>> | undefined): PathParams | undefined {
  try {
    return groups && Object.fromEntries(
      Object.entries(groups).map(([name, value]) => [name, decodeURIComponent(value ?? "")]),
    );
  } catch {
    return undefined; // URIError
  }
}
