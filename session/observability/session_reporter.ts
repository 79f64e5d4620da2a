import type { Logger } from "@logtape/logtape";
import { isCancellation } from "../../tasks/task_error.ts";
import { CallbackError } from "../transactions/callback_error.ts";
import type { SessionEvent, SessionObserver } from "./observer.ts";
import { type SessionLogFields, sessionLogger } from "./session_log.ts";

/** Reports the events and errors of one session to its logger and its observer. */
export class SessionReporter {
  readonly #observer: SessionObserver;
  readonly #logFields: SessionLogFields | undefined;
  #log: Logger | undefined;

  /**
   * Creates a reporter. It creates its logger when the first line is written.
   *
   * @param observer Receives the session's events.
   * @param logFields Fields of every log line of the session.
   */
  constructor(observer: SessionObserver, logFields: SessionLogFields | undefined) {
    this.#observer = observer;
    this.#logFields = logFields;
  }

  /**
   * The session's logger. Its lines have the application, user and address of the session as
   * fields.
   */
  get log(): Logger {
    return this.#log ??= sessionLogger(this.#logFields);
  }

  /** Reports an event. */
  event(event: SessionEvent): void {
    this.#observer(event);
  }

  /**
   * Reports an error that the application's code threw: logs it with its stack. Clients never
   * receive it. Does not report that a task was cancelled.
   */
  callbackFailed(error: unknown, reference?: string): void {
    const cause = error instanceof CallbackError ? error.cause : error;
    if (isCancellation(cause)) return;
    if (reference === undefined) this.log.error("A callback failed: {error}", { error: cause });
    else this.log.error("A callback failed (reference {reference}): {error}", { error: cause, reference });
    this.#observer({ type: "callbackFailed", error: cause });
  }

  /** Reports an error of the server's own code, which no application can have caused. */
  internalError(error: unknown): void {
    this.log.fatal("Internal error of the server: {error}", { error });
    this.#observer({ type: "internalError", error });
  }
}
