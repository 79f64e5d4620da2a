/**
 * Texts of which most is always the same.
 *
 * @module
 */

/** A text with gaps to be filled: what lies between them is written once. */
export class GappedText<G extends string> {
  /** Pieces of text, and between each two of them the name of a gap. */
  readonly #parts: readonly string[];

  /**
   * Writes the text.
   *
   * @param gaps Names of the gaps, of letters only.
   * @param write The text, with marks where the gaps are: each as often as it likes.
   */
  constructor(gaps: readonly G[], write: (marks: Readonly<Record<G, string>>) => string) {
    const word = crypto.randomUUID();
    const marks = Object.fromEntries(gaps.map((gap) => [gap, `${word}-${gap}-`])) as Record<G, string>;
    this.#parts = write(marks).split(new RegExp(`${word}-(${gaps.join("|")})-`));
  }

  /** The text with its gaps filled. */
  fill(values: Readonly<Record<G, string>>): string {
    let text = this.#parts[0]!;
    for (let i = 1; i < this.#parts.length; i += 2) text += values[this.#parts[i] as G] + this.#parts[i + 1]!;
    return text;
  }
}
