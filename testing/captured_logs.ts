/**
 * What is logged while a test runs.
 *
 * @module
 */

import { configureSync, getConfig, type LogRecord, resetSync } from "@logtape/logtape";

/** One line of the log. */
export interface TestLog {
  /** How grave it is. */
  readonly level: "trace" | "debug" | "info" | "warning" | "error" | "fatal";
  /** Who has logged it, as `bokeh.session`. */
  readonly category: string;
  /** The text, values filled in. */
  readonly message: string;
  /** The values by name, as an `error`. */
  readonly properties: Readonly<Record<string, unknown>>;
}

const listeners = new Set<TestLog[]>();
let isOurs = false;

/**
 * Collects what is logged, until it is disposed of. A program that has configured LogTape itself is left alone: there it
 * collects nothing.
 */
export function captureLogs(): Disposable & { readonly logs: readonly TestLog[] } {
  const logs: TestLog[] = [];
  listeners.add(logs);
  if (getConfig() === null) configure();
  return {
    logs,
    [Symbol.dispose]: () => {
      listeners.delete(logs);
      if (listeners.size > 0 || !isOurs) return;
      resetSync();
      isOurs = false;
    },
  };
}

function configure(): void {
  isOurs = true;
  configureSync({
    sinks: { test: (record) => tell(record) },
    loggers: [
      { category: [], sinks: ["test"], lowestLevel: "debug" },
      { category: ["logtape", "meta"], sinks: [], parentSinks: "override", lowestLevel: "error" },
    ],
  });
}

function tell({ level, category, message, properties }: LogRecord): void {
  const text = message.map((part, at) => at % 2 === 0 ? String(part) : shown(part)).join("");
  for (const logs of listeners) logs.push({ level, category: category.join("."), message: text, properties });
}

function shown(value: unknown): string {
  return typeof value === "string" || value instanceof Error ? String(value) : Deno.inspect(value);
}
