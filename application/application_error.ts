import { authorLine, authorTrace } from "./error_trace.ts";

/** An application failed to fill a document. `cause` is the error that the application threw. */
export class ApplicationError extends Error {
  /** Stack trace with only the lines of the application's own code. */
  readonly trace: string;
  /**
   * Location in the application's code, as `file:line:column`; undefined if the stack contains
   * none.
   */
  readonly at: string | undefined;

  /** Wraps an error that the application threw. */
  constructor(cause: unknown) {
    const at = authorLine(cause);
    super(`Cannot fill document: the application has failed${at === undefined ? "" : ` at ${at}`}`, { cause });
    this.name = "ApplicationError";
    this.at = at;
    this.trace = authorTrace(cause);
  }
}
