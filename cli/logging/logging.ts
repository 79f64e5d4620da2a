/**
 * Writes the log to standard error or a file, with the level and format of the options.
 *
 * @module
 */

import { configureSync, getLogger, type LogLevel, type LogRecord, reset } from "@logtape/logtape";
import { ADMIN_LOG_LEVELS } from "../../admin/admin_source.ts";
import type { AdminLogControl } from "../../server/admin/admin_options.ts";
import { errorMessage } from "../../common/error_message.ts";
import { CommandError } from "../exit.ts";
import { printLine } from "../print.ts";
import { DEFAULT_LOG_FORMAT, logFormatter } from "./log_format.ts";
import { isTelemetryOn } from "./telemetry.ts";

const logger = getLogger(["bokeh", "cli"]);

/** Options of {@linkcode startLogging}. */
export interface LoggingOptions {
  /**
   * Lowest level to log, by Python's name. Any other word, such as `None`, turns logging off.
   * @default {"info"}
   */
  readonly level?: string | undefined;
  /** Format of a line as for Python's `logging`, or `json`. @default {DEFAULT_LOG_FORMAT} */
  readonly format?: string | undefined;
  /** Path of the file to append to. @default {standard error} */
  readonly file?: string | undefined;
}

/** A running log. Disposing of it stops logging and closes the file. */
export interface Log extends AsyncDisposable, AdminLogControl {
  /** The format of the lines, as in {@linkcode LoggingOptions.format}. */
  readonly format: string;
  /**
   * Prints the line that states the server's URLs. It must be the first line on standard output,
   * because other programs read it.
   */
  announce(line: string): void;
  /**
   * Opens the log file again, after log rotation has renamed it. SIGHUP does the same. If the file
   * cannot be opened, logging continues in the old file and logs the reason.
   */
  reopen(): void;
}

/**
 * Configures LogTape for the categories of this server.
 *
 * @throws {CommandError} If the file cannot be opened or the format has no field.
 */
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
  let lowest: LogLevel | null = LEVELS[level.toLowerCase()] ?? null;
  const apply = () =>
    configureSync({
      reset: true,
      sinks: { log: write },
      loggers: [
        { category: "bokeh", sinks: ["log"], lowestLevel: lowest },
        { category: ["logtape", "meta"], sinks: ["log"], lowestLevel: "warning" },
      ],
    });
  await reset();
  apply();
  const reopen = () => {
    if (file === undefined) return;
    try {
      const old = log;
      log = openLog(file);
      old.close?.();
    } catch (error) {
      logger.error("{reason}. Logging continues in the old file", { reason: errorMessage(error) });
    }
  };
  const endSignals = listenToSignals({ SIGHUP: reopen, SIGXFSZ: surviveFullFile });
  return {
    format,
    reopen,
    get level() {
      return ADMIN_LOG_LEVELS.find((name) => LEVELS[name] === lowest);
    },
    set level(name) {
      lowest = name === undefined ? null : LEVELS[name]!;
      apply();
    },
    announce(line) {
      printLine(line);
      telemetry?.release();
    },
    async [Symbol.asyncDispose]() {
      endSignals();
      telemetry?.release();
      await reset();
      log.close?.();
    },
  };
}

/**
 * Writes lines to the console, whose lines Deno exports to OpenTelemetry with the severity of the
 * console's method. `console.info` and `console.debug` write to standard output, so their lines are
 * held back until the line that states the URLs has been printed, which must be the first.
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

  /** Writes the lines that were held back, and writes later lines immediately. */
  release(): void {
    this.#waiting?.forEach((print) => print());
    this.#waiting = undefined;
  }
}

/**
 * Calls a listener for each signal. Without a listener, SIGHUP and SIGXFSZ would end the program.
 *
 * @returns Removes the listeners.
 */
function listenToSignals(listeners: Readonly<Partial<Record<Deno.Signal, () => void>>>): () => void {
  if (Deno.build.os === "windows") return () => {};
  // Object.entries returns keys as `string`, although the parameter's keys are signals.
  const entries = Object.entries(listeners) as [Deno.Signal, () => void][];
  for (const [signal, listener] of entries) Deno.addSignalListener(signal, listener);
  return () => entries.forEach(([signal, listener]) => Deno.removeSignalListener(signal, listener));
}

/** LogTape's levels by Python's names. */
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

/**
 * Listener for SIGXFSZ, which would end the program when a file reaches its maximum size (`ulimit
 * -f`). The write still fails.
 */
function surviveFullFile(): void {}
