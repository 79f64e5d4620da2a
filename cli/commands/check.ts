/**
 * The command `check`.
 *
 * @module
 */

import type { ResumeReport } from "../applications/resume_report.ts";
import type { Command } from "../command.ts";
import type { OptionTable } from "../options/option.ts";
import { printLine } from "../print.ts";

const OPTIONS = {
  json: { flag: "--json", kind: "flag", help: "Print the result as JSON" },
  args: { flag: "--args", kind: "rest", help: "All following arguments are passed to the applications" },
} as const satisfies OptionTable;

/** Maximum number of differences of an application that are printed. */
const MAX_LINES = 20;

const TEXTS: Record<ResumeReport["outcome"], string> = {
  exact: "exact. The application creates the same document each time",
  adopted: "adopted. The application sets other values each time; a resumed session keeps the stored ones:",
  decided: "decided. The application creates other models each time, and its hook onSessionResume decides:",
  refused: "refused. The application creates other models each time, so that sessions cannot be resumed:",
};

/** Runs applications twice and prints whether their sessions can be resumed from a session store. */
export const checkCommand: Command<typeof OPTIONS> = {
  name: "check",
  summary: "Run applications twice, and show whether a session store can resume their sessions",
  options: OPTIONS,
  operand: { name: "APPLICATION", help: "Files or folders of applications", required: true },
  async run(values, operands, args) {
    // Imported only here: other commands start faster.
    const { isCheckRun, printDocuments, resumeReports } = await import("../applications/resume_report.ts");
    if (isCheckRun()) {
      await printDocuments(operands, values.args);
      return 0;
    }
    const reports = await resumeReports(args);
    printLine(values.json ? JSON.stringify(reports) : reports.map(textOf).join("\n"));
    return reports.some(({ outcome }) => outcome === "refused") ? 1 : 0;
  },
};

function textOf({ application, outcome, differences }: ResumeReport): string {
  const shown = differences.slice(0, MAX_LINES).map((line) => `  ${line}`);
  const more = differences.length - shown.length;
  return [`${application}: ${TEXTS[outcome]}`, ...shown, ...more > 0 ? [`  and ${more} more`] : []].join("\n");
}
