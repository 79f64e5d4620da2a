/**
 * Jinja's filters of numbers.
 *
 * @module
 */

import type { Filter } from "./filter.ts";
import { fixed } from "./format.ts";
import { isText, typeName } from "./type_checks.ts";
import { float, integer, isFloat, isNumber, type PythonNumber } from "./numbers.ts";
import { str } from "./text.ts";
import { Float } from "./types.ts";

/** The filters of numbers by name. */
export const NUMBER_FILTERS: Readonly<Record<string, Filter>> = {
  abs: (value) => {
    if (!isNumber(value)) throw new TypeError(`Cannot take the absolute value of ${typeName(value)}`);
    if (typeof value === "bigint") return value < 0n ? -value : value;
    return isFloat(value) ? float(Math.abs(Number(value))) : Math.abs(Number(value));
  },
  filesizeformat: (value, given) => fileSize(Number(value), given.flag(0, "binary")),
  float: (value, given) => {
    const number = isText(value) ? floatOf(str(value)) : isNumber(value) ? Number(value) : undefined;
    return number === undefined ? given.get(0, "default") ?? new Float(0) : float(number);
  },
  int: (value, given) => {
    const number = isText(value) ? integerOf(str(value).trim(), given.number(1, "base", 10)) : truncatedNumber(value);
    return number ?? given.get(0, "default") ?? 0;
  },
  round: (value, given) => {
    if (!isNumber(value)) throw new TypeError(`Cannot round ${typeName(value)}`);
    return rounded(value, given.number(0, "precision", 0), given.text(1, "method", "common"));
  },
};

/** Parses a float as Python does; undefined if the text is not a float. */
function floatOf(text: string): number | undefined {
  const trimmed = text.trim().replaceAll(/(?<=\d)_(?=\d)/g, "");
  if (/^[-+]?(inf|infinity)$/i.test(trimmed)) return trimmed.startsWith("-") ? -Infinity : Infinity;
  if (/^[-+]?nan$/i.test(trimmed)) return NaN;
  return /^[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[-+]?\d+)?$/i.test(trimmed) ? Number(trimmed) : undefined;
}

const PREFIXES: Readonly<Record<number, string>> = { 2: "0b", 8: "0o", 16: "0x" };
const DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz";

/**
 * Parses an integer in a base, or a float whose fraction is dropped; undefined if the text is
 * neither.
 */
function integerOf(text: string, base: number): number | bigint | undefined {
  const [, sign = "", rest = ""] = /^([-+]?)(.*)$/s.exec(text.toLowerCase().replaceAll(/(?<=\w)_(?=\w)/g, ""))!;
  const prefix = PREFIXES[base];
  const digits = prefix !== undefined && rest.startsWith(prefix) ? rest.slice(2) : rest;
  const values = [...digits].map((digit) => DIGITS.indexOf(digit));
  if (values.length === 0 || values.some((value) => value < 0 || value >= base)) return truncatedNumber(floatOf(text));
  const whole = values.reduce((sum, value) => sum * BigInt(base) + BigInt(value), 0n);
  return integer(sign === "-" ? -whole : whole);
}

function truncatedNumber(value: unknown): number | bigint | undefined {
  if (typeof value === "bigint") return value;
  const number = isNumber(value) ? Math.trunc(Number(value)) : NaN;
  return Number.isFinite(number) ? integer(BigInt(number)) : undefined;
}

/** Rounds as Python does: halves to even, and integers to integers. */
function rounded(value: PythonNumber, digits: number, method: string): unknown {
  if (method === "ceil" || method === "floor") {
    const factor = 10 ** digits;
    return float(Math[method](Number(value) * factor) / factor);
  }
  if (digits >= 0) return isFloat(value) ? float(Number(fixed(Number(value), digits))) : truncatedNumber(value);
  const unit = 10 ** -digits;
  const result = Number(fixed(Number(value) / unit, 0)) * unit;
  return isFloat(value) ? float(result) : truncatedNumber(result);
}

function fileSize(bytes: number, binary: boolean): string {
  const base = binary ? 1024 : 1000;
  const units = binary ? ["KiB", "MiB", "GiB", "TiB", "PiB"] : ["kB", "MB", "GB", "TB", "PB"];
  if (bytes === 1) return "1 Byte";
  if (bytes < base) return `${Math.trunc(bytes)} Bytes`;
  const power = Math.min(Math.floor(Math.log(bytes) / Math.log(base)), units.length);
  return `${(bytes / base ** power).toFixed(1)} ${units[power - 1]}`;
}
