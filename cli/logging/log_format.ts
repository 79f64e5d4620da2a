/**
 * Formats log lines as Python's `logging` module does, or as JSON.
 *
 * @module
 */

import type { LogLevel, LogRecord } from "@logtape/logtape";
import { authorTrace } from "../../application/error_trace.ts";
import { CommandError } from "../exit.ts";

/** The default format of log lines. */
export const DEFAULT_LOG_FORMAT = "%(asctime)s %(message)s";

/** Python's names and numbers of LogTape's levels. */
const LEVELS: Record<LogLevel, { name: string; number: number }> = {
  trace: { name: "TRACE", number: 9 },
  debug: { name: "DEBUG", number: 10 },
  info: { name: "INFO", number: 20 },
  warning: { name: "WARNING", number: 30 },
  error: { name: "ERROR", number: 40 },
  fatal: { name: "CRITICAL", number: 50 },
};

/** The values of Python's format fields. */
const FIELDS: Record<string, (record: LogRecord) => string | number> = {
  asctime: ({ timestamp }) => asctime(new Date(timestamp)),
  created: ({ timestamp }) => timestamp / 1000,
  // LogTape does not record the place in the source: file, function and line have fixed values.
  filename: () => "-",
  funcName: () => "-",
  levelname: ({ level }) => LEVELS[level].name,
  levelno: ({ level }) => LEVELS[level].number,
  lineno: () => 0,
  message: (record) => messageOf(record),
  module: ({ category }) => category.at(-1) ?? "",
  msecs: ({ timestamp }) => timestamp % 1000,
  name: ({ category }) => category.join("."),
  pathname: () => "-",
  process: () => Deno.pid,
  processName: () => "MainProcess",
  relativeCreated: ({ timestamp }) => timestamp - performance.timeOrigin,
  thread: () => 1,
  threadName: () => "MainThread",
};

/** A field with its printf flags, such as `%(levelname)-8s`, or an escaped percent sign. */
const WORD = /%\((\w+)\)([-0]*)(\d*)(?:\.(\d+))?([sdif])|%%/g;

/**
 * Returns a function that formats log records.
 *
 * @param format A format of Python's `logging`, or `json` for one JSON object per line. Unknown
 * fields are copied unchanged.
 * @throws {CommandError} If the format has no field, so that all lines would be equal.
 */
export function logFormatter(format: string): (record: LogRecord) => string {
  if (format === "json") return jsonLine;
  if (![...format.matchAll(WORD)].some(([, field]) => field !== undefined)) {
    throw new CommandError(`Cannot use log format ${format}: it has no field such as %(message)s, and is not json`);
  }
  return (record) =>
    format.replace(WORD, (word, field?: string, flags = "", width = "", precision?: string, kind = "s") => {
      if (word === "%%") return "%";
      const value = field === undefined ? undefined : FIELDS[field]?.(record);
      return value === undefined ? word : pad(show(value, kind, precision), flags, Number(width));
    });
}

/** Formats a value as Python's `%` operator does. */
function show(value: string | number, kind: string, precision: string | undefined): string {
  if (typeof value === "number" && kind === "f") return value.toFixed(Number(precision ?? 6));
  if (typeof value === "number" && kind !== "s") return String(Math.trunc(value));
  return String(value).slice(0, precision === undefined ? undefined : Number(precision));
}

/** Formats a record as one JSON object with its properties as fields. */
function jsonLine(record: LogRecord): string {
  const { error, ...properties } = record.properties;
  const values = Object.entries(properties).map(([name, value]) => [name, isTree(value) ? value : Deno.inspect(value)]);
  const line = {
    time: new Date(record.timestamp).toISOString(),
    level: LEVELS[record.level].name.toLowerCase(),
    logger: record.category.join("."),
    process: Deno.pid,
    message: textOf(record, (value) => value instanceof Error ? messageWithCauses(value) : Deno.inspect(value)),
    ...Object.fromEntries(values),
    ...(error === undefined ? {} : { error: error instanceof Error ? authorTrace(error) : error }),
  };
  return JSON.stringify(line, jsonValue);
}

/** Replaces values that JSON cannot represent by text. */
function jsonValue(_name: string, value: unknown): unknown {
  if (typeof value === "bigint") return String(value);
  return value instanceof Error ? messageWithCauses(value) : value;
}

/** Returns whether a value has no circular reference, which JSON cannot represent. */
function isTree(value: unknown, above: readonly object[] = []): boolean {
  if (typeof value !== "object" || value === null) return true;
  return !above.includes(value) && Object.values(value).every((part) => isTree(part, [...above, value]));
}

/** Returns the messages of an error and of its causes, without stacks. */
function messageWithCauses(error: Error): string {
  const { cause } = error;
  if (cause === undefined) return error.message;
  return `${error.message}: ${cause instanceof Error ? messageWithCauses(cause) : String(cause)}`;
}

/**
 * A line that the program prints outside of the log: before logging starts, or on standard output.
 */
export interface ProgramLine {
  readonly level: LogLevel;
  readonly text: string;
  /** Further fields, used by the format `json` only. */
  readonly fields?: Readonly<Record<string, unknown>>;
}

/** Returns a JSON object if the log format is `json`, else the text. */
export function programLine(format: string | undefined, { level, text, fields = {} }: ProgramLine): string {
  if (format !== "json") return text;
  const category = ["bokeh", "cli"];
  return jsonLine({ category, level, message: [text], rawMessage: text, timestamp: Date.now(), properties: fields });
}

/**
 * Returns a record's message with its values. Appends the stack of the property `error` if the
 * message does not include it.
 */
function messageOf(record: LogRecord): string {
  const text = textOf(record, (value) => value instanceof Error ? authorTrace(value) : Deno.inspect(value));
  const { error } = record.properties;
  return error instanceof Error && !record.message.includes(error) ? `${text}\n${authorTrace(error)}` : text;
}

function textOf(record: LogRecord, show: (value: unknown) => string): string {
  return record.message.map((part, index) => {
    if (index % 2 === 0) return part;
    return typeof part === "string" ? inOneLine(part) : show(part);
  }).join("");
}

/**
 * Escapes control characters, line separators and bidirectional controls. Values can come from
 * clients, and must not forge log lines, control a terminal, or reverse the reading direction.
 */
function inOneLine(text: string): string {
  const escaped = (char: string) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`;
  return text.replaceAll(/(?!\t)[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/gu, escaped);
}

/** Formats a local time as Python's `%(asctime)s`, with milliseconds after a comma. */
function asctime(date: Date): string {
  const two = (number: number) => String(number).padStart(2, "0");
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  const time = `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
  return `${day} ${time},${String(date.getMilliseconds()).padStart(3, "0")}`;
}

function pad(text: string, flags: string, width: number): string {
  return flags.includes("-") ? text.padEnd(width) : text.padStart(width, flags.includes("0") ? "0" : " ");
}
