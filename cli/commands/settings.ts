/**
 * The command `settings`.
 *
 * @module
 */

import type { Command } from "../command.ts";
import type { OptionTable } from "../options/option.ts";
import { printLine } from "../print.ts";
import { Settings, shownValue } from "../settings/settings.ts";
import { SETTING_NAMES, type SettingName, SETTINGS } from "../settings/settings_table.ts";

const OPTIONS = {
  verbose: { flag: "--verbose", short: "-v", kind: "flag", help: "Show the description of each setting" },
  useConfig: { flag: "--use-config", kind: "text", value: "PATH", help: "YAML file with settings" },
} as const satisfies OptionTable;

/** Prints the settings with their values and the sources of the values. */
export const settingsCommand: Command<typeof OPTIONS> = {
  name: "settings",
  summary: "Show the settings and the sources of their values",
  options: OPTIONS,
  operand: {
    name: "NAME",
    help: "Settings to show with descriptions, by parts of their names (default: a table of all settings)",
  },
  async run({ verbose, useConfig }, operands) {
    const settings = await Settings.read(useConfig);
    if (operands.length === 0 && !verbose) {
      printLine(row("Setting", "Variable", "Value", "From"));
      for (const name of SETTING_NAMES) printLine(summarize(settings, name));
      return 0;
    }
    for (const text of operands.filter((text) => matching(text).length === 0)) printLine(notFound(text));
    const names = operands.length === 0 ? SETTING_NAMES : new Set(operands.flatMap(matching));
    for (const name of names) printLine(describe(settings, name));
    return 0;
  },
};

/**
 * Returns the setting with this name or variable, or else all settings whose name or variable
 * contains the text.
 */
export function matching(text: string): SettingName[] {
  const wanted = text.toLowerCase().replace(/^bokeh_/, "").replaceAll("-", "_");
  const exact = SETTING_NAMES.filter((name) => name === wanted);
  if (exact.length > 0) return exact;
  return SETTING_NAMES.filter((name) =>
    name.includes(wanted) || SETTINGS[name].variable.toLowerCase().includes(wanted)
  );
}

/**
 * Returns the message for a text that matches no setting, with similar names, or with all names if
 * none is similar.
 */
export function notFound(text: string): string {
  const near = SETTING_NAMES.map((name) => ({ name, similarity: similarity(text, name) }))
    .filter(({ similarity }) => similarity >= NEAR)
    .sort((a, b) => b.similarity - a.similarity)
    .slice(0, 3)
    .map(({ name }) => name);
  const [head, names] = near.length > 0 ? ["Did you mean", near] : ["Available settings", SETTING_NAMES];
  return [`Setting '${text}' not found. ${head}:`, ...names.map((name) => `  ${name}`), ""].join("\n");
}

/** Similarity from which a name is suggested. */
const NEAR = 0.5;

/**
 * Returns the Dice coefficient of the letter pairs of two texts: 1 if they have the same pairs, 0
 * if they share none.
 */
function similarity(a: string, b: string): number {
  const [ofA, ofB] = [pairs(a.toLowerCase()), pairs(b)];
  return 2 * ofA.intersection(ofB).size / (ofA.size + ofB.size);
}

function pairs(text: string): Set<string> {
  return new Set(Array.from({ length: text.length - 1 }, (_, at) => text.slice(at, at + 2)));
}

function summarize(settings: Settings, name: SettingName): string {
  const { value, source } = settings.explain(name);
  return row(name, SETTINGS[name].variable, shownValue(name, value), source);
}

function describe(settings: Settings, name: SettingName): string {
  const { value, source } = settings.explain(name);
  return [
    name,
    `  ${SETTINGS[name].help}`,
    `  Variable: ${SETTINGS[name].variable}`,
    `  Value:    ${shownValue(name, value)} (${source})`,
    "",
  ].join("\n");
}

function row(name: string, variable: string, value: string, source: string): string {
  return `${name.padEnd(30)} ${variable.padEnd(35)} ${value.padEnd(20)} ${source}`;
}
