/**
 * The command `build`.
 *
 * @module
 */

import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { errorMessage } from "../../common/error_message.ts";
import { definedExtensions } from "../../models/extensions/extension.ts";
import { FILE_OPERAND } from "../applications/document_files.ts";
import { loadApplications } from "../applications/application_paths.ts";
import type { Command } from "../command.ts";
import { CommandError } from "../exit.ts";
import { printLine } from "../print.ts";

/**
 * Writes the bundles of the views of custom models beside the views, for programs that
 * `deno compile` makes.
 */
export const buildCommand: Command<Record<never, never>> = {
  name: "build",
  summary: "Bundle the views of the custom models of applications for deno compile",
  options: {},
  operand: FILE_OPERAND,
  async run(_values, operands) {
    const { bundleFileOf, bundleView } = await import("../../embed/extensions/bundle_view.ts");
    await loadApplications(operands);
    const views = new Map(Array.from(definedExtensions(), ({ view }) => [String(view), view]));
    for (const view of views.values()) {
      if (!(view instanceof URL) || view.protocol !== "file:") continue;
      const file = fileURLToPath(bundleFileOf(view));
      try {
        await Deno.writeTextFile(file, (await bundleView(view)).text);
      } catch (error) {
        throw new CommandError(`Cannot write ${basename(file)}: ${errorMessage(error)}`);
      }
      printLine(file);
    }
    return 0;
  },
};
