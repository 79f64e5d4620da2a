/**
 * The command `info`.
 *
 * @module
 */

import type { Command } from "../command.ts";
import type { OptionTable } from "../options/option.ts";
import { printLine } from "../print.ts";
import { bokehjsBuild, bokehjsFolder } from "../settings/bokehjs_build.ts";
import { Settings, shownValue } from "../settings/settings.ts";
import { SETTING_NAMES, SETTINGS } from "../settings/settings_table.ts";
import { SERVER_VERSION } from "../version.ts";

const OPTIONS = {
  static: {
    flag: "--static",
    kind: "flag",
    help: "Show only the folder of BokehJS; its scripts are written there if they are not in a folder yet",
  },
} as const satisfies OptionTable;

/** The Bokeh release with which this server is compatible. */
const REFERENCE_VERSION = "3.10.2";

/** Prints versions, the folder of BokehJS, and the settings that are set. */
export const infoCommand: Command<typeof OPTIONS> = {
  name: "info",
  summary: "Show versions, the folder of BokehJS, and the settings that are set",
  options: OPTIONS,
  async run(values) {
    const settings = await Settings.read();
    if (values.static) {
      printLine(await bokehjsFolder(settings));
      return 0;
    }
    const { deno, v8, typescript } = Deno.version;
    printLine(`Server version      : ${SERVER_VERSION}`);
    printLine(`Bokeh version       : ${REFERENCE_VERSION}`);
    printLine(`BokehJS version     : ${(await bokehjsBuild(settings)).version}`);
    printLine(`BokehJS static path : ${settings.value("bokehjs_path") ?? "(a part of this package)"}`);
    printLine(`Deno version        : ${deno} (v8 ${v8}, TypeScript ${typescript})`);
    printLine(`Operating system    : ${Deno.build.target}`);
    printLine("");
    const lines = changedSettings(settings);
    printLine(lines.length === 0 ? "No setting is set" : ["Settings that are set:", ...lines].join("\n"));
    return 0;
  },
};

/** Returns a line for each setting that does not have its default. */
export function changedSettings(settings: Settings): string[] {
  return SETTING_NAMES.flatMap((name) => {
    const { value, source } = settings.explain(name);
    return source === "default"
      ? []
      : [`  ${name} (${SETTINGS[name].variable}): ${shownValue(name, value)} (${source})`];
  });
}
