import { type Setting, type SettingName, SETTINGS } from "./settings_table.ts";

/** Returns the text that `settings` and `info` show for a value. Secrets are hidden. */
export function shownValue(name: SettingName, value: unknown): string {
  const setting: Setting = SETTINGS[name];
  if (value === null) return "none";
  return setting.secret ? "(set, not shown)" : Array.isArray(value) ? `[${value.join(", ")}]` : String(value);
}
