/**
 * Where the log goes: standard error or a file, at the level and in the form that the options ask for.
 *
 * @module
 */

import { configure, type LogLevel, reset, type Sink } from "@logtape/logtape";
import { CommandError } from "./exit.ts";
import { DEFAULT_LOG_FORMAT, logFormatter } from "./log_format.ts";

/** How to log. */
export interface LoggingOptions {
  /** A level in Python's words; none logs nothing. @default {"info"} */
  readonly level?: string | undefined;
  /** The form of a line in Python's words. @default {DEFAULT_LOG_FORMAT} */
  readonly format?: string | undefined;
  /** A file to append to; without it standard error. */
  readonly file?: string | undefined;
}

/** Starts logging; disposing of the result ends it and closes the file. */
export async function startLogging(options: LoggingOptions): Promise<AsyncDisposable> {
  const write = openLog(options.file);
  const format = logFormatter(options.format ?? DEFAULT_LOG_FORMAT);
  const encoder = new TextEncoder();
  const sink: Sink & Disposable = Object.assign(
    (record: Parameters<Sink>[0]) => void write.writeSync(encoder.encode(format(record) + "\n")),
    { [Symbol.dispose]: () => write.close?.() },
  );
  await configure({
    reset: true,
    sinks: { log: sink },
    loggers: [
      { category: "bokeh", sinks: ["log"], lowestLevel: LEVELS[(options.level ?? "info").toLowerCase()] ?? null },
      { category: ["logtape", "meta"], sinks: ["log"], lowestLevel: "warning" },
    ],
  });
  if (Deno.build.os !== "windows") Deno.addSignalListener("SIGXFSZ", surviveFullFile);
  return {
    async [Symbol.asyncDispose]() {
      if (Deno.build.os !== "windows") Deno.removeSignalListener("SIGXFSZ", surviveFullFile);
      await reset();
    },
  };
}

/** Python's words for levels in LogTape's. */
const LEVELS: Readonly<Record<string, LogLevel>> = {
  trace: "trace",
  debug: "debug",
  info: "info",
  warning: "warning",
  error: "error",
  critical: "fatal",
};

function openLog(file: string | undefined): { writeSync(bytes: Uint8Array): number; close?(): void } {
  if (file === undefined) return { writeSync: (bytes) => Deno.stderr.writeSync(bytes) };
  try {
    return Deno.openSync(file, { append: true, create: true });
  } catch (error) {
    throw new CommandError(`Cannot log to ${file}: ${error instanceof Error ? error.message : error}`);
  }
}

/** Writing to a file that may not grow any more (`ulimit -f`) ends a program that does not listen for the signal. The write fails all the same. */
function surviveFullFile(): void {}
