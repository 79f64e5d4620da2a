/**
 * Log lines in the words of Python's `logging` module.
 *
 * @module
 */

import type { LogLevel, LogRecord } from "@logtape/logtape";
import { authorTrace } from "../../application/error_trace.ts";
import { CommandError } from "../exit.ts";

/** The form of log lines where none is asked for. */
export const DEFAULT_LOG_FORMAT = "%(asctime)s %(message)s";

const LEVELS: Record<LogLevel, { name: string; number: number }> = {
  trace: { name: "TRACE", number: 9 },
  debug: { name: "DEBUG", number: 10 },
  info: { name: "INFO", number: 20 },
  warning: { name: "WARNING", number: 30 },
  error: { name: "ERROR", number: 40 },
  fatal: { name: "CRITICAL", number: 50 },
};

/** What the words of a format stand for. */
const FIELDS: Record<string, (record: LogRecord) => string | number> = {
  asctime: ({ timestamp }) => asctime(new Date(timestamp)),
  created: ({ timestamp }) => timestamp / 1000,
  // Python's logging knows where in the code a line was written; LogTape does not
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

const WORD = /%\((\w+)\)([-0]*)(\d*)(?:\.(\d+))?([sdif])|%%/g;

/**
 * Makes the function that writes a record as the format says, or as JSON; what the format does not know stays as it is.
 *
 * @throws {CommandError} nothing in the format stands for anything, so that all lines would be the same
 */
export function logFormatter(format: string): (record: LogRecord) => string {
  if (format === "json") return jsonLine;
  if (![...format.matchAll(WORD)].some(([, field]) => field !== undefined)) {
    throw new CommandError(`Cannot log in the form ${format}: it has no field, as %(message)s is one, and is not json`);
  }
  return (record) =>
    format.replace(WORD, (word, field?: string, flags = "", width = "", precision?: string, kind = "s") => {
      if (word === "%%") return "%";
      const value = field === undefined ? undefined : FIELDS[field]?.(record);
      return value === undefined ? word : pad(show(value, kind, precision), flags, Number(width));
    });
}

/** A value as Python's `%` writes it. */
function show(value: string | number, kind: string, precision: string | undefined): string {
  if (typeof value === "number" && kind === "f") return value.toFixed(Number(precision ?? 6));
  if (typeof value === "number" && kind !== "s") return String(Math.trunc(value));
  return String(value).slice(0, precision === undefined ? undefined : Number(precision));
}

/** A record as one line of JSON, its values by their names. */
function jsonLine(record: LogRecord): string {
  const { error, ...properties } = record.properties;
  const values = Object.entries(properties).map(([name, value]) => [name, isTree(value) ? value : Deno.inspect(value)]);
  const line = {
    time: new Date(record.timestamp).toISOString(),
    level: LEVELS[record.level].name.toLowerCase(),
    logger: record.category.join("."),
    process: Deno.pid,
    message: textOf(record, (value) => value instanceof Error ? errorMessage(value) : Deno.inspect(value)),
    ...Object.fromEntries(values),
    ...(error === undefined ? {} : { error: error instanceof Error ? authorTrace(error) : error }),
  };
  return JSON.stringify(line, jsonValue);
}

/** Writes what JSON has no form for as text. */
function jsonValue(_name: string, value: unknown): unknown {
  if (typeof value === "bigint") return String(value);
  return value instanceof Error ? errorMessage(value) : value;
}

/** Returns whether a value does not contain itself, which JSON has no form for. */
function isTree(value: unknown, above: readonly object[] = []): boolean {
  if (typeof value !== "object" || value === null) return true;
  return !above.includes(value) && Object.values(value).every((part) => isTree(part, [...above, value]));
}

/** Returns what an error and its causes say, without their stacks. */
function errorMessage(error: Error): string {
  const { cause } = error;
  if (cause === undefined) return error.message;
  return `${error.message}: ${cause instanceof Error ? errorMessage(cause) : String(cause)}`;
}

/** Level and text of a line that the program itself prints: before there is a log, or on standard output. */
export interface ProgramLine {
  readonly level: LogLevel;
  readonly text: string;
  /** Fields of the line, if it is one of JSON. */
  readonly fields?: Readonly<Record<string, unknown>>;
}

/** Returns a line of the program in the form of its log: one of JSON for the format `json`, the text otherwise. */
export function programLine(format: string | undefined, { level, text, fields = {} }: ProgramLine): string {
  if (format !== "json") return text;
  const category = ["bokeh", "cli"];
  return jsonLine({ category, level, message: [text], rawMessage: text, timestamp: Date.now(), properties: fields });
}

/** A record's message with its values in it; of an error what its author wants to know, once, also where the message does not show it. */
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

/** A value may be a visitor's: it must not look like lines of the log, steer a terminal, or be read backwards. */
function inOneLine(text: string): string {
  const escaped = (char: string) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`;
  return text.replaceAll(/(?!\t)[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/gu, escaped);
}

/** Local time, with milliseconds after a comma. */
function asctime(date: Date): string {
  const two = (number: number) => String(number).padStart(2, "0");
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  const time = `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
  return `${day} ${time},${String(date.getMilliseconds()).padStart(3, "0")}`;
}

function pad(text: string, flags: string, width: number): string {
  return flags.includes("-") ? text.padEnd(width) : text.padStart(width, flags.includes("0") ? "0" : " ");
}
