/**
 * Conversion of values to text, as in Python.
 *
 * @module
 */

import { html } from "../escape.ts";
import { entriesOf, isDict, isText, isUndefined } from "./type_checks.ts";
import { isFloat, isNumber, type PythonNumber } from "./numbers.ts";
import { Callable, Markup, Tuple, View } from "./types.ts";

/** Converts a value to text as Python's `str()`. */
export function str(value: unknown): string {
  if (isUndefined(value)) return "";
  if (isText(value)) return String(value);
  return repr(value);
}

/** Converts a value to text as Python's `repr()`. */
export function repr(value: unknown): string {
  if (value === null) return "None";
  if (value === true) return "True";
  if (value === false) return "False";
  if (isUndefined(value)) return "Undefined";
  if (isNumber(value)) return numberText(value);
  if (value instanceof Markup) return `Markup(${quoted(value.text)})`;
  if (isText(value)) return quoted(String(value));
  if (value instanceof View) return value.text ?? `${value.name}(${repr([...value])})`;
  if (value instanceof Tuple) return `(${[...value].map(repr).join(", ")}${value.length === 1 ? "," : ""})`;
  if (Array.isArray(value)) return `[${value.map(repr).join(", ")}]`;
  if (value instanceof Date) return value.toISOString();
  if (isDict(value)) return `{${entriesOf(value).map(([key, item]) => `${repr(key)}: ${repr(item)}`).join(", ")}}`;
  if (value instanceof Callable) return `<function ${value.name}>`;
  return String(value);
}

function numberText(value: PythonNumber): string {
  if (!isFloat(value)) return String(value);
  const number = Number(value);
  if (Number.isNaN(number)) return "nan";
  if (!Number.isFinite(number)) return number > 0 ? "inf" : "-inf";
  if (Object.is(number, -0)) return "-0.0";
  const size = Math.abs(number);
  if (size !== 0 && size < 1e-4 || size >= 1e16) return exponential(number);
  return Number.isInteger(number) ? `${number}.0` : String(number);
}

/** Formats a number with an exponent of at least two digits, as Python does. */
function exponential(number: number): string {
  const [digits, exponent = ""] = number.toExponential().split("e");
  return `${digits}e${exponent[0]}${exponent.slice(1).padStart(2, "0")}`;
}

/**
 * Characters that Python's `repr` escapes: control and format characters, and separators other than
 * the space.
 */
const UNPRINTABLE = /^[\p{C}\p{Z}](?<! )$/u;
const ESCAPES: Readonly<Record<string, string>> = { "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t" };

function quoted(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  const escaped = [...text].map((character) =>
    ESCAPES[character] ??
      (character === quote ? `\\${quote}` : UNPRINTABLE.test(character) ? code(character) : character)
  );
  return quote + escaped.join("") + quote;
}

/** Returns the escape sequence of an unprintable character. */
function code(character: string): string {
  const point = character.codePointAt(0)!;
  const [letter, digits] = point < 0x100 ? ["x", 2] as const : point < 0x10000 ? ["u", 4] as const : ["U", 8] as const;
  return `\\${letter}${point.toString(16).padStart(digits, "0")}`;
}

/** Converts a value to markup. Escapes it for HTML unless it is markup. */
export function escape(value: unknown): Markup {
  if (value instanceof Markup) return value;
  return new Markup(escapeText(str(value)));
}

function escapeText(text: string): string {
  return html(text).replaceAll("&quot;", "&#34;");
}
