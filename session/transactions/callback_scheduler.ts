import type { Clock } from "../../common/clock.ts";
import type { SessionCallback } from "../../document/callbacks/session_callbacks.ts";
import { whenDone } from "./when_done.ts";

/** Options of {@linkcode CallbackScheduler}. */
interface CallbackSchedulerOptions {
  readonly clock: Clock;
  /** Runs a callback. Returns a promise if the callback is asynchronous. Must handle its errors. */
  readonly run: (callback: SessionCallback) => void | Promise<void>;
}

/** Starts a document's periodic, timeout and next-tick callbacks when they are due. */
export class CallbackScheduler {
  readonly #options: CallbackSchedulerOptions;
  /** The callbacks that wait or run periodically, each with the function that cancels its timer. */
  readonly #scheduled = new Map<SessionCallback, () => void>();

  /** Creates a scheduler without callbacks. */
  constructor(options: CallbackSchedulerOptions) {
    this.#options = options;
  }

  /** Returns whether a callback was added and not removed. */
  has(callback: SessionCallback): boolean {
    return this.#scheduled.has(callback);
  }

  /** Schedules a callback. */
  add(callback: SessionCallback): void {
    const { clock } = this.#options;
    if (callback.kind === "next_tick") {
      const immediate = clock.setImmediate(() => this.#fire(callback, 0));
      this.#scheduled.set(callback, () => clock.clearImmediate(immediate));
    } else this.#schedule(callback, clock.now() + callback.milliseconds);
  }

  /** Removes a callback. If it is running, it runs to its end. */
  remove(callback: SessionCallback): void {
    this.#scheduled.get(callback)?.();
    this.#scheduled.delete(callback);
  }

  /** Removes all callbacks. */
  stop(): void {
    for (const callback of this.#scheduled.keys()) this.remove(callback);
  }

  #schedule(callback: SessionCallback, due: number): void {
    const { clock } = this.#options;
    const timer = clock.setTimeout(() => this.#fire(callback, due), Math.max(due - clock.now(), 0));
    this.#scheduled.set(callback, () => clock.clearTimeout(timer));
  }

  /**
   * Runs a callback. A periodic callback that takes longer than its period runs again when it has
   * ended; the runs that it missed are skipped.
   */
  #fire(callback: SessionCallback, due: number): void {
    void whenDone(this.#options.run(callback), () => {
      if (callback.kind !== "periodic" || !this.#scheduled.has(callback)) return;
      this.#schedule(callback, Math.max(due + callback.milliseconds, this.#options.clock.now()));
    });
  }
}
