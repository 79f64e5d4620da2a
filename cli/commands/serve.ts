/**
 * The command `serve`.
 *
 * @module
 */

import { getLogger } from "@logtape/logtape";
import { Application } from "../../application/application.ts";
import { BOKEH_VERSION } from "../../protocol/version.ts";
import { type ApplicationRoutes, expandPatterns, loadApplications } from "../application_paths.ts";
import type { Command } from "../command.ts";
import { CommandError } from "../exit.ts";
import { startLogging } from "../logging.ts";
import { openBrowser } from "../open_browser.ts";
import { runServer } from "../run_server.ts";
import { SERVE_OPTIONS } from "../serve_options.ts";
import { serverOptions, type ServeValues } from "../server_options.ts";
import { Settings } from "../settings.ts";
import { SERVER_VERSION } from "../version.ts";

const logger = getLogger(["bokeh", "cli"]);

/** Serves applications until a signal ends it. */
export const serveCommand: Command<typeof SERVE_OPTIONS> = {
  name: "serve",
  summary: "Serve applications, each session its own document",
  options: SERVE_OPTIONS,
  operand: { name: "APPLICATION", help: "Files or folders of applications (default: one empty document at /)" },
  async run(values, operands) {
    const settings = await Settings.read(values.useConfig);
    await using _log = await startLogging({
      level: settings.value("py_log_level", values.logLevel) ?? "info",
      format: values.logFormat,
      file: values.logFile,
    });
    const paths = values.glob ? await expandPatterns(operands) : operands;
    checkProcesses(values, paths);
    logger.info("Starting Bokeh server {server} for Bokeh {bokeh}", { server: SERVER_VERSION, bokeh: BOKEH_VERSION });
    const routes = await applicationsAt(paths);
    await runServer(routes, await serverOptions(values, settings), {
      onListen: (urls) => {
        if (values.show) showAll(urls, settings.value("browser") ?? Deno.env.get("BROWSER"));
      },
    });
    return 0;
  },
};

/** Without any application an empty document is served. */
async function applicationsAt(paths: readonly string[]): Promise<ApplicationRoutes> {
  return paths.length === 0 ? { "/": new Application(() => {}) } : await loadApplications(paths);
}

function checkProcesses(values: ServeValues, paths: readonly string[]): void {
  if (values.dev !== undefined && paths.length !== 1) {
    throw new CommandError("Cannot serve with --dev: it takes a single application");
  }
  if (values.dev !== undefined) throw new CommandError("Cannot serve with --dev: use deno run --watch in its place");
  if ((values.numProcs ?? 1) !== 1) {
    throw new CommandError("Cannot serve with --num-procs: this version has one process");
  }
}

function showAll(urls: readonly string[], browser: string | undefined): void {
  for (const url of urls) {
    if (!openBrowser(url, browser)) logger.warning("Cannot open {url}: no browser was found", { url });
  }
}
