/**
 * Serves applications under development (`--dev`).
 *
 * @module
 */

import { extname, resolve, sep } from "node:path";
import type { ServeBokehOptions } from "../../server/options/options.ts";
import { routesOf } from "../applications/application_paths.ts";
import { CommandError } from "../exit.ts";
import { exists } from "../files.ts";
import { ReloadableApplication } from "./reloadable_application.ts";
import { DevelopmentServer } from "./development_server.ts";
import { ModuleGraph } from "./module_graph.ts";
import type { PageChange } from "./page_events.ts";
import { WatchedFiles } from "./watched_files.ts";

/** Lifetime of tokens in seconds: pages stay open while their application is edited. */
const TOKEN_SECONDS = 24 * 60 * 60;

/**
 * Serves applications, and reloads each in its open pages when its files change.
 *
 * @param paths Files and folders of the applications.
 * @param files Further files that all applications depend on.
 * @throws {CommandError} If a path does not exist.
 */
export async function serveDevelopment(
  paths: readonly string[],
  files: readonly string[],
  options: ServeBokehOptions,
): Promise<DevelopmentServer> {
  const routes = routesOf(paths);
  for (const path of routes.values()) {
    if (!await exists(path)) throw new CommandError(`Cannot serve ${path}: it does not exist`);
  }
  const graph = new ModuleGraph();
  const applications = new Map(
    [...routes].map(([route, path]) => [route, new ReloadableApplication(path, graph)]),
  );
  const server = await DevelopmentServer.open(applications, { sessionTokenExpiration: TOKEN_SECONDS, ...options });
  reloadOnChange(server, applications, files.map((file) => resolve(file)));
  void server.finished.finally(() => graph[Symbol.dispose]());
  return server;
}

/**
 * Reloads applications when their files change, until the server stops. Changes are handled one
 * after the other.
 */
function reloadOnChange(
  server: DevelopmentServer,
  applications: ReadonlyMap<string, ReloadableApplication>,
  files: readonly string[],
): void {
  let reloading = Promise.resolve();
  const watched = new WatchedFiles((changed) => {
    reloading = reloading.then(async () => {
      for (const [path, application] of applications) {
        const own = [...changed].filter((file) => files.includes(file) || application.has(file));
        if (own.length > 0) await server.reload(path, changeOf(own, application));
      }
      watch();
    });
  });
  const watch = () =>
    watched.watch({
      files: [...files, ...[...applications.values()].flatMap((application) => application.files)],
      folders: [...applications.values()].flatMap((application) => application.folders),
    });
  watch();
  for (const application of applications.values()) application.onLateFile = watch;
  void server.finished.finally(() => watched[Symbol.dispose]());
}

/** Returns what pages must update after changes of these files. */
function changeOf(files: readonly string[], application: ReloadableApplication): PageChange {
  if (files.every((file) => isStatic(file) && extname(file) === ".css")) return "style";
  const isInPage = (file: string) => isStatic(file) || extname(file) === ".html" || application.isViewFile(file);
  return files.some(isInPage) ? "page" : "document";
}

function isStatic(path: string): boolean {
  return path.includes(`${sep}static${sep}`);
}
