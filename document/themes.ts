/**
 * Themes: default values for attributes of models, by class.
 *
 * @example Set a theme of Bokeh, or a custom theme
 * ```ts
 * import { Document } from "@bokeh/server";
 * import { DARK_MINIMAL, Theme } from "@bokeh/server/themes";
 *
 * const doc = new Document();
 * doc.theme = DARK_MINIMAL;
 * doc.theme = new Theme({ attrs: { Title: { text_color: "tomato" } } });
 * ```
 *
 * @module
 */

import { type BuiltInThemes, builtInThemes } from "./themes/built_in_themes.ts";

export type { BuiltInThemeName, BuiltInThemes } from "./themes/built_in_themes.ts";
export { Theme } from "./themes/theme.ts";
export type { ThemeJson } from "./themes/theme_json.ts";

/** The themes of Bokeh by name, for example `built_in_themes.dark_minimal`. */
export const built_in_themes: BuiltInThemes = builtInThemes();

/** Name of Bokeh's theme "caliber". */
export const CALIBER = "caliber";
/** Name of Bokeh's theme "carbon". */
export const CARBON = "carbon";
/** Name of Bokeh's theme "light minimal". */
export const LIGHT_MINIMAL = "light_minimal";
/** Name of Bokeh's theme "dark minimal". */
export const DARK_MINIMAL = "dark_minimal";
/** Name of Bokeh's theme "night sky". */
export const NIGHT_SKY = "night_sky";
/** Name of Bokeh's theme "contrast". */
export const CONTRAST = "contrast";
