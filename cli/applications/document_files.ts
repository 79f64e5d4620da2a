/**
 * Options and implementation that the commands `json` and `html` share. Both write the document of
 * each application to a file.
 *
 * @module
 */

import { errorMessage } from "../../common/error_message.ts";
import type { Document } from "../../document/document.ts";
import { createDocument } from "../../document/document_sync.ts";
import { noFiles } from "../../session/file_table.ts";
import { CommandError } from "../exit.ts";
import type { OptionTable } from "../options/option.ts";
import { printBytes, printLine } from "../print.ts";
import { documentValidation } from "../settings/document_validation.ts";
import type { Settings } from "../settings/settings.ts";
import { loadApplications } from "./application_paths.ts";

/** Options of both commands. */
export const FILE_OPTIONS = {
  output: {
    flag: "--output",
    short: "-o",
    kind: "append",
    value: "PATH",
    help:
      "File to write, or - for standard output; may be repeated for each application (default: the application's name)",
  },
  args: { flag: "--args", kind: "rest", help: "All following arguments are passed to the applications" },
} as const satisfies OptionTable;

/** Positional arguments of both commands. */
export const FILE_OPERAND = { name: "APPLICATION", help: "Files or folders of applications", required: true } as const;

/** Options of {@linkcode writeDocuments}. */
export interface DocumentFiles {
  /** Extension of files whose name is derived from the application's name, without a dot. */
  readonly ending: string;
  /**
   * Paths of the files in the order of the applications, `-` for standard output. Applications
   * without a path here are written to a file that has the application's name.
   */
  readonly output?: readonly string[] | undefined;
  /** Arguments that applications receive as `serverContext.argv`. */
  readonly args?: readonly string[] | undefined;
  /**
   * Settings. `perform_document_validation` and `validation_level` decide whether problems that
   * validation finds in a document are logged or are errors.
   */
  readonly settings: Settings;
  /** Version of BokehJS that is written into documents. */
  readonly bokehVersion: string;
  /** Returns the content of the file for a document. */
  content(doc: Document): string | Uint8Array | Promise<string | Uint8Array>;
}

/**
 * Creates a document for each application, runs the application on it, and writes the document to a
 * file.
 *
 * @param paths Paths of applications: modules, folders or JSON files.
 * @param files The files to write, and how to write them.
 * @throws {CommandError} If an application cannot be loaded, there are more files than
 * applications, or a file cannot be written.
 */
export async function writeDocuments(paths: readonly string[], files: DocumentFiles): Promise<void> {
  const { ending, output = [], args, settings, bokehVersion, content } = files;
  if (paths.length === 0) return;
  const applications = Object.entries(await loadApplications(paths));
  if (output.length > applications.length) {
    const count = applications.length === 1 ? "1 application" : `${applications.length} applications`;
    throw new CommandError(`Cannot write ${output.length} files for ${count}`);
  }
  for (const [index, [route, application]] of applications.entries()) {
    const doc = createDocument({ bokehVersion });
    if (args !== undefined) doc.session_context = contextOf(doc, args);
    await application.fill(doc, documentValidation(settings));
    await writeFile(await content(doc), output[index] ?? `${route.slice(1)}.${ending}`);
  }
}

/**
 * Returns a session context for a document that belongs to no session. It provides the arguments
 * (`serverContext.argv`), but no request, and no server for the URLs of its files.
 */
function contextOf(doc: Document, argv: readonly string[]): Document["session_context"] {
  return {
    id: "",
    request: null,
    tokenPayload: {},
    serverContext: { sessions: [], argv, onSchedule: () => {} },
    logoutUrl: null,
    files: noFiles("", (fn) => fn()),
    destroyed: false,
    resumed: false,
    withLockedDocument: async (fn) => await fn(doc),
  };
}

/**
 * Writes a file.
 *
 * @param path Path of the file, `-` for standard output.
 * @throws {CommandError} If the file cannot be written.
 */
export async function writeFile(content: string | Uint8Array, path: string): Promise<void> {
  if (path === "-" && typeof content === "string") return printLine(content);
  if (path === "-") return printBytes(content as Uint8Array);
  try {
    if (typeof content === "string") await Deno.writeTextFile(path, content);
    else await Deno.writeFile(path, content);
  } catch (error) {
    throw new CommandError(`Cannot write ${path}: ${errorMessage(error)}`);
  }
}
