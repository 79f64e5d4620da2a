/**
 * Where the log goes: standard error or a file, at the level and in the form that the options ask for.
 *
 * @module
 */

import { errorMessage } from "../../common/error_message.ts";
import { configure, getLogger, type LogLevel, type LogRecord, reset } from "@logtape/logtape";
import { CommandError } from "../exit.ts";
import { DEFAULT_LOG_FORMAT, logFormatter } from "./log_format.ts";
import { printLine } from "../print.ts";
import { isTelemetryOn } from "./telemetry.ts";

const logger = getLogger(["bokeh", "cli"]);

/** How to log. */
export interface LoggingOptions {
  /** A level in Python's words; none logs nothing. @default {"info"} */
  readonly level?: string | undefined;
  /** The form of a line in Python's words. @default {DEFAULT_LOG_FORMAT} */
  readonly format?: string | undefined;
  /** A file to append to; without it standard error. */
  readonly file?: string | undefined;
}

/** A log that is being written. Disposing of it ends logging and closes the file. */
export interface Log extends AsyncDisposable {
  /** The form of its lines, as the options name it. */
  readonly format: string;
  /** Prints the line that tells the addresses of the server: the first on standard output, which other programs read. */
  announce(line: string): void;
  /**
   * Opens the log file again, which SIGHUP does too: log rotation has moved it away. If that fails the log goes on in the old
   * file and says so.
   */
  reopen(): void;
}

/** Starts logging. */
export async function startLogging(options: LoggingOptions): Promise<Log> {
  const { file, format = DEFAULT_LOG_FORMAT, level = "info" } = options;
  let log = openLog(file);
  const lineOf = logFormatter(format);
  const encoder = new TextEncoder();
  const telemetry = isTelemetryOn() ? new ConsoleLog() : undefined;
  const write = (record: LogRecord) => {
    const line = lineOf(record);
    if (file !== undefined || telemetry === undefined) log.writeSync(encoder.encode(line + "\n"));
    telemetry?.write(record.level, line);
  };
  await configure({
    reset: true,
    sinks: { log: Object.assign(write, { [Symbol.dispose]: () => log.close?.() }) },
    loggers: [
      { category: "bokeh", sinks: ["log"], lowestLevel: LEVELS[level.toLowerCase()] ?? null },
      { category: ["logtape", "meta"], sinks: ["log"], lowestLevel: "warning" },
    ],
  });
  const reopen = () => {
    if (file === undefined) return;
    try {
      const old = log;
      log = openLog(file);
      old.close?.();
    } catch (error) {
      logger.error("{reason}: the log goes on in the old file", { reason: errorMessage(error) });
    }
  };
  const endSignals = listenToSignals({ SIGHUP: reopen, SIGXFSZ: surviveFullFile });
  return {
    format,
    reopen,
    announce(line) {
      printLine(line);
      telemetry?.release();
    },
    async [Symbol.asyncDispose]() {
      endSignals();
      telemetry?.release();
      await reset();
    },
  };
}

/**
 * Writes lines to the console, from where Deno sends them to a collector of OpenTelemetry with the severity of the method. The
 * methods below a warning write to standard output: their lines wait for the first line of that, which other programs read.
 */
class ConsoleLog {
  #waiting: (() => void)[] | undefined = [];

  write(level: LogLevel, line: string): void {
    if (level === "warning") return console.warn(line);
    if (level === "error" || level === "fatal") return console.error(line);
    const print = () => level === "info" ? console.info(line) : console.debug(line);
    if (this.#waiting === undefined) print();
    else this.#waiting.push(print);
  }

  /** Writes what has waited; from now on nothing waits. */
  release(): void {
    this.#waiting?.forEach((print) => print());
    this.#waiting = undefined;
  }
}

/** Calls the functions when their signals arrive, until the returned function is called. Without a listener SIGHUP and SIGXFSZ end a program. */
function listenToSignals(listeners: Readonly<Partial<Record<Deno.Signal, () => void>>>): () => void {
  if (Deno.build.os === "windows") return () => {};
  // Object.entries forgets the type of the names, which are those of the parameter.
  const entries = Object.entries(listeners) as [Deno.Signal, () => void][];
  for (const [signal, listener] of entries) Deno.addSignalListener(signal, listener);
  return () => entries.forEach(([signal, listener]) => Deno.removeSignalListener(signal, listener));
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
    throw new CommandError(`Cannot log to ${file}: ${errorMessage(error)}`);
  }
}

/** Writing to a file that may not grow any more (`ulimit -f`) ends a program that does not listen for the signal. The write fails all the same. */
function surviveFullFile(): void {}
