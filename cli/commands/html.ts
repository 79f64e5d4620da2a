/**
 * The command `html`.
 *
 * @module
 */

import { Resources } from "../../embed/resources/resources.ts";
import { fileHtml } from "../../embed/standalone/file_html.ts";
import { FILE_OPERAND, FILE_OPTIONS, writeDocuments } from "../applications/document_files.ts";
import type { Command } from "../command.ts";
import { bokehjsBuild } from "../settings/bokehjs_build.ts";
import { Settings } from "../settings/settings.ts";

/** Writes the documents of applications as HTML files that work without a server. */
export const htmlCommand: Command<typeof FILE_OPTIONS> = {
  name: "html",
  summary: "Write the documents of applications as HTML files that work without a server",
  options: FILE_OPTIONS,
  operand: FILE_OPERAND,
  async run(values, operands) {
    const settings = await Settings.read();
    const bokehjs = await bokehjsBuild(settings);
    const resources = new Resources({ mode: "cdn", bokehjs });
    await writeDocuments(operands, {
      ...values,
      ending: "html",
      settings,
      bokehVersion: bokehjs.version,
      content: (doc) => fileHtml(doc, { resources }),
    });
    return 0;
  },
};
