/**
 * Python's formatting of values: `"%.2f" % x` and `"{:.2f}".format(x)`.
 *
 * @module
 */

import { entriesOf, isDict, isText, itemOf, typeName } from "./type_checks.ts";
import { isNumber, type PythonNumber } from "./numbers.ts";
import { escape, repr, str } from "./text.ts";
import { type Keywords, Markup, Namespace, Tuple } from "./types.ts";

const PERCENT = /%(?:\((\w+)\))?([-+ 0#]*)(\d+)?(?:\.(\d+))?([a-zA-Z%])/g;

/**
 * Formats values as Python's operator `%`. A pattern of markup escapes texts, and the result is
 * markup.
 *
 * @throws {TypeError} If there are too few or too many values, or if a value does not fit its
 * format.
 */
export function formatPercent(pattern: string | Markup, values: unknown): string | Markup {
  const positional = values instanceof Tuple ? [...values] : [values];
  const escapes = pattern instanceof Markup;
  let next = 0;
  const text = str(pattern).replaceAll(PERCENT, (_all, name, flags: string, width = "0", precision, kind: string) => {
    if (kind === "%") return "%";
    if (name === undefined && next >= positional.length) throw new TypeError("Cannot format: too few values");
    const value = name === undefined ? positional[next++] : isDict(values) ? itemOf(values, name) : undefined;
    const digits = precision === undefined ? undefined : Number(precision);
    const isText = kind === "s" || kind === "r";
    const shown = isText && escapes
      ? formatText(escape(kind === "r" ? repr(value) : value).text, "s", digits)
      : undefined;
    const formatted = shown ?? withPrefix(formatValue(value, kind, digits), flags.includes("#") ? kind : "");
    return padNumber(formatted, { flags, width: Number(width), isText });
  });
  if (values instanceof Tuple && next < positional.length) throw new TypeError("Cannot format: too many values");
  return escapes ? new Markup(text) : text;
}

/** Adds the prefix of the base to a number, as `0x`. */
function withPrefix(text: string, kind: string): string {
  return "xXob".includes(kind) && kind !== "" ? text.replace(/^-?/, (sign) => `${sign}0${kind}`) : text;
}

function padNumber(text: string, { flags, width, isText }: { flags: string; width: number; isText: boolean }): string {
  const sign = isText || text.startsWith("-") ? "" : flags.includes("+") ? "+" : flags.includes(" ") ? " " : "";
  const signed = sign + text;
  if (flags.includes("-")) return alignText(signed, width, "<");
  if (!flags.includes("0") || isText) return alignText(signed, width, ">");
  const lead = /^[-+ ]?/.exec(signed)![0];
  return lead + signed.slice(lead.length).padStart(width - lead.length, "0");
}

function formatValue(value: unknown, kind: string, precision: number | undefined): string {
  if (kind === "r" || kind === "s" || kind === "c") return formatText(value, kind, precision);
  if (!isNumber(value)) throw new TypeError(`Cannot format ${typeName(value)} as a number (%${kind})`);
  switch (kind) {
    case "d":
    case "i":
    case "u":
      return whole(value).toString();
    case "x":
      return whole(value).toString(16);
    case "X":
      return whole(value).toString(16).toUpperCase();
    case "o":
      return whole(value).toString(8);
    case "b":
      return whole(value).toString(2);
    case "f":
    case "F":
      return fixed(Number(value), precision ?? 6);
    case "e":
    case "E":
      return exponent(Number(value).toExponential(precision ?? 6), kind);
    case "g":
      return general(Number(value), precision ?? 6);
    default:
      throw new TypeError(`Cannot format: %${kind} is not a format`);
  }
}

function formatText(value: unknown, kind: string, precision: number | undefined): string {
  if (kind === "c") return typeof value === "number" ? String.fromCodePoint(value) : str(value);
  return cut(kind === "r" ? repr(value) : str(value), precision);
}

function whole(value: PythonNumber): number | bigint {
  return typeof value === "bigint" ? value : Math.trunc(Number(value));
}

/** Formats a number with a fixed number of decimals. Rounds halves to even, as Python does. */
export function fixed(value: number, digits: number): string {
  if (!Number.isFinite(value)) return str(value);
  if (Math.abs(value) >= 1e21) return BigInt(value).toString() + (digits > 0 ? `.${"0".repeat(digits)}` : "");
  const rounded = value.toFixed(digits);
  // 30 more decimals distinguish an exact half from a number close to it
  const exact = value.toFixed(Math.min(100, digits + 30));
  const rest = exact.slice(exact.indexOf(".") + 1 + digits);
  if (!/^50*$/.test(rest)) return rounded;
  const truncated = exact.slice(0, exact.length - rest.length).replace(/\.$/, "");
  return Number(truncated.at(-1)) % 2 === 0 ? truncated : rounded;
}

function cut(text: string, precision: number | undefined): string {
  return precision === undefined ? text : [...text].slice(0, precision).join("");
}

/** Pads the exponent of a number to at least two digits, as Python does. */
function exponent(text: string, kind: string): string {
  const padded = text.replace(/e([-+])(\d)$/, "e$10$2");
  return kind === "E" ? padded.toUpperCase() : padded;
}

function general(value: number, precision: number): string {
  const digits = precision || 1;
  const power = value === 0 ? 0 : Math.floor(Math.log10(Math.abs(value)));
  if (power >= -4 && power < digits) return String(Number(value.toPrecision(digits)));
  return exponent(Number(value.toPrecision(digits)).toExponential(), "e");
}

const FIELD = /\{\{|\}\}|\{([\w.[\]]*)(?:!([rs]))?(?::((?:[^{}]|\{\w*\})*))?\}/g;
const SPEC = /^(?:(.)?([<>^=]))?([-+ ])?(#)?(0)?(\d+)?([,_])?(?:\.(\d+))?([a-zA-Z%])?$/;

/**
 * Formats values as Python's `str.format`. A pattern of markup escapes them.
 *
 * @throws {TypeError} If a field has no value or an invalid format.
 */
export function formatFields(pattern: string | Markup, args: readonly unknown[], keywords: Keywords): string {
  const values = new FieldValues(args, keywords);
  return str(pattern).replaceAll(FIELD, (all, path: string = "", conversion?: string, spec: string = "") => {
    if (all === "{{" || all === "}}") return all[0]!;
    const value = values.get(path, all);
    const filled = spec.replaceAll(/\{(\w*)\}/g, (field, name: string) => str(values.get(name, field)));
    const text = pattern instanceof Markup && value instanceof Markup && filled === ""
      ? value
      : formatSpec(conversion === "r" ? repr(value) : conversion === "s" ? str(value) : value, filled);
    return pattern instanceof Markup ? escape(text).text : str(text);
  });
}

/** The values of the fields of a pattern. */
class FieldValues {
  #next = 0;

  constructor(readonly args: readonly unknown[], readonly keywords: Keywords) {}

  /**
   * Returns the value of a path, as `0`, `name.attribute` or `name[key]`.
   *
   * @throws {TypeError} If there is no such value.
   */
  get(path: string, field: string): unknown {
    const [head = "", ...names] = path.split(/[.[]/).map((name) => name.replace(/\]$/, ""));
    const first = head === ""
      ? this.args[this.#next++]
      : /^\d+$/.test(head)
      ? this.args[Number(head)]
      : this.keywords.get(head);
    const value = names.reduce<unknown>(part, first);
    if (value === undefined) throw new TypeError(`Cannot format: there is no value for ${field}`);
    return value;
  }
}

function part(owner: unknown, name: string): unknown {
  if (owner instanceof Namespace) return owner.values.get(name);
  if (Array.isArray(owner)) return owner[Number(name)];
  return isDict(owner) ? itemOf(owner, /^\d+$/.test(name) && owner instanceof Map ? Number(name) : name) : undefined;
}

/** Formats a value by a specification such as `>8.2f`. */
function formatSpec(value: unknown, spec: string): string {
  const [, fill = " ", align, sign = "", alternative, zero, width = "0", comma, precision, kind] = SPEC.exec(spec) ??
    [];
  if (spec !== "" && !SPEC.test(spec)) throw new TypeError(`Cannot format: ${spec} is not a format`);
  const isString = isText(value) || kind === "s";
  const digits = precision === undefined ? undefined : Number(precision);
  let text = kind === "%"
    ? `${fixed(Number(value) * 100, digits ?? 6)}%`
    : formatValue(value, kind ?? (digits === undefined || isString ? "s" : "g"), digits);
  if (alternative !== undefined) text = withPrefix(text, kind ?? "");
  if (comma !== undefined) text = grouped(text, comma);
  if (!isString && sign !== "" && sign !== "-" && !text.startsWith("-")) text = sign + text;
  const length = Number(width);
  if (zero !== undefined && align === undefined) {
    return padNumber(text, { flags: "0", width: length, isText: isString });
  }
  return alignText(text, length, align ?? (isString ? "<" : ">"), fill);
}

function grouped(text: string, comma: string): string {
  const [whole = "", fraction] = text.split(".");
  const digits = whole.replace("-", "");
  const groups: string[] = [];
  for (let end = digits.length; end > 0; end -= 3) groups.unshift(digits.slice(Math.max(0, end - 3), end));
  return (whole.startsWith("-") ? "-" : "") + groups.join(comma) + (fraction === undefined ? "" : `.${fraction}`);
}

/**
 * Pads a text with spaces or another character to a width in code points. `align` is `<`, `>` or
 * `^`.
 */
export function alignText(text: string, width: number, align: string, fill = " "): string {
  const missing = Math.max(0, width - [...text].length);
  if (align === "<") return text + fill.repeat(missing);
  if (align !== "^") return fill.repeat(missing) + text;
  const left = Math.floor(missing / 2);
  return fill.repeat(left) + text + fill.repeat(missing - left);
}

/** Returns the pairs of a dict as tuples. */
export function pairs(dict: Map<unknown, unknown> | Record<string, unknown>): Tuple[] {
  return entriesOf(dict).map((pair) => Tuple.from(pair) as Tuple);
}
