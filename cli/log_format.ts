/**
 * Log lines in the words of Python's `logging` module.
 *
 * @module
 */

import type { LogLevel, LogRecord } from "@logtape/logtape";

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
  levelname: ({ level }) => LEVELS[level].name,
  levelno: ({ level }) => LEVELS[level].number,
  message: (record) => messageOf(record),
  msecs: ({ timestamp }) => timestamp % 1000,
  name: ({ category }) => category.join("."),
  process: () => Deno.pid,
};

/** Makes the function that writes a record as the format says; what the format does not know stays as it is. */
export function logFormatter(format: string): (record: LogRecord) => string {
  return (record) =>
    format.replace(/%\((\w+)\)(-?\d*)(?:\.\d+)?[sdf]|%%/g, (word, field?: string, width?: string) => {
      if (word === "%%") return "%";
      const value = field === undefined ? undefined : FIELDS[field]?.(record);
      return value === undefined ? word : pad(String(value), Number(width || 0));
    });
}

/** A record's message with its values in it, and the stack of an error that it brings. */
function messageOf(record: LogRecord): string {
  const text = record.message.map((part, index) =>
    index % 2 === 0 || typeof part === "string" ? part : Deno.inspect(part)
  )
    .join("");
  const { error } = record.properties;
  return error instanceof Error ? `${text}\n${error.stack ?? error.message}` : text;
}

/** Local time, with milliseconds after a comma. */
function asctime(date: Date): string {
  const two = (number: number) => String(number).padStart(2, "0");
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  const time = `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
  return `${day} ${time},${String(date.getMilliseconds()).padStart(3, "0")}`;
}

function pad(text: string, width: number): string {
  return width < 0 ? text.padEnd(-width) : text.padStart(width);
}
