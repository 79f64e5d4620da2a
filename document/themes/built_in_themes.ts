/**
 * The themes of Bokeh. Their values are taken from Bokeh, under its license (BSD-3-Clause, see
 * `LICENSE`).
 *
 * @module
 */

import attributes from "./built_in_themes.json" with { type: "json" };
import { Theme } from "./theme.ts";
import type { ThemeJson } from "./theme_json.ts";

/** The name of a theme of Bokeh. */
export type BuiltInThemeName = keyof typeof attributes;

/** The themes of Bokeh, by name. */
export type BuiltInThemes = Readonly<Record<BuiltInThemeName, Theme>>;

let themes: BuiltInThemes | undefined;

/** Returns the themes of Bokeh, by name. They are created on the first call. */
export function builtInThemes(): BuiltInThemes {
  return themes ??= Object.fromEntries(
    Object.entries<ThemeJson>(attributes).map(([name, json]) => [name, new Theme(json)]),
  ) as BuiltInThemes;
}

/**
 * Returns a theme, or the theme of Bokeh with a name.
 *
 * @param theme A theme, the name of a theme of Bokeh, or null.
 * @throws {RangeError} If no theme of Bokeh has that name.
 */
export function asTheme(theme: Theme | string | null): Theme | null {
  if (theme === null || theme instanceof Theme) return theme;
  const themes = builtInThemes();
  if (Object.hasOwn(themes, theme)) return themes[theme as BuiltInThemeName];
  throw new RangeError(`Cannot find the theme ${String(theme)}: Bokeh's are ${Object.keys(themes).join(", ")}`);
}
