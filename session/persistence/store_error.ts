/** Why a store refused or failed: see {@linkcode StoreError}. */
export type StoreErrorCode = "fenced" | "behind" | "missing" | "unavailable";

/** An operation that a store refused or could not do. */
export class StoreError extends Error {
  override readonly name = "StoreError";
  /**
   * `fenced`: another process owns the session now. `behind`: the store lacks earlier journal
   * entries. `missing`: the store has no record of the session. `unavailable`: the store could not
   * be reached, or failed; whether the operation was done is unknown, and it can be repeated.
   */
  readonly code: StoreErrorCode;

  /** Creates an error with a text for the log, a code, and its cause. */
  constructor(message: string, code: StoreErrorCode, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
