/**
 * Distinguishes the code of an application's author in stack traces from the code of this package,
 * of other packages and of the runtime. Used to show authors the line that caused an error, and to
 * attribute uncaught errors.
 *
 * @module
 */

import { stripVTControlCharacters } from "node:util";

/**
 * Folders of this package. An author of an application does not want to see their lines in a stack
 * trace.
 */
const OWN_FOLDERS = [
  "admin",
  "application",
  "auth",
  "cli",
  "client",
  "common",
  "document",
  "embed",
  "export",
  "files",
  "handlers",
  "io",
  "large_data",
  "live",
  "models",
  "plotting",
  "protocol",
  "sampledata",
  "server",
  "session",
  "shared",
  "store",
  "tasks",
  "testing",
];

const ROOT = new URL("../", import.meta.url).href;
/** Path of npm packages in Deno's cache, which has a folder for each registry. */
const NPM_CACHE = /\/npm\/[\w-]+(?:\.[\w-]+)+\//;
/**
 * Query of a file URL. Reloads in development add one, which does not belong to the file's name.
 */
const QUERY = /(?<=file:\/\/[^\s"'()?]+)\?[^\s"'():]*/g;
const OWN = [...OWN_FOLDERS.map((folder) => `${ROOT}${folder}/`), `${ROOT}mod.ts`];

/**
 * Returns the stack trace of an error, and of its causes, with only the lines of the author's code.
 * Lines of this package, of other packages and of the runtime are removed.
 *
 * @param error Anything that was thrown.
 * @param otherwise What to return if the stack has no line of the author's code: `"all"` lines, or
 * `"none"`.
 */
export function authorTrace(error: unknown, otherwise: "all" | "none" = "all"): string {
  if (!(error instanceof Error)) return String(error);
  const { head, frames } = splitStack(error);
  const shown = otherwise === "none" || authorLine(error) !== undefined ? frames.filter(isAuthors) : frames;
  const trace = [head, ...shown].join("\n");
  return error.cause === undefined ? trace : `${trace}\nCaused by: ${authorTrace(error.cause, otherwise)}`;
}

/**
 * Returns the first location of an error, or of its causes, in the author's code, as
 * `file:line:column`.
 */
export function authorLine(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const frame = splitStack(error).frames.find(isAuthors) ?? "";
  // Anchored: an unanchored search would take quadratic time on a line that repeats `http://`.
  const location = frame.slice(frame.lastIndexOf(" ") + 1).match(/^\(?((?:file|https?):\/\/\S+:\d+:\d+)\)?$/);
  return location?.[1] ?? authorLine(error.cause);
}

/**
 * Returns whether the stack of an error has a line of a module. For a folder, any file below it
 * counts.
 */
export function mentionsModule(error: unknown, module: URL): boolean {
  if (!(error instanceof Error)) return false;
  const { frames } = splitStack(error);
  const folder = module.href.endsWith("/") ? module.href : `${module.href}/`;
  return frames.some((frame) => frame.includes(`${module.href}:`) || frame.includes(folder));
}

/**
 * Returns whether an error originates in this package: its stack has lines of the package, and none
 * of an author's code.
 */
export function isOwnError(error: unknown): boolean {
  if (!(error instanceof Error) || authorLine(error) !== undefined) return false;
  return splitStack(error).frames.some((frame) => OWN.some((prefix) => frame.includes(prefix)));
}

/**
 * Returns whether a module belongs to this package or to a package of a registry, and thus not to
 * an application.
 */
export function isLibraryModule(url: string): boolean {
  return !url.startsWith("file:") || url.includes("/node_modules/") || NPM_CACHE.test(url) ||
    OWN.some((prefix) => url.startsWith(prefix));
}

function splitStack(error: Error): { head: string; frames: string[] } {
  const text = stripVTControlCharacters(error.stack ?? String(error)).replaceAll(QUERY, "");
  const lines = text.split("\n");
  const first = lines.findIndex((line) => /^\s+at /.test(line));
  if (first < 0) return { head: lines.join("\n"), frames: [] };
  return { head: lines.slice(0, first).join("\n"), frames: lines.slice(first) };
}

function isAuthors(frame: string): boolean {
  if (!/(file|https?):\/\//.test(frame)) return false;
  return !frame.includes("/node_modules/") && !NPM_CACHE.test(frame) &&
    !OWN.some((prefix) => frame.includes(prefix));
}
