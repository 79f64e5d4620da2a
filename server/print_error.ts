/**
 * Prints errors of programs that have not configured logging.
 *
 * @module
 */

import { getConfig } from "@logtape/logtape";
import { ApplicationError } from "../application/application_error.ts";
import { authorTrace } from "../application/error_trace.ts";
import type { ErrorDetails } from "./options/options.ts";

/**
 * Writes an error to standard error, as `Deno.serve` does, unless logging is configured: then the
 * log holds it already.
 */
export function printError(error: unknown, { appPath, during }: ErrorDetails): void {
  if (getConfig() !== null) return;
  const of = appPath === undefined ? "" : ` of ${appPath}`;
  const what = during === "uncaught" ? `Uncaught error${of}` : `A ${during}${of} failed`;
  Deno.stderr.writeSync(new TextEncoder().encode(`${what}: ${traceOf(error)}\n`));
}

function traceOf(error: unknown): string {
  return error instanceof ApplicationError ? error.trace : authorTrace(error);
}
