/**
 * Checks that everything the package exports is documented, and that its types name only what it exports too.
 *
 * @module
 */

import { denoDoc, ROOT } from "./deno_doc.ts";

/** The findings of `deno doc --lint` about files of a folder: those about packages that we name types of are not ours. */
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
