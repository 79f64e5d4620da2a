import type { Clock } from "../../common/clock.ts";
import type { SessionObserver } from "./observer.ts";
import type { LogOwner } from "./session_log.ts";

/** From when on callbacks are named in the log. */
export interface SlowCallbackOptions {
  /**
   * After how long a callback that does not end is named, in milliseconds.
   *
   * @default {30_000}
   */
  slowCallbackMilliseconds?: number | undefined;
  /**
   * How long a callback may hold up the event loop before it is named, in milliseconds.
   *
   * @default {500}
   */
  blockingMilliseconds?: number | undefined;
}

/** Names callbacks that take too long, so that their author can find them. */
export class SlowCallbacks {
  readonly #clock: Clock;
  readonly #observer: SessionObserver;
  readonly #slow: number;
  readonly #blocking: number;

  /** Tells the log and the observer. */
  constructor(clock: Clock, observer: SessionObserver, options: SlowCallbackOptions = {}) {
    this.#clock = clock;
    this.#observer = observer;
    this.#slow = options.slowCallbackMilliseconds ?? 30_000;
    this.#blocking = options.blockingMilliseconds ?? 500;
  }

  /** Watches a callback that goes on; what is returned is to be called when it has ended. */
  watch(name: () => string, session: LogOwner): () => void {
    const milliseconds = this.#slow;
    const timer = this.#clock.setTimeout(() => {
      session.log.warn("{name} has not ended after {milliseconds} ms: its session waits for it", {
        name: name(),
        milliseconds,
      });
      this.#observer({ type: "slowCallback", name: name(), milliseconds, blocking: false });
    }, milliseconds);
    return () => this.#clock.clearTimeout(timer);
  }

  /** Hears for how long a callback let nobody else run. */
  ran(name: () => string, duration: number, session: LogOwner): void {
    if (duration < this.#blocking) return;
    const milliseconds = Math.round(duration);
    session.log.warn("{name} held up the event loop for {milliseconds} ms: nobody was answered", {
      name: name(),
      milliseconds,
    });
    this.#observer({ type: "slowCallback", name: name(), milliseconds, blocking: true });
  }
}
