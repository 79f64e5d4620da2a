/**
 * The command `html`.
 *
 * @module
 */

import { Document } from "../../document/document.ts";
import { fileHtml } from "../../embed/file_html.ts";
import { loadApplications } from "../application_paths.ts";
import type { Command } from "../command.ts";
import type { OptionTable } from "../option.ts";
import { documentValidation } from "../document_validation.ts";
import { Settings } from "../settings.ts";
import { checkOperands, writeOutput } from "../output_file.ts";

const OPTIONS = {
  output: {
    flag: "--output",
    short: "-o",
    kind: "text",
    value: "PATH",
    help: "File to write, or - for standard output (default: the application's name and .html)",
  },
} as const satisfies OptionTable;

/** Writes the documents that applications make as pages that need no server. */
export const htmlCommand: Command<typeof OPTIONS> = {
  name: "html",
  summary: "Write the documents that applications make as pages that need no server",
  options: OPTIONS,
  operand: { name: "APPLICATION", help: "Files or folders of applications" },
  async run({ output }, operands) {
    checkOperands(operands, output);
    const validation = documentValidation(await Settings.read());
    for (const [route, application] of Object.entries(await loadApplications(operands))) {
      const doc = new Document();
      await application.fill(doc, validation);
      await writeOutput(await fileHtml(doc), route, "html", output);
    }
    return 0;
  },
};
