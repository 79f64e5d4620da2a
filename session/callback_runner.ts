import type { SessionCallback } from "../document/session_callbacks.ts";
import type { Clock, TimerId } from "./clock.ts";

/** Options of {@linkcode CallbackRunner}. */
export interface CallbackRunnerOptions {
  clock: Clock;
  /** Runs a callback and answers when it has ended; takes care of its errors. */
  run: (callback: SessionCallback) => Promise<void>;
}

/** Runs the callbacks that a document asks its session for, each at its time. */
export class CallbackRunner {
  readonly #options: CallbackRunnerOptions;
  readonly #timers = new Map<SessionCallback, TimerId>();

  /** Starts with none. */
  constructor(options: CallbackRunnerOptions) {
    this.#options = options;
  }

  /** Takes a callback in. */
  add(callback: SessionCallback): void {
    this.#schedule(callback, this.#options.clock.now() + callback.milliseconds);
  }

  /** Lets a callback go; what runs already runs to its end. */
  remove(callback: SessionCallback): void {
    this.#options.clock.clearTimeout(this.#timers.get(callback));
    this.#timers.delete(callback);
  }

  /** Lets all go. */
  stop(): void {
    for (const callback of this.#timers.keys()) this.remove(callback);
  }

  #schedule(callback: SessionCallback, due: number): void {
    const { clock } = this.#options;
    this.#timers.set(callback, clock.setTimeout(() => this.#fire(callback, due), Math.max(due - clock.now(), 0)));
  }

  // a callback that takes longer than its period is run again when it has ended, and what it missed is not made up for
  async #fire(callback: SessionCallback, due: number): Promise<void> {
    await this.#options.run(callback);
    if (callback.kind !== "periodic" || !this.#timers.has(callback)) return;
    this.#schedule(callback, Math.max(due + callback.milliseconds, this.#options.clock.now()));
  }
}
