/**
 * Python's two languages of formats: `"%.2f" % x` and `"{:.2f}".format(x)`.
 *
 * @module
 */

import { entriesOf, isDict, itemOf } from "./kinds.ts";
import { repr, str } from "./text.ts";
import { type Keywords, Tuple } from "./types.ts";

const PERCENT = /%(?:\((\w+)\))?([-+ 0#]*)(\d+)?(?:\.(\d+))?([a-zA-Z%])/g;

/** Fills in a pattern of Python's `%`. Throws a TypeError if values are missing or left over. */
export function formatPercent(pattern: string, values: unknown): string {
  const positional = values instanceof Tuple ? [...values] : [values];
  let next = 0;
  const text = pattern.replaceAll(PERCENT, (_all, name, flags: string, width = "0", precision, kind: string) => {
    if (kind === "%") return "%";
    if (name === undefined && next >= positional.length) throw new TypeError("Cannot format: too few values");
    const value = name === undefined ? positional[next++] : isDict(values) ? itemOf(values, name) : undefined;
    const digits = precision === undefined ? undefined : Number(precision);
    return padNumber(formatValue(value, kind, digits), {
      flags,
      width: Number(width),
      isText: kind === "s" || kind === "r",
    });
  });
  if (values instanceof Tuple && next < positional.length) throw new TypeError("Cannot format: too many values");
  return text;
}

function padNumber(text: string, { flags, width, isText }: { flags: string; width: number; isText: boolean }): string {
  const sign = isText || text.startsWith("-") ? "" : flags.includes("+") ? "+" : flags.includes(" ") ? " " : "";
  const signed = sign + text;
  if (flags.includes("-")) return signed.padEnd(width);
  if (!flags.includes("0") || isText) return signed.padStart(width);
  const lead = /^[-+ ]?/.exec(signed)![0];
  return lead + signed.slice(lead.length).padStart(width - lead.length, "0");
}

function formatValue(value: unknown, kind: string, precision: number | undefined): string {
  switch (kind) {
    case "d":
    case "i":
    case "u":
      return String(Math.trunc(Number(value)));
    case "f":
    case "F":
      return Number(value).toFixed(precision ?? 6);
    case "e":
    case "E":
      return exponent(Number(value).toExponential(precision ?? 6), kind);
    case "g":
      return general(Number(value), precision ?? 6);
    case "x":
    case "X":
      return kind === "x" ? Number(value).toString(16) : Number(value).toString(16).toUpperCase();
    case "o":
      return Number(value).toString(8);
    case "b":
      return Number(value).toString(2);
    case "c":
      return typeof value === "number" ? String.fromCodePoint(value) : str(value);
    case "r":
      return cut(repr(value), precision);
    case "s":
      return cut(str(value), precision);
    default:
      throw new TypeError(`Cannot format: %${kind} is not a format`);
  }
}

function cut(text: string, precision: number | undefined): string {
  return precision === undefined ? text : text.slice(0, precision);
}

/** Python writes at least two digits of an exponent. */
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

const FIELD = /\{\{|\}\}|\{([\w.]*)(?:!([rs]))?(?::([^{}]*))?\}/g;
const SPEC = /^(?:(.)?([<>^=]))?([-+ ])?(#)?(0)?(\d+)?([,_])?(?:\.(\d+))?([a-zA-Z%])?$/;

/** Fills in a pattern of `str.format`. */
export function formatFields(pattern: string, args: readonly unknown[], keywords: Keywords): string {
  let next = 0;
  return pattern.replaceAll(FIELD, (all, path: string = "", conversion?: string, spec = "") => {
    if (all === "{{" || all === "}}") return all[0]!;
    const [head = "", ...names] = path.split(".");
    const first = head === "" ? args[next++] : /^\d+$/.test(head) ? args[Number(head)] : keywords.get(head);
    if (first === undefined) throw new TypeError(`Cannot format: there is no value for ${all}`);
    const value = names.reduce<unknown>((owner, name) => isDict(owner) ? itemOf(owner, name) : undefined, first);
    return formatSpec(conversion === "r" ? repr(value) : value, spec);
  });
}

/** Formats one value by a specification such as `>8.2f`. */
export function formatSpec(value: unknown, spec: string): string {
  const [, fill = " ", align, sign = "", , zero, width = "0", comma, precision, kind] = SPEC.exec(spec) ?? [];
  if (spec !== "" && !SPEC.test(spec)) throw new TypeError(`Cannot format: ${spec} is not a format`);
  const isText = typeof value === "string" || kind === "s";
  const digits = precision === undefined ? undefined : Number(precision);
  let text = kind === "%"
    ? `${(Number(value) * 100).toFixed(digits ?? 6)}%`
    : formatValue(value, kind ?? (digits === undefined || isText ? "s" : "g"), digits);
  if (comma !== undefined) text = grouped(text, comma);
  if (!isText && sign !== "" && sign !== "-" && !text.startsWith("-")) text = sign + text;
  const length = Number(width);
  if (zero !== undefined && align === undefined) return padNumber(text, { flags: "0", width: length, isText });
  return alignText(text, length, align ?? (isText ? "<" : ">"), fill);
}

function grouped(text: string, comma: string): string {
  const [whole = "", fraction] = text.split(".");
  const digits = whole.replace("-", "");
  const groups: string[] = [];
  for (let end = digits.length; end > 0; end -= 3) groups.unshift(digits.slice(Math.max(0, end - 3), end));
  return (whole.startsWith("-") ? "-" : "") + groups.join(comma) + (fraction === undefined ? "" : `.${fraction}`);
}

/** Puts blanks, or another character, around a text. */
export function alignText(text: string, width: number, align: string, fill = " "): string {
  const missing = Math.max(0, width - text.length);
  if (align === "<") return text + fill.repeat(missing);
  if (align !== "^") return fill.repeat(missing) + text;
  const left = Math.floor(missing / 2);
  return fill.repeat(left) + text + fill.repeat(missing - left);
}

/** Returns the pairs of a dict as tuples. */
export function pairs(dict: Map<unknown, unknown> | Record<string, unknown>): Tuple[] {
  return entriesOf(dict).map((pair) => Tuple.from(pair) as Tuple);
}
