/**
 * Finds the route of a path.
 *
 * @module
 */

import type { ServedApplication } from "../../handlers/context.ts";
import { CONNECTION_SCRIPT_PATH } from "../../handlers/files/connection_script.ts";
import { FILE_ID_PATTERN } from "../../session/ownership/file_id.ts";

/** A route, with its application and the variable parts of its path. */
export type Route<A extends ServedApplication = ServedApplication> =
  | { readonly kind: "doc" | "autoload" | "embed" | "metadata" | "ws"; readonly app: A }
  | { readonly kind: "files"; readonly app: A; readonly id: string }
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
  find(path: string): Route<A> | undefined {
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
