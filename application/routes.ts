/**
 * Routes of an application: answers of its own below its path.
 *
 * @module
 */

import type { ServerContext } from "../document/document.ts";

/** What a handler of a route receives beside the request. */
export interface RouteContext {
  /** The variable parts of the path: those of the route, and of the application's own path. */
  readonly params: Readonly<Record<string, string>>;
  /** The user, as the auth provider returned it; undefined without a login. */
  readonly user: unknown;
  /** The sessions of the application in this process. */
  readonly serverContext: ServerContext;
}

/** Answers a request. */
export type RouteHandler = (request: Request, context: RouteContext) => Response | Promise<Response>;

/**
 * The routes of an application by their patterns below its path, as `/data` or `/rows/:table`. See
 * https://developer.mozilla.org/docs/Web/API/URL_Pattern_API
 */
export type ApplicationRoutes = Readonly<Record<string, RouteHandler>>;

/** A route with its parsed pattern. */
export interface ParsedRoute {
  /** Pattern of the path below that of the application. */
  readonly pattern: URLPattern;
  /** Answers requests. */
  readonly handler: RouteHandler;
}

/**
 * Parses the routes of an application.
 *
 * @param where Name of the module, for errors.
 * @throws {TypeError} If they are no object of functions, or a pattern is invalid.
 */
export function parseRoutes(routes: unknown, where: string): ParsedRoute[] {
  if (routes === undefined) return [];
  if (typeof routes !== "object" || routes === null) {
    throw new TypeError(`Cannot use routes of ${where}: they are not an object of patterns and functions`);
  }
  return Object.entries(routes).map(([path, handler]) => {
    if (!path.startsWith("/")) {
      throw new TypeError(`Cannot use route ${path} of ${where}: it does not start with a slash`);
    }
    if (typeof handler !== "function") {
      throw new TypeError(`Cannot use route ${path} of ${where}: its handler is not a function`);
    }
    return { pattern: new URLPattern({ pathname: path }), handler };
  });
}
