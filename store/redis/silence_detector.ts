/** Interval of the checks, in milliseconds. */
const CHECK_MILLISECONDS = 1000;
/** Number of checks at which a question is still without an answer. */
const MAX_CHECKS = 4;

/**
 * Detects that a question has no answer for about four seconds.
 *
 * It counts its own checks instead of measuring the time. Thus a process that did not run for a while reads the
 * answers that have arrived meanwhile first.
 */
export class SilenceDetector implements Disposable {
  readonly #onSilence: () => void;
  readonly #timer: ReturnType<typeof setInterval>;
  /** Numbers of unanswered questions since each of the last checks, the latest first. */
  #unanswered: { count: number }[] = [{ count: 0 }];

  /** Starts to check. */
  constructor(onSilence: () => void) {
    this.#onSilence = onSilence;
    this.#timer = setInterval(() => this.check(), CHECK_MILLISECONDS);
    Deno.unrefTimer(this.#timer);
  }

  /** Notes a question. Returns a function to call once when it is answered, or has failed. */
  noteQuestion(): () => void {
    const current = this.#unanswered[0]!;
    current.count++;
    return () => void current.count--;
  }

  /** Reports the silence if a question has no answer for too long. Then counts from the start. */
  check(): void {
    if (this.#unanswered.length >= MAX_CHECKS && this.#unanswered.pop()!.count > 0) {
      this.#unanswered = [];
      this.#onSilence();
    }
    this.#unanswered.unshift({ count: 0 });
  }

  /** Stops the checks. */
  [Symbol.dispose](): void {
    clearInterval(this.#timer);
  }
}
