/** Reason of a {@linkcode StoreError}. */
export type StoreErrorCode = "fenced" | "behind" | "missing" | "unavailable";

/** An operation that a session store refused, or that failed. */
export class StoreError extends Error {
  /** Name of the class. */
  override readonly name = "StoreError";
  /**
   * `fenced`: another process owns the session now. `behind`: the store lacks earlier journal
   * entries. `missing`: the store has no record of the session. `unavailable`: the store could not
   * be reached, or failed; it is unknown whether the operation was done, and it can be repeated.
   */
  readonly code: StoreErrorCode;

  /** Creates an error. Its message is for the log. */
  constructor(message: string, code: StoreErrorCode, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
