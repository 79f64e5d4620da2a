/**
 * The command `static`.
 *
 * @module
 */

import type { Command } from "../command.ts";
import { startLogging } from "../logging/logging.ts";
import { BOKEHJS_OPTIONS, LISTEN_OPTIONS } from "../options/serve_options.ts";
import { serverOptions } from "../options/server_options.ts";
import { runServer } from "../processes/run_server.ts";
import { Settings } from "../settings/settings.ts";

const OPTIONS = { ...LISTEN_OPTIONS, ...BOKEHJS_OPTIONS };

/** Serves the files of BokehJS until a signal stops the server. */
export const staticCommand: Command<typeof OPTIONS> = {
  name: "static",
  summary: "Serve the files of BokehJS, without applications",
  options: OPTIONS,
  async run(values) {
    const settings = await Settings.read(values.useConfig);
    await using log = await startLogging({
      level: settings.value("py_log_level", values.logLevel) ?? "info",
      format: values.logFormat,
      file: values.logFile,
    });
    await runServer({}, { ...await serverOptions(values, settings), useIndex: false }, log);
    return 0;
  },
};
