/**
 * The rules for texts of errors, as Deno's standard library has them.
 *
 * @module
 */

/**
 * What is wrong with the text of an error, if anything.
 *
 * @param head the text as far as it is known; what is computed is "…"
 * @param tail the last piece that is written out, empty where the text ends in a computed value
 */
export function errorMessageProblem(head: string, tail: string): string | undefined {
  if (head === "") return "The text of an error is not empty";
  if (/^[a-z]+( |$)/.test(head)) return "The text of an error starts with a capital letter";
  if (/(^|[^.])\.\s*$/.test(tail)) return "The text of an error ends without a period";
  const contraction = /\b\w+(n't|'re|'ve|'ll)\b/i.exec(head);
  if (contraction !== null) return `The text of an error has no contractions: ${contraction[0]}`;
  return undefined;
}
