/**
 * Text that must not break out of the place it is put in.
 *
 * @module
 */

import { escape } from "@std/html";

/** What HTML or old JavaScript would take for an end, written so that JSON still means the same. */
const UNSAFE = /[<>&\u2028\u2029]/g;

/** A value as JSON that may stand inside a `<script>`, as JavaScript or as JSON. */
export function scriptJson(value: unknown): string {
  return JSON.stringify(value).replace(UNSAFE, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/** Text for the content of an element or for a quoted attribute. */
export function html(text: string): string {
  return escape(text);
}

/** Text to stand before each line of a block, for pages that people read. */
export function indent(block: string, spaces: number): string {
  return block.replaceAll(/^(?=.)/gm, " ".repeat(spaces));
}
