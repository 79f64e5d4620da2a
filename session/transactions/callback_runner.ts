import type { Clock } from "../../common/clock.ts";
import { runInScope } from "../../document/callbacks/callback_scope.ts";
import type { SessionCallback } from "../../document/callbacks/session_callbacks.ts";
import type { Trace } from "../observability/trace.ts";
import type { SessionLifetime } from "../session_lifetime.ts";
import { CallbackScheduler } from "./callback_scheduler.ts";
import type { TransactionQueue } from "./transaction_queue.ts";
import { whenDone } from "./when_done.ts";

/** Options of {@linkcode CallbackRunner}. */
interface CallbackRunnerOptions {
  readonly clock: Clock;
  readonly trace: Trace;
  readonly lifetime: SessionLifetime;
  /** Runs each callback in a transaction, unless the callback runs without the document's lock. */
  readonly transactions: TransactionQueue;
}

/**
 * Runs the periodic, timeout and next-tick callbacks of a session's document, and reports their
 * durations and errors.
 */
export class CallbackRunner {
  readonly #options: CallbackRunnerOptions;
  readonly #scheduler: CallbackScheduler;

  /** Creates a runner without callbacks. */
  constructor(options: CallbackRunnerOptions) {
    this.#options = options;
    this.#scheduler = new CallbackScheduler({ clock: options.clock, run: (callback) => this.#run(callback) });
  }

  /** Schedules a callback. */
  add(callback: SessionCallback): void {
    this.#scheduler.add(callback);
  }

  /** Removes a callback. If it is running, it runs to its end. */
  remove(callback: SessionCallback): void {
    this.#scheduler.remove(callback);
  }

  /** Removes all callbacks. */
  stop(): void {
    this.#scheduler.stop();
  }

  #run(callback: SessionCallback): void | Promise<void> {
    const { kind } = callback;
    const { clock, trace, lifetime, transactions: { reporter } } = this.#options;
    const start = clock.now();
    const failed = (error: unknown) => {
      if (!lifetime.destroyed) reporter.callbackFailed(error);
    };
    let done: unknown;
    try {
      done = trace("bokeh callback", { "bokeh.kind": kind }, () => this.#call(callback));
    } catch (error) {
      failed(error);
    }
    return whenDone(
      done instanceof Promise ? done.catch(failed) : undefined,
      () => reporter.event({ type: "callbackEnded", kind, milliseconds: clock.now() - start }),
    );
  }

  #call(callback: SessionCallback): unknown {
    const { transactions } = this.#options;
    // The callback may be removed while it waits for the lock.
    const run = () => this.#scheduler.has(callback) ? callback.callback() : undefined;
    if (callback.unlocked) return runInScope(undefined, transactions.sync.document, async () => void await run());
    // A new transaction: the callback is not part of the transaction that scheduled it.
    return transactions.start({ name: () => `The ${callback.kind} callback ${callback.name}` }, run);
  }
}
