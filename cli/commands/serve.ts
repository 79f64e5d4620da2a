/**
 * The command `serve`.
 *
 * @module
 */

import { getLogger } from "@logtape/logtape";
import { Application } from "../../application/application.ts";
import type { ServeBokehOptions } from "../../server/options/options.ts";
import { type ApplicationRoutes, expandPatterns, loadApplications } from "../applications/application_paths.ts";
import type { Command } from "../command.ts";
import { CommandError } from "../exit.ts";
import { startLogging } from "../logging/logging.ts";
import { SERVE_OPTIONS } from "../options/serve_options.ts";
import { readCertificate, serverOptions, type ServeValues } from "../options/server_options.ts";
import { warningsOf } from "../options/warnings.ts";
import { isChildProgram, processGroup } from "../processes/child_program.ts";
import { hasPathVariables } from "../../handlers/pages/path_variables.ts";
import { openBrowser } from "../../io/open_browser.ts";
import { runServer } from "../processes/run_server.ts";
import { freePort, runWorkers } from "../processes/workers.ts";
import { Settings } from "../settings/settings.ts";
import { SERVER_VERSION } from "../version.ts";

const logger = getLogger(["bokeh", "cli"]);

/** Serves applications until a signal stops the server. */
export const serveCommand: Command<typeof SERVE_OPTIONS> = {
  name: "serve",
  summary: "Serve applications; each session has its own document",
  options: SERVE_OPTIONS,
  operand: {
    name: "APPLICATION",
    help:
      "Files or folders of applications (default: an empty document at /). ROUTE=PATH serves one at a route of your " +
      "choice, which can have variables: /user/:id=profile.ts",
  },
  async run(values, operands, args) {
    const settings = await Settings.read(values.useConfig);
    await using log = await startLogging({
      level: settings.value("py_log_level", values.logLevel) ?? "info",
      format: values.logFormat,
      file: values.logFile,
    });
    const paths = values.glob ? await expandPatterns(operands) : operands;
    const { dev } = values;
    if (dev !== undefined && !values.glob && paths.length > 1) {
      // As in Bokeh, several paths are probably a mistake, unless --glob states that several are
      // intended.
      throw new CommandError("Cannot use --dev: it supports a single app, or several that a pattern matches (--glob)");
    }
    if (dev !== undefined && paths.length === 0) {
      throw new CommandError("Cannot use --dev without an application: name its file or folder");
    }
    if (dev === undefined && !isChildProgram() && (values.numProcs ?? 1) !== 1) {
      return await runWorkers(values.numProcs!, workerArgs(values, args), log);
    }
    logger.info("Starting Bokeh server {server}", { server: SERVER_VERSION });
    const routes = dev === undefined ? await applicationsAt(paths) : {};
    const options = await serverOptions(values, settings, log);
    if ((processGroup()?.index ?? 0) === 0) {
      for (const warning of warningsOf(values, options, paths)) logger.warning("{warning}", { warning });
    }
    await runServer(routes, options, log, {
      certificate: () => readCertificate(values, settings),
      onListen: (urls) => {
        if (values.show) showAll(urls, settings.value("browser") ?? Deno.env.get("BROWSER"));
      },
      ...dev === undefined ? {} : { serve: (_routes, options) => serveForDevelopment(paths, dev, options) },
    });
    return 0;
  },
};

/** Serves with `--dev`. Its modules are loaded only then. */
async function serveForDevelopment(paths: readonly string[], files: readonly string[], options: ServeBokehOptions) {
  const { serveDevelopment } = await import("../development/serve_development.ts");
  return await serveDevelopment(paths, files, options);
}

/** Loads the applications. Without paths, serves an empty document. */
async function applicationsAt(paths: readonly string[]): Promise<ApplicationRoutes> {
  return paths.length === 0 ? { "/": new Application(() => {}) } : await loadApplications(paths);
}

/**
 * Returns the arguments for each process. They share one port, so a free port is selected here if
 * the port is 0.
 */
function workerArgs(values: ServeValues, args: readonly string[]): string[] {
  const port = values.port === 0 ? ["--port", String(freePort(values.address))] : [];
  const end = args.indexOf("--args");
  return ["serve", ...args.slice(0, end === -1 ? undefined : end), ...port, ...end === -1 ? [] : args.slice(end)];
}

function showAll(urls: readonly string[], browser: string | undefined): void {
  for (const url of urls) {
    if (hasPathVariables(url)) continue;
    if (!openBrowser(url, browser)) logger.warning("Cannot open {url}: no browser was found", { url });
  }
}
