import { authorLine, authorTrace } from "./error_trace.ts";

/** An application could not fill a document, or one of its hooks failed. */
export class ApplicationError extends Error {
  /** The stack with the author's own lines only. */
  readonly trace: string;
  /** Where in the author's code it comes from, as `file:line:column`. */
  readonly at: string | undefined;

  /** Wraps what the application threw. */
  constructor(cause: unknown) {
    const at = authorLine(cause);
    super(`Cannot fill document: the application has failed${at === undefined ? "" : ` at ${at}`}`, { cause });
    this.name = "ApplicationError";
    this.at = at;
    this.trace = authorTrace(cause);
  }
}
