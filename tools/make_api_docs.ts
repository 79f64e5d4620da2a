/**
 * Writes the reference of all that the package exports to a folder, `docs/api` where none is named. It fails for what Deno warns of, but for
 * packages whose types we name.
 *
 * @module
 */

import config from "../deno.json" with { type: "json" };
import { denoDoc } from "./deno_doc.ts";

/** Warnings of a report about modules that are not of a package from npm. */
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
