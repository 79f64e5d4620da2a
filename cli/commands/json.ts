/**
 * The command `json`.
 *
 * @module
 */

import { FILE_OPERAND, FILE_OPTIONS, writeDocuments } from "../applications/document_files.ts";
import type { Command } from "../command.ts";
import type { OptionTable } from "../options/option.ts";
import { bokehjsBuild } from "../settings/bokehjs_build.ts";
import { Settings } from "../settings/settings.ts";

const OPTIONS = {
  indent: {
    flag: "--indent",
    kind: "integer",
    value: "COLUMNS",
    help: "Indentation in columns (default: no line breaks)",
  },
  ...FILE_OPTIONS,
} as const satisfies OptionTable;

/** Writes the documents of applications as JSON files. */
export const jsonCommand: Command<typeof OPTIONS> = {
  name: "json",
  summary: "Write the documents of applications as JSON files",
  options: OPTIONS,
  operand: FILE_OPERAND,
  async run({ indent, ...values }, operands) {
    const settings = await Settings.read();
    const columns = indent ?? (settings.value("pretty") ? 2 : undefined);
    await writeDocuments(operands, {
      ...values,
      ending: "json",
      settings,
      bokehVersion: (await bokehjsBuild(settings)).version,
      content: (doc) => JSON.stringify(doc.to_json(), undefined, columns),
    });
    return 0;
  },
};
