/**
 * Escaping of text for HTML and of JSON for scripts, and indentation of generated code.
 *
 * @module
 */

import { escape } from "@std/html";

/**
 * Characters that have a meaning in HTML (`</script>`, `<!--`), and the two that ended a line in
 * string literals of JavaScript before ES2019. In JSON they occur only in strings. There, an escape
 * such as `\u003c` has the same value.
 */
const UNSAFE = /[<>&\u2028\u2029]/g;

/**
 * Returns a value as JSON that can be inserted into a `<script>` element, as JavaScript or as JSON.
 *
 * @param value Value that `JSON.stringify` accepts, not undefined.
 */
export function scriptJson(value: unknown): string {
  return JSON.stringify(value).replace(UNSAFE, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/** Returns text escaped for the content of an element or for a quoted attribute. */
export function html(text: string): string {
  return escape(text);
}

/**
 * Returns a block of text with its lines indented by a number of spaces. Empty lines remain empty.
 */
export function indent(block: string, spaces: number): string {
  return block.replaceAll(/^(?=.)/gm, " ".repeat(spaces));
}
