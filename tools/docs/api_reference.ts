/**
 * Writes the reference of all exported symbols as HTML, to the folder that is given as an argument or to `docs/api`.
 * Exits with 1 if Deno warns about a module of this package.
 *
 * @module
 */

import config from "../../deno.json" with { type: "json" };
import { denoDoc } from "./deno_doc.ts";

/** Returns the warnings in a report of `deno doc`, without those about packages of npm. */
export function warningsIn(report: string): string[] {
  return report.split(/^(?=Warning|Written)/m).filter((part) =>
    part.startsWith("Warning") && !/at file:.*\/npm\//.test(part)
  );
}

if (import.meta.main) {
  const output = Deno.args[0] ?? "docs/api";
  const { success, report } = await denoDoc("--html", `--name=${config.name}`, `--output=${output}`);
  const warnings = warningsIn(report);
  console.error(success ? [...warnings, report.match(/^Written.*/m)?.[0]].join("\n") : report);
  Deno.exit(success && warnings.length === 0 ? 0 : 1);
}
