import type { Limits } from "../../common/limits.ts";
import type { Clock } from "../../common/clock.ts";
import type { SessionReporter } from "./session_reporter.ts";

/** Limits of {@linkcode SlowCallbacks}. */
type SlowCallbackLimits = Pick<Limits, "slowCallbackMilliseconds" | "blockingMilliseconds">;

/** Reports callbacks that take too long, with their names, so that their authors can find them. */
export class SlowCallbacks {
  readonly #clock: Clock;
  readonly #slow: number;
  readonly #blocking: number;

  /** Creates a reporter for all sessions of an application. */
  constructor(clock: Clock, limits: SlowCallbackLimits) {
    this.#clock = clock;
    this.#slow = limits.slowCallbackMilliseconds;
    this.#blocking = limits.blockingMilliseconds;
  }

  /**
   * Reports an asynchronous callback if it runs for too long. Returns a function to call when it
   * has ended.
   */
  watch(name: () => string, reporter: SessionReporter): () => void {
    const milliseconds = this.#slow;
    const timer = this.#clock.setTimeout(() => {
      reporter.log.warn("{name} has not ended after {milliseconds} ms: its session waits for it", {
        name: name(),
        milliseconds,
      });
      reporter.event({ type: "slowCallback", name: name(), milliseconds, blocking: false });
    }, milliseconds);
    return () => this.#clock.clearTimeout(timer);
  }

  /**
   * Reports a callback that blocked the event loop for `duration` milliseconds, if that is too
   * long.
   */
  reportBlocking(name: () => string, duration: number, reporter: SessionReporter): void {
    if (duration < this.#blocking) return;
    const milliseconds = Math.round(duration);
    reporter.log.warn(
      "{name} blocked the event loop for {milliseconds} ms, and with it all sessions: compute in a task (doc.task)",
      { name: name(), milliseconds },
    );
    reporter.event({ type: "slowCallback", name: name(), milliseconds, blocking: true });
  }
}
