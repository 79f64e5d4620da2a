/**
 * Checks with `deno doc --lint` that every exported symbol has a doc comment, and that its types refer only to exported
 * types.
 *
 * @module
 */

import { denoDoc, ROOT } from "./deno_doc.ts";

/** Returns the findings of `deno doc --lint` about the files of a folder. Findings about other packages are left out. */
export function findingsIn(folder: string, report: string): string[] {
  return report.split(/^(?=error\[)/m).filter((finding) =>
    finding.startsWith("error[") && finding.includes(`--> ${folder}`)
  );
}

if (import.meta.main) {
  const { success, report } = await denoDoc("--lint", "--quiet");
  const findings = findingsIn(decodeURIComponent(ROOT.pathname), report);
  console.error(findings.join(""));
  const failed = !success && !report.includes("documentation lint error");
  if (failed) console.error(report);
  Deno.exit(failed || findings.length > 0 ? 1 : 0);
}
