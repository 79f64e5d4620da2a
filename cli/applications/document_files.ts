/**
 * What commands have in common that write a file for each application.
 *
 * @module
 */

import { errorMessage } from "../../common/error_message.ts";
import { Document } from "../../document/document.ts";
import { noFiles } from "../../session/file_table.ts";
import { loadApplications } from "./application_paths.ts";
import { documentValidation } from "../settings/document_validation.ts";
import { CommandError } from "../exit.ts";
import type { OptionTable } from "../options/option.ts";
import { printLine } from "../print.ts";
import type { Settings } from "../settings/settings.ts";

/** The options of these commands. */
export const FILE_OPTIONS = {
  output: {
    flag: "--output",
    short: "-o",
    kind: "append",
    value: "PATH",
    help: "File to write, or - for standard output; once for each application (default: the application's name)",
  },
  args: { flag: "--args", kind: "rest", help: "All that follows is for the applications" },
} as const satisfies OptionTable;

/** The applications of these commands. */
export const FILE_OPERAND = { name: "APPLICATION", help: "Files or folders of applications", required: true } as const;

/** How {@linkcode writeDocuments} writes. */
export interface DocumentFiles {
  /** Ending of the files that have no name of their own. */
  readonly ending: string;
  /** Files in the order of the applications, `-` for standard output; those of the applications that are left have the applications' names. */
  readonly output?: readonly string[] | undefined;
  /** What applications find in `serverContext.argv`. */
  readonly args?: readonly string[] | undefined;
  /** What becomes of mistakes in documents. */
  readonly settings: Settings;
  /** Version of BokehJS that the documents state. */
  readonly bokehVersion: string;
  /** The text of a document. */
  text(doc: Document): string | Promise<string>;
}

/** Fills a document by each application, and writes it. */
export async function writeDocuments(paths: readonly string[], files: DocumentFiles): Promise<void> {
  const { ending, output = [], args, settings, bokehVersion, text } = files;
  const applications = Object.entries(await loadApplications(paths));
  if (output.length > applications.length) {
    const count = applications.length === 1 ? "1 application" : `${applications.length} applications`;
    throw new CommandError(`Cannot write ${output.length} files for ${count}`);
  }
  for (const [index, [route, application]] of applications.entries()) {
    const doc = new Document({ bokehVersion });
    if (args !== undefined) doc.session_context = contextOf(doc, args);
    await application.fill(doc, documentValidation(settings));
    await write(await text(doc), output[index] ?? `${route.slice(1)}.${ending}`);
  }
}

/** A session that nobody visits, for applications that want arguments. */
function contextOf(doc: Document, argv: readonly string[]): Document["session_context"] {
  return {
    id: "",
    request: null,
    tokenPayload: {},
    serverContext: { sessions: [], argv },
    logoutUrl: null,
    files: noFiles("", (fn) => fn()),
    destroyed: false,
    withLockedDocument: async (fn) => await fn(doc),
  };
}

async function write(text: string, path: string): Promise<void> {
  if (path === "-") return printLine(text);
  try {
    await Deno.writeTextFile(path, text);
  } catch (error) {
    throw new CommandError(`Cannot write ${path}: ${errorMessage(error)}`);
  }
}
