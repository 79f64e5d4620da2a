/**
 * The command `html`.
 *
 * @module
 */

import { Resources } from "../../embed/resources/resources.ts";
import { fileHtml } from "../../embed/standalone/file_html.ts";
import { FILE_OPERAND, FILE_OPTIONS, writeDocuments } from "../applications/document_files.ts";
import type { Command } from "../command.ts";
import type { OptionTable } from "../options/option.ts";
import { bokehjsBuild } from "../settings/bokehjs_build.ts";
import { Settings } from "../settings/settings.ts";

const OPTIONS = {
  live: { flag: "--live", kind: "flag", help: "Run the applications and their callbacks in the page" },
  resources: {
    flag: "--resources",
    kind: "choice",
    choices: ["cdn", "inline"],
    value: "MODE",
    help: "Whether pages load BokehJS from Bokeh's CDN or contain it (default: cdn)",
  },
  ...FILE_OPTIONS,
} as const satisfies OptionTable;

/** Writes the documents of applications as HTML files that work without a server. */
export const htmlCommand: Command<typeof OPTIONS> = {
  name: "html",
  summary: "Write the documents of applications as HTML files that work without a server",
  options: OPTIONS,
  operand: FILE_OPERAND,
  async run({ live, resources: mode = "cdn", ...values }, operands) {
    if (live) {
      const { writeLivePages } = await import("../applications/live_pages.ts");
      await writeLivePages(operands, { ...values, resources: mode });
      return 0;
    }
    const settings = await Settings.read();
    const bokehjs = await bokehjsBuild(settings);
    const resources = new Resources({ mode, bokehjs });
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
