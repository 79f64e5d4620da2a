import { throwAll } from "../common/throw_all.ts";

/** Collects errors of an application under test, and throws those that the test has not read. */
export class ErrorCollector {
  readonly #errors: unknown[] = [];
  #readCount = 0;

  /** All errors. Reading them marks them as read. */
  get all(): readonly unknown[] {
    this.#readCount = this.#errors.length;
    return [...this.#errors];
  }

  /** Adds an error. */
  add(error: unknown): void {
    this.#errors.push(error);
  }

  /**
   * Marks all errors as read, and throws those that were not.
   *
   * @throws The only unread error itself, or an AggregateError if there are several.
   */
  throwUnread(): void {
    const unread = this.#errors.slice(this.#readCount);
    this.#readCount = this.#errors.length;
    throwAll(unread, "callbacks of the application");
  }
}
