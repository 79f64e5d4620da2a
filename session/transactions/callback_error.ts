/**
 * A failure of a callback of the application. Its `cause` is for the log only: clients do not
 * receive it.
 */
export class CallbackError extends Error {
  /** Wraps the error that the callback threw. */
  constructor(cause: unknown) {
    super("Callback of the application failed", { cause });
    this.name = "CallbackError";
  }
}
