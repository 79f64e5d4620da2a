/**
 * The script with which pages adapt to phones and dark colors.
 *
 * @module
 */

import loadAppearanceSource from "../browser/load_appearance.js" with { type: "text" };
import { scriptJson } from "../escape.ts";
import { scriptTemplate } from "./script_template.ts";

const LOAD_APPEARANCE = scriptTemplate(loadAppearanceSource, ["APPEARANCE_QUERY"]);

/**
 * Returns the script that loads what phones and dark colors need.
 *
 * @param colorScheme The color schemes of the application, as CSS writes them.
 */
export function appearanceScript(colorScheme: string): string {
  const dark = colorScheme.includes("dark") ? "(prefers-color-scheme: dark), " : "";
  return LOAD_APPEARANCE.fill({ APPEARANCE_QUERY: scriptJson(`${dark}(max-width: 600px)`) });
}
