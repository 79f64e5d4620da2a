/**
 * Writes `docs/options.md` from the tables that the program itself reads.
 *
 * @module
 */

import { COMMANDS } from "../cli/commands.ts";
import type { Option } from "../cli/options/option.ts";
import { OWN_OPTIONS } from "../cli/options/serve_options.ts";
import { type Setting, SETTINGS } from "../cli/settings/settings_table.ts";

const TARGET = new URL("../docs/options.md", import.meta.url);

/** The page with all options and settings. */
export function optionsPage(): string {
  const own = new Set<string>(Object.values(OWN_OPTIONS).map(({ flag }) => flag));
  return [
    "# Options and settings",
    "",
    "Made by `tools/generate_options.ts` from the tables that the program reads. An option marked with * is one that `bokeh serve` does not have.",
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
    "Looked up in this order: an option of the command line, the file of `--use-config`, the environment, the user's `~/.bokeh/bokeh.yaml`, the default.",
    "The command `settings` shows where each value came from. In the files a setting goes by its name.",
    "",
    "| name | variable | kind | default | meaning |",
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
