/**
 * Looks settings up: command line, configuration file, environment, the user's file, default.
 *
 * @module
 */

import { errorMessage } from "../../common/error_message.ts";
import { CommandError } from "../exit.ts";
import { type Setting, type SettingName, SETTINGS, type SettingValue } from "./settings_table.ts";

/** The source of a value. */
export type SettingSource =
  | "argument"
  | "configuration file"
  | "environment"
  | "user file"
  | "development default"
  | "default";

/**
 * The type of a command-line value for a setting. It is converted and checked like values of other
 * sources.
 */
type SettingInput<N extends SettingName> = SettingValue<N> extends infer V ? (V extends string ? string : V) | undefined
  : never;

/** The sources of settings other than the command line. */
export interface SettingSources {
  /** Content of the file of `--use-config`. */
  readonly config?: Readonly<Record<string, unknown>>;
  /** Environment variables. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Content of `~/.bokeh/bokeh.yaml`. */
  readonly user?: Readonly<Record<string, unknown>>;
}

/** The settings of one run of the program. */
export class Settings {
  readonly #sources: SettingSources;

  /** Creates settings from sources. */
  constructor(sources: SettingSources = {}) {
    this.#sources = sources;
  }

  /**
   * Reads the configuration files and the environment.
   *
   * @param configFile Path of a YAML file.
   * @throws {CommandError} If a file cannot be read or parsed. The user's file may be missing.
   */
  static async read(configFile?: string): Promise<Settings> {
    const home = Deno.env.get("HOME") ?? Deno.env.get("USERPROFILE");
    return new Settings({
      ...configFile === undefined ? {} : { config: await readYaml(configFile) },
      environment: Deno.env.toObject(),
      ...home === undefined ? {} : { user: await readYaml(`${home}/.bokeh/bokeh.yaml`, true) },
    });
  }

  /**
   * Returns the value of a setting.
   *
   * @param argument The value on the command line, which overrides all sources.
   * @throws {CommandError} If the value has the wrong type or is not one of the choices.
   */
  value<N extends SettingName>(name: N, argument?: SettingInput<N>): SettingValue<N> {
    // explain() converted the value by the setting's kind, from which SettingValue is derived.
    return this.explain(name, argument).value as SettingValue<N>;
  }

  /** Returns the value of a setting and its source. Throws as {@linkcode Settings.value} does. */
  explain<N extends SettingName>(name: N, argument?: unknown): { value: unknown; source: SettingSource } {
    const setting: Setting = SETTINGS[name];
    const { config, environment, user } = this.#sources;
    const isDevelopment = YES.includes(environment?.BOKEH_DEV?.toLowerCase() ?? "");
    const candidates: [SettingSource, unknown][] = [
      ["argument", argument],
      ["configuration file", config?.[name] ?? config?.[setting.fileName ?? name]],
      ["environment", environment?.[setting.variable]],
      ["user file", user?.[name] ?? user?.[setting.fileName ?? name]],
      ["development default", isDevelopment ? setting.developmentDefault : undefined],
    ];
    const found = candidates.find(([, value]) => value !== undefined);
    if (found === undefined) return { value: setting.default, source: "default" };
    return { value: convert(setting, found[1]), source: found[0] };
  }
}

/** Returns the text that `settings` and `info` show for a value. Secrets are hidden. */
export function shownValue(name: SettingName, value: unknown): string {
  const setting: Setting = SETTINGS[name];
  if (value === null) return "none";
  return setting.secret ? "(set, not shown)" : Array.isArray(value) ? `[${value.join(", ")}]` : String(value);
}

async function readYaml(path: string, optional = false): Promise<Record<string, unknown>> {
  try {
    const { parse } = await import("@std/yaml");
    const content: unknown = parse(await Deno.readTextFile(path)) ?? {};
    if (typeof content !== "object" || Array.isArray(content)) {
      throw new TypeError("Cannot find settings: the file is not a map of names to values");
    }
    return { ...content };
  } catch (error) {
    if (optional && error instanceof Deno.errors.NotFound) return {};
    throw new CommandError(`Cannot read the settings in ${path}: ${errorMessage(error)}`);
  }
}

const YES = ["yes", "true", "on", "1"];
const NO = ["no", "false", "off", "0"];

function convert(setting: Setting, value: unknown): unknown {
  if (value === null) return null;
  switch (setting.kind) {
    case "flag": {
      const word = String(value).toLowerCase();
      if (!YES.includes(word) && !NO.includes(word)) throw wrongValue(setting, value, "yes or no");
      return YES.includes(word);
    }
    case "integer": {
      const number = Number(value);
      if (!Number.isInteger(number) || value === "") throw wrongValue(setting, value, "an integer");
      return number;
    }
    case "list":
      return Array.isArray(value)
        ? value.map(String)
        : String(value).split(",").map((item) => item.trim()).filter(Boolean);
    case "text":
      return convertText(setting, String(value));
  }
}

function convertText(setting: Setting, text: string): string {
  if (setting.choices === undefined) return text;
  const word = text.toLowerCase();
  if (!setting.choices.includes(word)) throw wrongValue(setting, text, `one of ${setting.choices.join(", ")}`);
  return word;
}

function wrongValue(setting: Setting, value: unknown, expected: string): CommandError {
  const shown = setting.secret ? "it" : JSON.stringify(value);
  return new CommandError(`Cannot use the setting ${setting.variable}: ${shown} is not ${expected}`);
}
