/**
 * Writes the reference of all that the package exports to a folder, `docs/api` where none is named. It fails for what Deno warns of, but for
 * packages whose types we name.
 *
 * @module
 */

import config from "../deno.json" with { type: "json" };

const ROOT = new URL("..", import.meta.url);

/** Warnings of a report about modules that are not of a package from npm. */
export function warningsIn(report: string): string[] {
  return report.split(/^(?=Warning|Written)/m).filter((part) =>
    part.startsWith("Warning") && !/at file:.*\/npm\//.test(part)
  );
}

if (import.meta.main) {
  const { success, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [
      ...["doc", "--html", `--name=${config.name}`, `--output=${Deno.args[0] ?? "docs/api"}`],
      ...Object.values(config.exports),
    ],
    cwd: ROOT,
    env: { NO_COLOR: "1" },
    stdin: "null",
    stdout: "null",
  }).output();
  const report = new TextDecoder().decode(stderr);
  const warnings = warningsIn(report);
  console.error(success ? [...warnings, report.match(/^Written.*/m)?.[0]].join("\n") : report);
  Deno.exit(success && warnings.length === 0 ? 0 : 1);
}
