import type { SessionCallback } from "../../document/callbacks/session_callbacks.ts";
import type { Clock } from "../../common/clock.ts";
import { whenDone } from "./when_done.ts";

/** Options of {@linkcode CallbackRunner}. */
export interface CallbackRunnerOptions {
  clock: Clock;
  /** Runs a callback and answers when it has ended, with nothing where it has ended already; takes care of its errors. */
  run: (callback: SessionCallback) => void | Promise<void>;
}

/** Runs the callbacks that a document asks its session for, each at its time. */
export class CallbackRunner {
  readonly #options: CallbackRunnerOptions;
  /** How each of those that wait is taken back. */
  readonly #waiting = new Map<SessionCallback, () => void>();

  /** Starts with none. */
  constructor(options: CallbackRunnerOptions) {
    this.#options = options;
  }

  /** Whether a callback is still to run, or to run again: it was neither removed nor stopped. */
  has(callback: SessionCallback): boolean {
    return this.#waiting.has(callback);
  }

  /** Takes a callback in. */
  add(callback: SessionCallback): void {
    const { clock } = this.#options;
    if (callback.kind === "next_tick") {
      const immediate = clock.setImmediate(() => this.#fire(callback, 0));
      this.#waiting.set(callback, () => clock.clearImmediate(immediate));
    } else this.#schedule(callback, clock.now() + callback.milliseconds);
  }

  /** Lets a callback go; what runs already runs to its end. */
  remove(callback: SessionCallback): void {
    this.#waiting.get(callback)?.();
    this.#waiting.delete(callback);
  }

  /** Lets all go. */
  stop(): void {
    for (const callback of this.#waiting.keys()) this.remove(callback);
  }

  #schedule(callback: SessionCallback, due: number): void {
    const { clock } = this.#options;
    const timer = clock.setTimeout(() => this.#fire(callback, due), Math.max(due - clock.now(), 0));
    this.#waiting.set(callback, () => clock.clearTimeout(timer));
  }

  // a callback that takes longer than its period is run again when it has ended, and what it missed is not made up for
  #fire(callback: SessionCallback, due: number): void {
    void whenDone(this.#options.run(callback), () => {
      if (callback.kind !== "periodic" || !this.#waiting.has(callback)) return;
      this.#schedule(callback, Math.max(due + callback.milliseconds, this.#options.clock.now()));
    });
  }
}
