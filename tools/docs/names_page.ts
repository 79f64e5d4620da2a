/**
 * Writes `docs/names.md`, which lists the public names of Bokeh's Python modules and their names in this package.
 *
 * The names come from `names/python_names.json`, and the reasons for missing ones from `names/reasons.ts`.
 *
 * ```sh
 * deno run -A tools/docs/names_page.ts
 * ```
 *
 * @module
 */

import * as client from "../../client/mod.ts";
import * as themes from "../../document/themes.ts";
import * as embed from "../../embed/mod.ts";
import * as server from "../../mod.ts";
import * as events from "../../models/events.ts";
import * as models from "../../models/mod.ts";
import * as driving from "../../plotting/driving.ts";
import * as layouts from "../../plotting/layouts/mod.ts";
import * as plotting from "../../plotting/mod.ts";
import * as palettes from "../../plotting/palettes/mod.ts";
import * as transform from "../../plotting/transform.ts";
import pythonNames from "./names/python_names.json" with { type: "json" };
import { reasons } from "./names/reasons.ts";

/** The modules of Bokeh (without "bokeh."), each with the module of this package that has its names. */
const MODULES: Readonly<Record<string, object>> = {
  plotting,
  layouts,
  palettes,
  transform,
  themes,
  events,
  models,
  io: server,
  document: server,
  embed,
  resources: embed,
  client,
  model: models,
  colors: models,
  application: server,
  driving,
  "util.hex": plotting,
  "util.token": server,
};

/**
 * Returns the text of `docs/names.md`.
 *
 * @param names the public names of each module of Bokeh
 * @throws {Error} if this package does not have a name and no reason is given, or if it has the name and a reason
 */
export function namesPage(names: Readonly<Record<string, readonly string[]>> = pythonNames): string {
  const sections = Object.entries(names).map(([module, list]) => section(module.replace("bokeh.", ""), list));
  return `<!-- Written by tools/docs/names_page.ts: do not edit. -->

# Names

The public names of Bokeh's Python modules, and their names in this package. Attributes, options and methods of documents
and models have the same names as in Python.

${sections.join("\n")}`;
}

function section(module: string, list: readonly string[]): string {
  const here = MODULES[module] === server ? "@bokeh/server" : `@bokeh/server/${entryPointOf(MODULES[module])}`;
  const rows = list.map((name) => `| \`${name}\` | ${meaning(module, name)} |`);
  return `## bokeh.${module}: \`${here}\`\n\n| Python | this package |\n| --- | --- |\n${rows.join("\n")}\n`;
}

function meaning(module: string, name: string): string {
  const reason = reasons[`${module}.${name}`];
  const found = [name, camelCase(name)].find((spelling) => spelling in MODULES[module]!);
  const exists = found !== undefined;
  if (exists && reason !== undefined) {
    throw new Error(`Cannot list ${module}.${name}: it exists, so it needs no reason`);
  }
  if (exists) return `\`${found}\``;
  if (reason === undefined) throw new Error(`Cannot list ${module}.${name}: it does not exist, and no reason is given`);
  return reason;
}

/** Returns the entry point of a module of this package: the first of the Python modules that share it. */
function entryPointOf(module: object | undefined): string {
  return Object.entries(MODULES).find(([, other]) => other === module)![0];
}

function camelCase(name: string): string {
  return name.replaceAll(/(?<=[a-z])_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

if (import.meta.main) await Deno.writeTextFile(new URL("../../docs/names.md", import.meta.url), namesPage());
