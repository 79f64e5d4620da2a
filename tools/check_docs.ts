/**
 * Checks that everything the package exports is documented, and that its types name only what it exports too.
 *
 * @module
 */

import config from "../deno.json" with { type: "json" };

const ROOT = new URL("..", import.meta.url);

/** The findings of `deno doc --lint` about files of a folder: those about packages that we name types of are not ours. */
export function findingsIn(folder: string, report: string): string[] {
  return report.split(/^(?=error\[)/m).filter((finding) =>
    finding.startsWith("error[") && finding.includes(`--> ${folder}`)
  );
}

if (import.meta.main) {
  const { success, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["doc", "--lint", "--quiet", ...Object.values(config.exports)],
    cwd: ROOT,
    env: { NO_COLOR: "1" },
    stdin: "null",
    stdout: "null",
  }).output();
  const report = new TextDecoder().decode(stderr);
  const findings = findingsIn(decodeURIComponent(ROOT.pathname), report);
  console.error(findings.join(""));
  const failed = !success && !report.includes("documentation lint error");
  if (failed) console.error(report);
  Deno.exit(failed || findings.length > 0 ? 1 : 0);
}
