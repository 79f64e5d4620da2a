/**
 * Escaping of text for HTML and for scripts.
 *
 * @module
 */

import { escape } from "@std/html";

/**
 * Characters with a meaning for the HTML parser, and those that end a line in JavaScript before
 * ES2019. In JSON they can only occur in strings, in which an escape stands for the same character.
 */
const UNSAFE = /[<>&\u2028\u2029]/g;

/** Returns a value as JSON that is safe in a `<script>` element, as JavaScript or as JSON. */
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
