/**
 * Loads the applications that the command line names, and derives the route of each from its path.
 *
 * @module
 */

import { getLogger } from "@logtape/logtape";
import { basename, extname } from "node:path";
import { Application } from "../../application/application.ts";
import { authorLine, authorTrace } from "../../application/error_trace.ts";
import { checkTemplate } from "../../embed/pages/template_page.ts";
import { CommandError } from "../exit.ts";
import { exists } from "../files.ts";

const log = getLogger(["bokeh", "cli"]);

/** Applications by route, such as `/sliders`. */
export type ApplicationRoutes = Record<string, Application>;

/**
 * Loads the applications at some paths.
 *
 * @throws {CommandError} If a path does not exist, is not an application, or fails to load.
 */
export async function loadApplications(paths: readonly string[]): Promise<ApplicationRoutes> {
  const routes: ApplicationRoutes = {};
  for (const [route, path] of routesOf(paths)) routes[route] = await loadApplication(path);
  return routes;
}

/**
 * Returns the path of each application by route: `sliders.ts` at `/sliders`, and `/user/:id=profile.ts`
 * at the route before the equals sign. If several paths have the same route, the last one
 * is served, as by `bokeh serve`, and an error is logged.
 */
export function routesOf(paths: readonly string[]): Map<string, string> {
  const routes = new Map<string, string>();
  for (const operand of paths) {
    const [route, path] = splitRoute(operand) ?? [routeOf(operand), operand];
    const other = routes.get(route);
    if (other !== undefined) {
      log.error("Cannot serve {other}: {path} has the same route {route}, rename one of them", { other, path, route });
    }
    routes.set(route, path);
  }
  return routes;
}

/**
 * Returns the route of an application: the name of its folder, or of its file without the
 * extension.
 */
export function routeOf(path: string): string {
  const name = basename(path);
  return `/${isFileName(path) ? name.slice(0, name.length - extname(name).length) : name}`;
}

/**
 * Returns the route and the path of an argument such as `/user/:id=profile.ts`, undefined if it is only
 * a path: an absolute path can contain an equals sign.
 */
function splitRoute(operand: string): [route: string, path: string] | undefined {
  const [, route, path] = /^(\/[^=]*)=(.+)$/.exec(operand) ?? [];
  return route === undefined || path === undefined || isPresent(operand) ? undefined : [route, path];
}

/** Returns the paths that glob patterns match, sorted by name within each pattern. */
export async function expandPatterns(patterns: readonly string[]): Promise<string[]> {
  const { glob } = await import("node:fs/promises"); // loads modules that serving does not need
  const found = await Promise.all(patterns.map((pattern) => Array.fromAsync(glob(pattern))));
  return found.flatMap((paths) => paths.sort());
}

async function loadApplication(path: string): Promise<Application> {
  if (!await exists(path)) throw new CommandError(`Cannot serve ${path}: it does not exist`);
  try {
    const application = await Application.from(path);
    // Report a broken template at the start instead of in the response to the first request.
    if (application.template !== undefined) checkTemplate(application.template);
    return application;
  } catch (error) {
    // Show the line of the application's source, without this program's stack.
    const where = authorLine(error) === undefined && error instanceof Error ? error.message : authorTrace(error);
    throw new CommandError(
      where.startsWith(`Cannot serve ${basename(path)}:`) ? where : `Cannot load ${path}: ${where}`,
    );
  }
}

function isPresent(path: string): boolean {
  try {
    Deno.statSync(path);
    return true;
  } catch {
    return false;
  }
}

/** Returns whether a path is a file. A missing path counts as a file if it has an extension. */
function isFileName(path: string): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch {
    return extname(path) !== "";
  }
}
