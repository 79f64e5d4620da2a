import { asCancellation, TaskError } from "./task_error.ts";
import type { Task } from "./task.ts";
import type { TaskOptions } from "./task_options.ts";
import type { TaskCall } from "./pool/job.ts";
import type { TaskPool } from "./pool/task_pool.ts";

/** The calls of a task that have not ended. */
interface OpenCalls {
  /** Functions that cancel the calls, in their order. */
  readonly cancels: Set<(reason: DOMException) => void>;
  /** Settles when all calls so far have ended, also if the last one is cancelled before the others. Does not reject. */
  ended: Promise<void>;
}

/** Options of {@linkcode SessionTasks}. */
export interface SessionTasksOptions {
  readonly pool: Pick<TaskPool, "run">;
  /** Aborted when the session ends, which cancels its tasks. */
  readonly signal: AbortSignal;
  /** Maximum number of calls with the policy `"queue"` that wait for earlier ones. */
  readonly waitingPerSession: number;
}

/** Runs the tasks of one session by their policies. */
export class SessionTasks {
  readonly #options: SessionTasksOptions;
  /** The calls of each task. */
  readonly #open = new Map<string, OpenCalls>();

  constructor(options: SessionTasksOptions) {
    this.#options = options;
  }

  /**
   * Runs a task.
   *
   * @param source The task, or the URL of a module whose default export it is.
   * @param listeners Receive progress, and how the task has ended.
   * @throws {TypeError} If the policy is unknown.
   */
  async run(
    source: Task<never, never, unknown> | URL,
    input: unknown,
    options: TaskOptions,
    listeners: Pick<TaskCall, "onProgress" | "onEnded">,
  ): Promise<unknown> {
    const { policy = "every", transfer, permissions, timeoutMilliseconds } = options;
    const target = source instanceof URL ? { url: source.href, index: null } : { url: source.url, index: source.index };
    const key = `${target.url} ${target.index}`;
    const earlier = this.#open.get(key);
    if (policy === "latest") {
      for (const cancel of [...earlier?.cancels ?? []]) {
        cancel(new DOMException("A later call has replaced the task", "AbortError"));
      }
    } else if (policy === "queue") {
      const waiting = earlier?.cancels.size ?? 0;
      if (waiting >= this.#options.waitingPerSession) {
        throw new TaskError("too_many", `Cannot run the task: ${waiting} calls of it are waiting`);
      }
    } else if (policy !== "every") {
      throw new TypeError(`Cannot run a task by ${String(policy)}: the policies are every, queue and latest`);
    }
    const call = { ...target, input, transfer, permissions, timeoutMilliseconds, ...listeners, owner: this };
    const predecessors = policy === "queue" ? earlier?.ended : undefined;
    return await this.#track(key, options.signal, (signal) => this.#run({ ...call, signal }, predecessors));
  }

  async #run(call: TaskCall, earlier: Promise<void> | undefined): Promise<unknown> {
    if (earlier !== undefined) await Promise.race([earlier, aborted(call.signal!)]);
    return await this.#options.pool.run(call);
  }

  /** Runs a call with a signal that ends with the session, and keeps it among the open ones. */
  async #track(
    key: string,
    signal: AbortSignal | undefined,
    run: (signal: AbortSignal) => Promise<unknown>,
  ): Promise<unknown> {
    const controller = new AbortController();
    const sources = [this.#options.signal, signal].filter((source) => source !== undefined);
    const abort = (event: Event) => controller.abort((event.target as AbortSignal).reason);
    for (const source of sources) {
      if (source.aborted) controller.abort(source.reason);
      source.addEventListener("abort", abort, { once: true });
    }
    const calls = this.#open.get(key) ?? { cancels: new Set(), ended: Promise.resolve() };
    this.#open.set(key, calls);
    const result = run(controller.signal);
    const ended = result.then(() => {}, () => {});
    calls.ended = calls.ended.then(() => ended);
    const cancel = (reason: DOMException) => controller.abort(asCancellation(reason));
    calls.cancels.add(cancel);
    try {
      return await result;
    } finally {
      calls.cancels.delete(cancel);
      if (calls.cancels.size === 0) this.#open.delete(key);
      for (const source of sources) source.removeEventListener("abort", abort);
    }
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener("abort", () => resolve(), { once: true });
  });
}
