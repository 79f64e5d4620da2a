import { type Setting, type SettingName, SETTINGS } from "./settings_table.ts";

/** The value of a setting for people to read; secrets are only said to be there. */
export function shownValue(name: SettingName, value: unknown): string {
  const setting: Setting = SETTINGS[name];
  if (value === null) return "none";
  return setting.secret ? "(set, not shown)" : Array.isArray(value) ? `[${value.join(", ")}]` : String(value);
}
