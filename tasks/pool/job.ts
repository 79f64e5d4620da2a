import { isCancellation } from "../task_error.ts";
import type { TaskOptions } from "../task_options.ts";

/** A task to run, with the session that asks for it. */
export interface TaskCall {
  /** URL of the module. */
  readonly url: string;
  /** Index of the task among those that the module defines; null for its default export. */
  readonly index: number | null;
  readonly input: unknown;
  /** The session. Sessions take turns in using the Workers. */
  readonly owner: object;
  readonly transfer?: TaskOptions["transfer"];
  readonly permissions?: TaskOptions["permissions"];
  /** Time limit; the pool's by default. */
  readonly timeoutMilliseconds?: number | undefined;
  /** Receives progress. */
  readonly onProgress?: ((value: unknown) => void) | undefined;
  /** Cancels the task. */
  readonly signal?: AbortSignal | undefined;
  /** Called when the task has ended, before its caller goes on. */
  readonly onEnded?: ((report: TaskReport) => void) | undefined;
}

/** How a task has ended. Durations are in milliseconds. */
export interface TaskReport {
  readonly outcome: "done" | "failed" | "cancelled";
  /** Time for which it waited for a Worker. */
  readonly waitedMilliseconds: number;
  /** Time for which it ran. */
  readonly milliseconds: number;
}

/** A call in the pool, from its start to its result. */
export class Job {
  readonly call: TaskCall;
  /** The result. */
  readonly promise: Promise<unknown>;
  /** Time at which the call was made, in milliseconds of `performance.now()`. */
  readonly calledAt: number = performance.now();
  /** Time at which a Worker was assigned; undefined while it waits. */
  startedAt: number | undefined;
  /** Called once, when the job has a result or an error. */
  onSettled: (() => void) | undefined;
  readonly #resolvers = Promise.withResolvers<unknown>();
  #isSettled = false;

  constructor(call: TaskCall) {
    this.call = call;
    this.promise = this.#resolvers.promise;
  }

  /** Key of the Workers that may run the job: those with the same permissions. */
  get permissionKey(): string {
    const { permissions } = this.call;
    return permissions === undefined ? "" : JSON.stringify(permissions);
  }

  /** Whether the job has a result or an error. */
  get isSettled(): boolean {
    return this.#isSettled;
  }

  resolve(value: unknown): void {
    if (this.#settle("done")) this.#resolvers.resolve(value);
  }

  reject(error: unknown): void {
    if (this.#settle(isCancellation(error) ? "cancelled" : "failed")) this.#resolvers.reject(error);
  }

  #settle(outcome: TaskReport["outcome"]): boolean {
    if (this.#isSettled) return false;
    this.#isSettled = true;
    const now = performance.now();
    const startedAt = this.startedAt ?? now;
    this.call.onEnded?.({
      outcome,
      waitedMilliseconds: startedAt - this.calledAt,
      milliseconds: now - startedAt,
    });
    this.onSettled?.();
    return true;
  }
}
