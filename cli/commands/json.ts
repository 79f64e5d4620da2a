/**
 * The command `json`.
 *
 * @module
 */

import { Document } from "../../document/document.ts";
import { loadApplications } from "../application_paths.ts";
import type { Command } from "../command.ts";
import type { OptionTable } from "../option.ts";
import { documentValidation } from "../document_validation.ts";
import { Settings } from "../settings.ts";
import { checkOperands, writeOutput } from "../output_file.ts";

const OPTIONS = {
  indent: { flag: "--indent", kind: "integer", value: "COLUMNS", help: "Columns to indent by (default: one line)" },
  output: {
    flag: "--output",
    short: "-o",
    kind: "text",
    value: "PATH",
    help: "File to write, or - for standard output (default: the application's name and .json)",
  },
} as const satisfies OptionTable;

/** Writes the documents that applications make as JSON. */
export const jsonCommand: Command<typeof OPTIONS> = {
  name: "json",
  summary: "Write the documents that applications make as JSON",
  options: OPTIONS,
  operand: { name: "APPLICATION", help: "Files or folders of applications" },
  async run({ indent, output }, operands) {
    checkOperands(operands, output);
    const settings = await Settings.read();
    const columns = indent ?? (settings.value("pretty") ? 2 : undefined);
    for (const [route, application] of Object.entries(await loadApplications(operands))) {
      const doc = new Document();
      await application.fill(doc, documentValidation(settings));
      await writeOutput(JSON.stringify(doc.to_json(), undefined, columns), route, "json", output);
    }
    return 0;
  },
};
