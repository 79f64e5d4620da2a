/**
 * Checks the texts of errors by the rules of Deno's standard library.
 *
 * @module
 */

/**
 * Returns the rule that the text of an error breaks, or `undefined` if it breaks none.
 *
 * @param head the text, with "…" for each computed part
 * @param tail the literal text after the last computed part; empty if the text ends with a computed part
 * @see https://docs.deno.com/runtime/contributing/style_guide/#error-messages
 */
export function errorMessageProblem(head: string, tail: string): string | undefined {
  if (head === "") return "An error has a text";
  if (/^[a-z]+( |$)/.test(head)) return "The text of an error starts with a capital letter";
  if (/(^|[^.])\.\s*$/.test(tail)) return "The text of an error ends without a period";
  const contraction = /\b\w+(n't|'re|'ve|'ll)\b/i.exec(head);
  if (contraction !== null) return `The text of an error has no contractions: ${contraction[0]}`;
  return undefined;
}
