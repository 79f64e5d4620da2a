/**
 * The themes that come with Bokeh. Their values are Bokeh's, under its license (BSD-3-Clause, see `LICENSE`).
 *
 * @module
 */

import attributes from "./built_in_themes.json" with { type: "json" };
import { Theme, type ThemeJson } from "./theme.ts";

/** Names of the themes that come with Bokeh. */
export type BuiltInThemeName = keyof typeof attributes;

/** The themes that come with Bokeh, by name. */
export type BuiltInThemes = Readonly<Record<BuiltInThemeName, Theme>>;

let themes: BuiltInThemes | undefined;

/** The themes that come with Bokeh, by name. */
export function builtInThemes(): BuiltInThemes {
  return themes ??= Object.fromEntries(
    Object.entries<ThemeJson>(attributes).map(([name, json]) => [name, new Theme(json)]),
  ) as BuiltInThemes;
}

/**
 * The theme that is meant by a theme or the name of one.
 *
 * @param theme A theme, the name of one of Bokeh's, or null for none.
 * @throws {RangeError} Where no theme has that name.
 */
export function asTheme(theme: Theme | string | null): Theme | null {
  if (theme === null || theme instanceof Theme) return theme;
  const themes = builtInThemes();
  if (Object.hasOwn(themes, theme)) return themes[theme as BuiltInThemeName];
  throw new RangeError(`Cannot find the theme ${String(theme)}: Bokeh's are ${Object.keys(themes).join(", ")}`);
}
