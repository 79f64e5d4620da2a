/**
 * JSON in the format of Jinja's filter `tojson`.
 *
 * @module
 */

import { pairs } from "./format.ts";
import { isDict, isText, isUndefined } from "./type_checks.ts";
import { repr, str } from "./text.ts";
import { Float } from "./types.ts";

const CODES: Readonly<Record<string, string>> = { "<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "'": "\\u0027" };

/**
 * Returns JSON with sorted keys and Python's whitespace, escaped for scripts and quoted attributes.
 */
export function jsonForScripts(value: unknown, indent: unknown): string {
  return json(value, isUndefined(indent) || indent === null ? undefined : Number(indent), "")
    .replaceAll(/[<>&']/g, (character) => CODES[character]!);
}

/** Returns a text as JSON in ASCII, with the escapes of Python's `json`. */
function jsonText(text: string): string {
  return JSON.stringify(text).replaceAll(
    /[\x7f-\uffff]/g,
    (unit) => unit === "\x7f" ? unit : `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

function json(value: unknown, indent: number | undefined, before: string): string {
  if (isText(value)) return jsonText(str(value));
  if (typeof value === "bigint" || value instanceof Float) return repr(value);
  if (isUndefined(value)) return "null";
  const inner = indent === undefined ? "" : `${before}${" ".repeat(indent)}`;
  const wrap = (open: string, parts: string[], close: string) => {
    if (parts.length === 0) return open + close;
    return indent === undefined
      ? open + parts.join(", ") + close
      : `${open}\n${parts.map((part) => inner + part).join(",\n")}\n${before}${close}`;
  };
  if (Array.isArray(value)) return wrap("[", value.map((item) => json(item, indent, inner)), "]");
  if (!isDict(value)) return JSON.stringify(value) ?? "null";
  const sortedPairs = pairs(value).sort(([a], [b]) => str(a) < str(b) ? -1 : 1);
  return wrap("{", sortedPairs.map(([key, item]) => `${jsonText(str(key))}: ${json(item, indent, inner)}`), "}");
}
