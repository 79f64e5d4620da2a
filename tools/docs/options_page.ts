/**
 * Writes `docs/options.md` from the tables of options and settings that the command line program uses.
 *
 * @module
 */

import { COMMANDS } from "../../cli/commands.ts";
import type { Option } from "../../cli/options/option.ts";
import { OWN_OPTIONS } from "../../cli/options/serve_options.ts";
import { type Setting, SETTINGS } from "../../cli/settings/settings_table.ts";

const TARGET = new URL("../../docs/options.md", import.meta.url);

/** Returns the text of `docs/options.md`. */
export function optionsPage(): string {
  const own = new Set<string>(Object.values(OWN_OPTIONS).map(({ flag }) => flag));
  return [
    "# Options and settings",
    "",
    "All options of the command line, by command, and all settings. Options with * do not exist in `bokeh serve`.",
    "`tools/docs/options_page.ts` writes this page from the tables that the program uses.",
    "",
    ...COMMANDS.flatMap(({ name, summary, options }) => [
      `## \`${name}\``,
      "",
      `${summary}.`,
      "",
      ...optionTable(Object.values(options), own),
    ]),
    "## Settings",
    "",
    "The first of these that has a value decides: an option of the command line, the file of `--use-config`, the environment",
    "variable, the user's `~/.bokeh/bokeh.yaml`, the default.",
    "The command `settings` shows each value and its source. Files use the name of a setting.",
    "",
    "| name | variable | type | default | meaning |",
    "| --- | --- | --- | --- | --- |",
    ...Object.entries<Setting>(SETTINGS).sort(([a], [b]) => a < b ? -1 : 1).map(([name, setting]) =>
      row(`\`${name}\``, `\`${setting.variable}\``, setting.kind, shownDefault(setting), setting.help)
    ),
    "",
  ].join("\n");
}

function optionTable(options: readonly Option[], own: ReadonlySet<string>): string[] {
  if (options.length === 0) return [];
  return [
    "| option | value | meaning |",
    "| --- | --- | --- |",
    ...options.map(({ flag, short, value = "", help }) =>
      row(`\`${flag}\`${short === undefined ? "" : `, \`${short}\``}${own.has(flag) ? " *" : ""}`, value, help)
    ),
    "",
  ];
}

function shownDefault({ default: value }: Setting): string {
  return value === null ? "" : Array.isArray(value) ? value.join(", ") : `\`${value}\``;
}

function row(...cells: string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
}

if (import.meta.main) await Deno.writeTextFile(TARGET, optionsPage());
