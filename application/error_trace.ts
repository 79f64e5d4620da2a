import { stripVTControlCharacters } from "node:util";

/** Folders of this package: what is thrown through them was not written by the author of an application. */
const OWN_FOLDERS = [
  "application",
  "cli",
  "client",
  "document",
  "embed",
  "handlers",
  "models",
  "plotting",
  "protocol",
  "server",
  "session",
  "testing",
];

const ROOT = new URL("../", import.meta.url).href;
/** Where Deno keeps packages of npm: a folder for each registry. */
const NPM_CACHE = /\/npm\/[\w-]+(?:\.[\w-]+)+\//;
/** What tells the loads of one module apart, and nothing of its file. */
const QUERY = /(?<=file:\/\/[^\s"'()?]+)\?[^\s"'():]*/g;
const OWN = [...OWN_FOLDERS.map((folder) => `${ROOT}${folder}/`), `${ROOT}mod.ts`];

/**
 * The stack of an error without the lines of this package and of the runtime: what is left is the author's own.
 *
 * @param error what was thrown
 * @param otherwise what is left of a stack where neither it nor its cause has a line of the author's
 */
export function authorTrace(error: unknown, otherwise: "all" | "none" = "all"): string {
  if (!(error instanceof Error)) return String(error);
  const { head, frames } = splitStack(error);
  const shown = otherwise === "none" || authorLine(error) !== undefined ? frames.filter(isAuthors) : frames;
  const trace = [head, ...shown].join("\n");
  return error.cause === undefined ? trace : `${trace}\nCaused by: ${authorTrace(error.cause, otherwise)}`;
}

/** Where in the author's own code an error or its cause comes from, as `file:line:column`. */
export function authorLine(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const frame = splitStack(error).frames.find(isAuthors) ?? "";
  // anchored: a search through a line that repeats `http://` takes quadratic time
  const location = frame.slice(frame.lastIndexOf(" ") + 1).match(/^\(?((?:file|https?):\/\/\S+:\d+:\d+)\)?$/);
  return location?.[1] ?? authorLine(error.cause);
}

/** Returns whether the stack of an error has a line of a module: of that file, or of any file below that folder. */
export function mentionsModule(error: unknown, module: URL): boolean {
  if (!(error instanceof Error)) return false;
  const { frames } = splitStack(error);
  const folder = module.href.endsWith("/") ? module.href : `${module.href}/`;
  return frames.some((frame) => frame.includes(`${module.href}:`) || frame.includes(folder));
}

/** Returns whether an error was thrown by this package on its own account: its stack has no line of other code. */
export function isOwnError(error: unknown): boolean {
  if (!(error instanceof Error) || authorLine(error) !== undefined) return false;
  return splitStack(error).frames.some((frame) => OWN.some((prefix) => frame.includes(prefix)));
}

/** Whether a module is of this package, or of another from a registry: the author of an application writes neither. */
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
