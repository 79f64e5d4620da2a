/**
 * Modules that pages load: `embed.js`, with which pages of any origin show applications,
 * `actions.js`, with which pages do what the server asks for, `appearance.js`, which adapts BokehJS
 * to phones and dark colors, and `accessibility.js`, which describes widgets and plots to screen readers.
 *
 * @module
 */

import typesSource from "../browser/embed.d.ts" with { type: "text" };
import accessibilitySource from "../browser/accessibility.js" with { type: "text" };
import plotsSource from "../browser/accessible_plots.js" with { type: "text" };
import tablesSource from "../browser/accessible_tables.js" with { type: "text" };
import actionsSource from "../browser/actions.js" with { type: "text" };
import busySource from "../browser/busy.js" with { type: "text" };
import appearanceSource from "../browser/appearance.js" with { type: "text" };
import embedSource from "../browser/embed.js" with { type: "text" };
import { connectionScript } from "./page_scripts.ts";
import { includeScripts, withoutComments, withoutModules } from "./script_template.ts";

/** Lines at the beginning of both files that are meant for this package's checks. */
const CHECKER_LINES = /^(?:\/\/.*\n)+\n?/;

let moduleText: string | undefined;

/**
 * Returns the JavaScript of `embed.js`. It is the same on every server: it derives the server's URL
 * from its own, and requests an application's `embed.json` for the session's token and the scripts
 * to load.
 */
export function embedModule(): string {
  return moduleText ??= includeScripts(embedSource.replace(CHECKER_LINES, ""), { "connection.js": connectionScript() });
}

/** Returns the texts of the modules that pages load when they need them. */
const PAGE_MODULES = {
  accessibility: () => withoutModules([plotsSource, tablesSource, accessibilitySource].join("\n")),
  actions: () => `${withoutModules(busySource)}\n${actionsSource.replace(/^import .*\n/gm, "")}`,
  appearance: () => appearanceSource,
};

const pageModules = new Map<string, string>();

/** Returns the JavaScript of a module. */
export function pageModule(name: keyof typeof PAGE_MODULES): string {
  const text = pageModules.get(name) ?? withoutComments(PAGE_MODULES[name]());
  pageModules.set(name, text);
  return text;
}

/**
 * TypeScript declarations of `embed.js`. The file itself does not refer to the DOM: that would
 * declare the DOM's global variables in the server, too.
 */
export const EMBED_MODULE_TYPES: string = `/// <reference lib="dom" />\n\n${typesSource.replace(CHECKER_LINES, "")}`;
