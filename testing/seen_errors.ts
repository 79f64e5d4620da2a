/** Errors of an application under test, and whether the test has looked at them. */
export class SeenErrors {
  readonly #errors: unknown[] = [];
  #seen = 0;

  /** All of them; from now on they count as looked at. */
  get all(): readonly unknown[] {
    this.#seen = this.#errors.length;
    return [...this.#errors];
  }

  /** Takes one more. */
  add(error: unknown): void {
    this.#errors.push(error);
  }

  /** Throws those that nobody has looked at: one as it is, several as an AggregateError. */
  throwUnseen(): void {
    const unseen = this.#errors.slice(this.#seen);
    this.#seen = this.#errors.length;
    if (unseen.length > 1) throw new AggregateError(unseen, `${unseen.length} callbacks of the application failed`);
    if (unseen.length === 1) throw unseen[0];
  }
}
