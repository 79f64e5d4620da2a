import type { Clock } from "../../common/clock.ts";
import type { SessionReporter } from "./session_reporter.ts";

/** Options of {@linkcode SlowCallbacks}. */
export interface SlowCallbackOptions {
  /**
   * Time after which a callback that has not ended is logged, in milliseconds.
   *
   * @default {30_000}
   */
  slowCallbackMilliseconds?: number | undefined;
  /**
   * Time for which a callback may block the event loop before it is logged, in milliseconds.
   *
   * @default {500}
   */
  blockingMilliseconds?: number | undefined;
}

/** Reports callbacks that take too long, with their names, so that their authors can find them. */
export class SlowCallbacks {
  readonly #clock: Clock;
  readonly #slow: number;
  readonly #blocking: number;

  /** Creates a reporter for all sessions of an application. */
  constructor(clock: Clock, options: SlowCallbackOptions = {}) {
    this.#clock = clock;
    this.#slow = options.slowCallbackMilliseconds ?? 30_000;
    this.#blocking = options.blockingMilliseconds ?? 500;
  }

  /** Reports an asynchronous callback if it runs for too long. Returns a function to call when it has ended. */
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

  /** Reports a callback that blocked the event loop for `duration` milliseconds, if that is too long. */
  reportBlocking(name: () => string, duration: number, reporter: SessionReporter): void {
    if (duration < this.#blocking) return;
    const milliseconds = Math.round(duration);
    reporter.log.warn("{name} held up the event loop for {milliseconds} ms: nobody was answered", {
      name: name(),
      milliseconds,
    });
    reporter.event({ type: "slowCallback", name: name(), milliseconds, blocking: true });
  }
}
