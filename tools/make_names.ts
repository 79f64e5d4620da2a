/**
 * Lists each public name of Bokeh's modules for authors, and what it is called here, in `docs/names.md`.
 *
 * ```sh
 * deno run -A tools/make_names.ts
 * ```
 *
 * @module
 */

import * as client from "../client/mod.ts";
import * as themes from "../document/themes.ts";
import * as embed from "../embed/mod.ts";
import * as server from "../mod.ts";
import * as events from "../models/events.ts";
import * as models from "../models/mod.ts";
import * as layouts from "../plotting/layouts/mod.ts";
import * as plotting from "../plotting/mod.ts";
import * as palettes from "../plotting/palettes/mod.ts";
import * as transform from "../plotting/transform.ts";
import pythonNames from "./names/python_names.json" with { type: "json" };
import { reasons } from "./names/reasons.ts";

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
  driving: server,
  "util.hex": plotting,
  "util.token": server,
};

/** The page of names; throws where a name is neither here nor explained. */
export function namesPage(names: Readonly<Record<string, readonly string[]>> = pythonNames): string {
  const sections = Object.entries(names).map(([module, list]) => section(module.replace("bokeh.", ""), list));
  return `<!-- Written by tools/make_names.ts: do not edit. -->

# Names

Every public name of Bokeh's modules for authors, and its name here. Attributes, options and methods of documents and
models are called as in Python too.

${sections.join("\n")}`;
}

function section(module: string, list: readonly string[]): string {
  const here = MODULES[module] === server ? "@bokeh/server" : `@bokeh/server/${namesakeOf(MODULES[module])}`;
  const rows = list.map((name) => `| \`${name}\` | ${meaning(module, name)} |`);
  return `## bokeh.${module}: \`${here}\`\n\n| Python | here |\n| --- | --- |\n${rows.join("\n")}\n`;
}

function meaning(module: string, name: string): string {
  const reason = reasons[`${module}.${name}`];
  const found = [name, camelCase(name)].find((spelling) => spelling in MODULES[module]!);
  const isHere = found !== undefined;
  if (isHere && reason !== undefined) {
    throw new Error(`Cannot list ${module}.${name}: it is here, so it needs no reason`);
  }
  if (isHere) return `\`${found}\``;
  if (reason === undefined) throw new Error(`Cannot list ${module}.${name}: it is neither here nor explained`);
  return reason;
}

/** The first name that a module has in the list: modules of Python share one here. */
function namesakeOf(module: object | undefined): string {
  return Object.entries(MODULES).find(([, other]) => other === module)![0];
}

function camelCase(name: string): string {
  return name.replaceAll(/(?<=[a-z])_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

if (import.meta.main) await Deno.writeTextFile(new URL("../docs/names.md", import.meta.url), namesPage());
