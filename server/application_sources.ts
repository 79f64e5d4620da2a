/**
 * The applications that a program passes to a server.
 *
 * @module
 */

import { Application } from "../application/application.ts";
import type { ApplicationFunction } from "../application/application_options.ts";
import { trimTrailingSlashes } from "../common/trim_slashes.ts";

/**
 * A source of an application: a function that fills a document, a path or URL of a module or
 * folder, or an application.
 */
export type ApplicationSource = ApplicationFunction | Application | string | URL;

/** Applications by path, or a single one, which is served at `/`. */
export type Applications = ApplicationSource | Readonly<Record<string, ApplicationSource>>;

/**
 * Returns the sources of applications by path.
 *
 * @param adminPath Path of the admin page, if any.
 * @throws {TypeError} If a path does not start with a slash, or two paths are the same.
 */
export function sourcesOf(applications: Applications, adminPath?: string): Map<string, ApplicationSource> {
  if (isSource(applications)) return new Map([["/", applications]]);
  const sources = new Map<string, ApplicationSource>();
  for (const [path, source] of Object.entries(applications)) {
    if (!path.startsWith("/")) {
      throw new TypeError(`Cannot serve at ${JSON.stringify(path)}: the path does not start with a slash`);
    }
    const route = trimTrailingSlashes(path) || "/";
    if (route === adminPath) throw new TypeError(`Cannot serve at ${path}: the admin page is served there`);
    if (sources.has(route)) throw new TypeError(`Cannot serve at ${path}: another application is served at ${route}`);
    sources.set(route, source);
  }
  return sources;
}

function isSource(applications: Applications): applications is ApplicationSource {
  return typeof applications === "function" || typeof applications === "string" || applications instanceof URL ||
    applications instanceof Application;
}
