/**
 * The command `settings`.
 *
 * @module
 */

import type { Command } from "../command.ts";
import { CommandError } from "../exit.ts";
import type { OptionTable } from "../option.ts";
import { printLine } from "../print.ts";
import { Settings } from "../settings.ts";
import { type Setting, type SettingName, SETTINGS } from "../settings_table.ts";

const OPTIONS = {
  verbose: { flag: "--verbose", short: "-v", kind: "flag", help: "Show what each setting means" },
  useConfig: { flag: "--use-config", kind: "text", value: "PATH", help: "YAML file with settings" },
} as const satisfies OptionTable;

/** Prints the settings, their values, and where each came from. */
export const settingsCommand: Command<typeof OPTIONS> = {
  name: "settings",
  summary: "Show the settings, and where their values come from",
  options: OPTIONS,
  operand: { name: "NAME", help: "Settings to show in full: parts of their names will do (default: all, in short)" },
  async run({ verbose, useConfig }, operands) {
    const settings = await Settings.read(useConfig);
    const names = operands.length === 0 ? settingNames() : operands.flatMap(matching);
    const inFull = verbose || operands.length > 0;
    if (!inFull) printLine(row("Setting", "Variable", "Value", "From"));
    for (const name of names) printLine(inFull ? describe(settings, name) : summarize(settings, name));
    return 0;
  },
};

/** The settings whose name or variable holds the text. */
export function matching(text: string): SettingName[] {
  const wanted = text.toLowerCase().replace(/^bokeh_/, "").replaceAll("-", "_");
  const exact = settingNames().filter((name) => name === wanted);
  if (exact.length > 0) return exact;
  const found = settingNames().filter((name) =>
    name.includes(wanted) || SETTINGS[name].variable.toLowerCase().includes(wanted)
  );
  if (found.length === 0) throw new CommandError(`Cannot show the setting ${text}: there is none of this name`);
  return found;
}

function settingNames(): SettingName[] {
  // A table's keys are its names: the language widens them to string.
  return (Object.keys(SETTINGS) as SettingName[]).sort();
}

function summarize(settings: Settings, name: SettingName): string {
  const { value, source } = settings.explain(name);
  return row(name, SETTINGS[name].variable, show(name, value), source);
}

function describe(settings: Settings, name: SettingName): string {
  const { value, source } = settings.explain(name);
  return [
    name,
    `  ${SETTINGS[name].help}`,
    `  Variable: ${SETTINGS[name].variable}`,
    `  Value:    ${show(name, value)} (${source})`,
    "",
  ].join("\n");
}

function show(name: SettingName, value: unknown): string {
  const setting: Setting = SETTINGS[name];
  if (value === null) return "none";
  return setting.secret ? "(set, not shown)" : Array.isArray(value) ? `[${value.join(", ")}]` : String(value);
}

function row(name: string, variable: string, value: string, source: string): string {
  return `${name.padEnd(30)} ${variable.padEnd(35)} ${value.padEnd(20)} ${source}`;
}
