/**
 * Reports retired words and phrases (`retired_words.ts`) in names, comments, texts and documentation.
 *
 * Reads the whole checkout, or the folders and files that are named as arguments:
 *
 * ```sh
 * deno task check:words document/ docs/
 * ```
 *
 * @module
 */

import { RETIRED_WORDS } from "./retired_words.ts";
import { textFiles } from "./text_files.ts";

/** A retired word in a file. */
export interface Finding {
  readonly line: number;
  readonly found: string;
  readonly instead: string;
}

/** Allowed uses by path: quotations, former names, and this list itself. They are removed before the search. */
const ALLOWED: Readonly<Record<string, readonly RegExp[]>> = {
  "tools/words/check_words.ts": [/`Moment`/g],
  // the former name of a type
  "CHANGELOG.md": [/`Moment`/g],
  "tools/words/retired_words.ts": [/[^]*/g],
  "tools/words/check_words_test.ts": [/[^]*/g],
  "tools/lint/lint_plugin_test.ts": [/Can\\'t/],
};

/** Returns the retired words in a text, in the order of their positions. */
export function findRetiredWords(text: string): Finding[] {
  return RETIRED_WORDS
    .flatMap(({ pattern, instead }) => [...text.matchAll(pattern)].map((match) => ({ match, instead })))
    .sort((a, b) => a.match.index - b.match.index)
    .map(({ match: { index, 0: found }, instead }) => ({
      line: text.slice(0, index).split("\n").length,
      found: found.replaceAll(/\s*\n\s*(?:\*|\/\/|#)?\s*/g, " "),
      instead,
    }));
}

/** Removes the allowed uses from a text. Line breaks stay, so that line numbers do not change. */
function withoutAllowed(path: string, text: string): string {
  return (ALLOWED[path] ?? []).reduce(
    (rest, allowed) => rest.replace(allowed, (use) => use.replaceAll(/[^\n]/g, "")),
    text,
  );
}

if (import.meta.main) {
  const counts = new Map<string, number>();
  for (const path of await textFiles(Deno.args)) {
    const text = withoutAllowed(path, await Deno.readTextFile(path));
    for (const { line, found, instead } of findRetiredWords(`${text}\n${path}`)) {
      console.error(`${path}:${line}: "${found}" -> ${instead}`);
      counts.set(path, (counts.get(path) ?? 0) + 1);
    }
  }
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
  if (total > 0) console.error(`${total} retired words in ${counts.size} files`);
  Deno.exit(total === 0 ? 0 : 1);
}
