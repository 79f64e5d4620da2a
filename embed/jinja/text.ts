/**
 * The text of values, as Python writes it.
 *
 * @module
 */

import { html } from "../escape.ts";
import { entriesOf, isDict, isFloat, isNumber, isText, isUndefined } from "./kinds.ts";
import { Callable, Float, Markup, Tuple } from "./types.ts";

/** Returns the text of a value, as Python's `str()`. */
export function str(value: unknown): string {
  if (isUndefined(value)) return "";
  if (isText(value)) return String(value);
  return repr(value);
}

/** Returns the text of a value, as Python's `repr()`. */
export function repr(value: unknown): string {
  if (value === null) return "None";
  if (value === true) return "True";
  if (value === false) return "False";
  if (isUndefined(value)) return "Undefined";
  if (isNumber(value)) return numberText(value);
  if (isText(value)) return quoted(String(value));
  if (value instanceof Tuple) return `(${[...value].map(repr).join(", ")}${value.length === 1 ? "," : ""})`;
  if (Array.isArray(value)) return `[${value.map(repr).join(", ")}]`;
  if (value instanceof Date) return value.toISOString();
  if (isDict(value)) return `{${entriesOf(value).map(([key, item]) => `${repr(key)}: ${repr(item)}`).join(", ")}}`;
  if (value instanceof Callable) return `<function ${value.name}>`;
  return String(value);
}

function numberText(value: number | Float | boolean): string {
  const number = Number(value);
  if (Number.isNaN(number)) return "nan";
  if (!Number.isFinite(number)) return number > 0 ? "inf" : "-inf";
  if (!isFloat(value)) return Math.abs(number) < 1e21 ? String(number) : BigInt(number).toString();
  if (value instanceof Float) return Math.abs(number) < 1e16 ? `${number}.0` : exponential(number);
  const size = Math.abs(number);
  return size < 1e-4 || size >= 1e16 ? exponential(number) : String(number);
}

/** Python writes at least two digits of an exponent. */
function exponential(number: number): string {
  const [digits, exponent = ""] = number.toExponential().split("e");
  return `${digits}e${exponent[0]}${exponent.slice(1).padStart(2, "0")}`;
}

const ESCAPES: Readonly<Record<string, string>> = { "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t" };

function quoted(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  const escaped = [...text].map((character) => ESCAPES[character] ?? (character === quote ? `\\${quote}` : character));
  return quote + escaped.join("") + quote;
}

/** Returns a value as it stands in HTML: markup as it is, all else escaped. */
export function escape(value: unknown): Markup {
  if (value instanceof Markup) return value;
  return new Markup(escapeText(str(value)));
}

function escapeText(text: string): string {
  return html(text).replaceAll("&quot;", "&#34;");
}
