/**
 * Searches the files under version control for paths and package registries of the developer's machine.
 *
 * @module
 */

import { outputOf } from "../setup/process.ts";

const FOLDERS = ["root", "home", "Users", "work", "tmp", "mnt"].join("|");
const PATTERNS = [
  new RegExp(`(?<![\\w.}*-])/(?:${FOLDERS})/[\\w.]`),
  /\bregistry\.[\w-]+\.(?:org|com|net|io|dev|internal|local)\b/,
  /\bfiles\.pythonhosted\b|\bpypi\.org\/simple/,
];

/** Returns the lines of a text that contain such a path or registry, each with its number. */
export function machinePaths(text: string): string[] {
  return text.split("\n").flatMap((line, index) =>
    PATTERNS.some((pattern) => pattern.test(line)) ? [`${index + 1}: ${line.trim().slice(0, 160)}`] : []
  );
}

if (import.meta.main) {
  const tracked = (await outputOf("git", ["ls-files"]) ?? "").split("\n").filter((path) =>
    /\.(?!png|ico)\w+$/.test(path)
  );
  let found = 0;
  for (const path of tracked) {
    const text = await Deno.readTextFile(path).catch(() => "");
    for (const line of machinePaths(text)) {
      console.error(`${path}:${line}`);
      found++;
    }
  }
  Deno.exit(found === 0 ? 0 : 1);
}
