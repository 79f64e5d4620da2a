/**
 * Texts of which only a few parts differ.
 *
 * @module
 */

/** A template whose constant parts are written once, so that filling it only joins texts. */
export class PrecompiledTemplate<N extends string> {
  /** Constant texts at even indices, and between each two of them the name of a placeholder. */
  #parts: readonly string[] | undefined;
  readonly #compile: () => readonly string[];

  /**
   * Creates a template. It is compiled when it is first filled, so that it does not delay the start
   * of a server.
   *
   * @param names Names of the placeholders, of letters and underscores.
   * @param write Returns the text of the template. Its argument has a marker for each placeholder,
   * which the text may contain any number of times.
   */
  constructor(names: readonly N[], write: (markers: Readonly<Record<N, string>>) => string) {
    this.#compile = () => {
      const unique = crypto.randomUUID();
      const markers = Object.fromEntries(names.map((name) => [name, `${unique}-${name}-`])) as Record<N, string>;
      return write(markers).split(new RegExp(`${unique}-(${names.join("|")})-`));
    };
  }

  /** Returns the text with a value in place of each placeholder. Values are inserted unchanged. */
  fill(values: Readonly<Record<N, string>>): string {
    const parts = this.#parts ??= this.#compile();
    let text = parts[0]!;
    for (let i = 1; i < parts.length; i += 2) text += values[parts[i] as N] + parts[i + 1]!;
    return text;
  }
}
