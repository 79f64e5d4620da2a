/**
 * Which route a path is.
 *
 * @module
 */

import type { ServedApplication } from "../../handlers/context.ts";

/** A route and what it is about. */
export type Route<A extends ServedApplication = ServedApplication> =
  | { readonly kind: "doc" | "autoload" | "embed" | "metadata" | "ws"; readonly app: A }
  | { readonly kind: "files"; readonly app: A; readonly id: string }
  | { readonly kind: "static"; readonly app: A | undefined; readonly rest: string }
  | { readonly kind: "root" | "favicon" | "login" | "logout" | "health" | "ready" | "metrics" | "embedModule" };

/** What a router is made of. */
export interface RouterOptions<A extends ServedApplication = ServedApplication> {
  /** Path before all routes. The icon is at the root too, where browsers request it. */
  readonly prefix: string;
  /** The applications. */
  readonly apps: readonly A[];
  /** Whether there is a route for `/` where no application is served there. */
  readonly useIndex: boolean;
  /** Whether there is a route for the server's numbers. */
  readonly metrics?: boolean;
  /** Path below the prefix where visitors log in, if the server answers there. */
  readonly loginPath: string | undefined;
  /** Path below the prefix where visitors log out, if the server answers there. */
  readonly logoutPath: string | undefined;
}

/** A path that is the same when it is encoded anew. */
const PLAIN = /^[\w/.~-]*$/;

/** A table of all paths, so that the number of applications does not matter. */
export class Router<A extends ServedApplication = ServedApplication> {
  readonly #routes = new Map<string, Route<A>>();
  readonly #statics = new Map<string, A | undefined>();
  /** Length of the longest path in `#statics`. */
  readonly #longestOwner: number;

  /** Where two routes have one path, that of an application counts. */
  constructor({ prefix, apps, useIndex, loginPath, logoutPath, metrics = false }: RouterOptions<A>) {
    for (const folder of ["", prefix]) this.#routes.set(`${folder}/favicon.ico`, { kind: "favicon" });
    for (const name of ["embed.js", "embed.d.ts"]) this.#routes.set(`${prefix}/${name}`, { kind: "embedModule" });
    this.#add(`${prefix}/healthz`, { kind: "health" });
    this.#add(`${prefix}/readyz`, { kind: "ready" });
    if (metrics) this.#add(`${prefix}/metrics`, { kind: "metrics" });
    if (loginPath !== undefined) this.#add(prefix + loginPath, { kind: "login" });
    if (logoutPath !== undefined) this.#add(prefix + logoutPath, { kind: "logout" });
    if (useIndex) this.#add(prefix, { kind: "root" });
    this.#statics.set(prefix, undefined);
    for (const app of apps) this.#addApplication(prefix, app);
    this.#longestOwner = Math.max(...[...this.#statics.keys()].map((path) => path.length));
  }

  /** The route of a path as it was sent, undefined where there is none. */
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
    this.#statics.set(path, app);
  }

  /** A slash at the end makes no difference. */
  #add(path: string, route: Route<A>): void {
    this.#routes.set(path, route);
    this.#routes.set(`${path}/`, route);
  }

  #findFile(path: string): Route<A> | undefined {
    const [, owner, id] = /^(.*)\/files\/([0-9a-f-]{36})$/.exec(path) ?? [];
    const app = owner === undefined ? undefined : this.#statics.get(owner);
    return app === undefined || id === undefined ? undefined : { kind: "files", app, id };
  }

  /**
   * Returns the route of a file below the first `/static/` that follows the path of an application. Looks no further than the longest
   * of these paths: a path that repeats `/static/` would take quadratic time.
   */
  #findStatic(path: string): Route<A> | undefined {
    const start = path.slice(0, this.#longestOwner + "/static/".length);
    for (let at = start.indexOf("/static/"); at >= 0; at = start.indexOf("/static/", at + 1)) {
      const owner = path.slice(0, at);
      if (this.#statics.has(owner)) {
        return { kind: "static", app: this.#statics.get(owner), rest: path.slice(at + "/static/".length) };
      }
    }
    return undefined;
  }
}

/** A path with every character encoded that needs it, and no other; as it is where that cannot be told. */
function normalPath(path: string): string {
  try {
    return encodeURI(decodeURI(path));
  } catch {
    return path;
  }
}
