import { builtInThemes } from "./built_in_themes.ts";
import { Theme } from "./theme.ts";
import type { ThemeJson } from "./theme_json.ts";

/** A theme as a session store keeps it: the name of a theme of Bokeh, or its content; null for none. */
export type StoredTheme = string | ThemeJson | null;

/** Returns a theme in the form in which a session store keeps it. */
export function storeTheme(theme: Theme | null): StoredTheme {
  if (theme === null) return null;
  const [name] = Object.entries(builtInThemes()).find(([, builtIn]) => builtIn === theme) ?? [];
  return name ?? theme.json;
}

/** Returns the theme that a session store has kept. */
export function restoreTheme(stored: StoredTheme): Theme | string | null {
  return typeof stored === "object" && stored !== null ? new Theme(stored) : stored;
}
