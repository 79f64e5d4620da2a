/** A callback of the application failed. What it threw is the `cause`: for the log, and for nobody outside. */
export class CallbackError extends Error {
  /** Wraps what was thrown. */
  constructor(cause: unknown) {
    super("Callback of the application failed", { cause });
    this.name = "CallbackError";
  }
}
