/**
 * Texts of which only a few parts differ.
 *
 * @module
 */

/** A template whose constant parts are written once, so that filling it only joins texts. */
export class PrecompiledTemplate<N extends string> {
  /** Constant texts at even indices, and between each two of them the name of a placeholder. */
  readonly #parts: readonly string[];

  /**
   * Writes the template.
   *
   * @param names Names of the placeholders, of letters and underscores.
   * @param write Returns the text of the template. Its argument has a marker for each placeholder, which the text may
   * contain any number of times.
   */
  constructor(names: readonly N[], write: (markers: Readonly<Record<N, string>>) => string) {
    const unique = crypto.randomUUID();
    const markers = Object.fromEntries(names.map((name) => [name, `${unique}-${name}-`])) as Record<N, string>;
    this.#parts = write(markers).split(new RegExp(`${unique}-(${names.join("|")})-`));
  }

  /** Returns the text with a value in place of each placeholder. Values are inserted unchanged. */
  fill(values: Readonly<Record<N, string>>): string {
    let text = this.#parts[0]!;
    for (let i = 1; i < this.#parts.length; i += 2) text += values[this.#parts[i] as N] + this.#parts[i + 1]!;
    return text;
  }
}
