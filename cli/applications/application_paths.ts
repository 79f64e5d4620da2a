/**
 * From the paths on the command line to applications at their routes.
 *
 * @module
 */

import { basename, extname } from "node:path";
import { getLogger } from "@logtape/logtape";
import { Application } from "../../application/application.ts";
import { authorLine, authorTrace } from "../../application/error_trace.ts";
import { checkTemplate } from "../../embed/pages/template_page.ts";
import { CommandError } from "../exit.ts";

const log = getLogger(["bokeh", "cli"]);

/** Applications by the route that each is served at. */
export type ApplicationRoutes = Record<string, Application>;

/**
 * Loads applications.
 *
 * @throws {CommandError} If a path does not exist or holds no application.
 */
export async function loadApplications(paths: readonly string[]): Promise<ApplicationRoutes> {
  const routes: ApplicationRoutes = {};
  for (const [route, path] of routesOf(paths)) routes[route] = await loadApplication(path);
  return routes;
}

/** Returns the path of each application by its route. The last of several with one route is served, as by `bokeh serve`, and an error is logged. */
export function routesOf(paths: readonly string[]): Map<string, string> {
  const routes = new Map<string, string>();
  for (const path of paths) {
    const route = routeOf(path);
    const other = routes.get(route);
    if (other !== undefined) {
      log.error("Cannot serve {other}: {path} has the same route {route}, rename one of them", { other, path, route });
    }
    routes.set(route, path);
  }
  return routes;
}

/** The route of an application: the name of its folder, or of its file without the ending. */
export function routeOf(path: string): string {
  const name = basename(path);
  return `/${isFile(path) ? name.slice(0, name.length - extname(name).length) : name}`;
}

/** The paths that patterns match, each pattern's in the order of their names. */
export async function expandPatterns(patterns: readonly string[]): Promise<string[]> {
  const { glob } = await import("node:fs/promises"); // it loads much that serving does not need
  const found = await Promise.all(patterns.map((pattern) => Array.fromAsync(glob(pattern))));
  return found.flatMap((paths) => paths.sort());
}

async function loadApplication(path: string): Promise<Application> {
  if (!await exists(path)) throw new CommandError(`Cannot serve ${path}: it does not exist`);
  try {
    const application = await Application.from(path);
    // what is wrong with it shows now, not to the first visitor
    if (application.template !== undefined) checkTemplate(application.template);
    return application;
  } catch (error) {
    // its author wants the line, and none of ours
    const where = authorLine(error) === undefined && error instanceof Error ? error.message : authorTrace(error);
    throw new CommandError(
      where.startsWith(`Cannot serve ${basename(path)}:`) ? where : `Cannot load ${path}: ${where}`,
    );
  }
}

async function exists(path: string): Promise<boolean> {
  return await Deno.stat(path).then(() => true, () => false);
}

function isFile(path: string): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch {
    return extname(path) !== "";
  }
}
