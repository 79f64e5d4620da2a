/**
 * Checks the spelling of names, comments, texts and documentation with cspell, in American English.
 *
 * Words that are in no dictionary of cspell are listed in `bokeh.txt` (names of Bokeh), `project.txt` (all others) and
 * `misspelled.txt` (intended mistakes in tests). Arguments are folders and files to check; the default is all.
 *
 * @module
 */

import { fromFileUrl } from "@std/path";
import { textFiles } from "./text_files.ts";

const ROOT = new URL("../..", import.meta.url);

/** Runs cspell on files. Its reports go to the terminal. Returns its exit code. */
async function runCspell(paths: readonly string[]): Promise<number> {
  const child = new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "-A",
      "npm:cspell@10.4.1",
      "lint",
      "--config=tools/words/cspell.json",
      "--no-progress",
      "--no-summary",
      "--cache",
      "--cache-strategy=content",
      "--cache-location=.cache/cspell",
      "--root=.",
      "--file-list=stdin",
    ],
    cwd: ROOT,
    stdin: "piped",
  }).spawn();
  const input = child.stdin.getWriter();
  await input.write(new TextEncoder().encode(paths.map((path) => fromFileUrl(new URL(path, ROOT))).join("\n")));
  await input.close();
  return (await child.status).code;
}

if (import.meta.main) Deno.exit(await runCspell(await textFiles(Deno.args)));
