/**
 * Capturing of log records during a test.
 *
 * @module
 */

import { configureSync, getConfig, type LogRecord, resetSync } from "@logtape/logtape";

/** A log record. */
export interface TestLog {
  /** Severity. */
  readonly level: "trace" | "debug" | "info" | "warning" | "error" | "fatal";
  /** Category of the logger, its parts joined by dots, as `bokeh.session`. */
  readonly category: string;
  /** Text of the record with its values filled in. */
  readonly message: string;
  /** Values of the record by name, for example `error`. */
  readonly properties: Readonly<Record<string, unknown>>;
}

const listeners = new Set<TestLog[]>();
let hasConfigured = false;

/**
 * Captures log records until it is disposed of. Captures nothing if the program has configured
 * LogTape itself, because LogTape has one configuration per process.
 */
export function captureLogs(): Disposable & { readonly logs: readonly TestLog[] } {
  const logs: TestLog[] = [];
  listeners.add(logs);
  if (getConfig() === null) configure();
  return {
    logs,
    [Symbol.dispose]: () => {
      listeners.delete(logs);
      if (listeners.size > 0 || !hasConfigured) return;
      resetSync();
      hasConfigured = false;
    },
  };
}

function configure(): void {
  hasConfigured = true;
  configureSync({
    sinks: { test: (record) => capture(record) },
    loggers: [
      { category: [], sinks: ["test"], lowestLevel: "debug" },
      { category: ["logtape", "meta"], sinks: [], parentSinks: "override", lowestLevel: "error" },
    ],
  });
}

function capture({ level, category, message, properties }: LogRecord): void {
  const text = message.map((part, at) => at % 2 === 0 ? String(part) : inspect(part)).join("");
  for (const logs of listeners) logs.push({ level, category: category.join("."), message: text, properties });
}

function inspect(value: unknown): string {
  return typeof value === "string" || value instanceof Error ? String(value) : Deno.inspect(value);
}
