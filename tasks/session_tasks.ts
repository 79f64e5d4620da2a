import { asCancellation, TaskError } from "./task_error.ts";
import type { Task } from "./task.ts";
import type { TaskOptions } from "./task_options.ts";
import type { TaskCall } from "./pool/job.ts";
import type { TaskPool } from "./pool/task_pool.ts";

/** A call that has not ended. */
interface OpenCall {
  readonly cancel: (reason: DOMException) => void;
  /** Settles when the call has ended. Does not reject. */
  readonly ended: Promise<void>;
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
  /** The calls of each task, in their order. */
  readonly #open = new Map<string, Set<OpenCall>>();

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
    const earlier = [...this.#open.get(key) ?? []];
    if (policy === "latest") {
      for (const { cancel } of earlier) cancel(new DOMException("A later call has replaced the task", "AbortError"));
    } else if (policy === "queue") {
      if (earlier.length >= this.#options.waitingPerSession) {
        throw new TaskError("too_many", `Cannot run the task: ${earlier.length} calls of it are waiting`);
      }
    } else if (policy !== "every") {
      throw new TypeError(`Cannot run a task by ${String(policy)}: the policies are every, queue and latest`);
    }
    const call = { ...target, input, transfer, permissions, timeoutMilliseconds, ...listeners, owner: this };
    const predecessor = policy === "queue" ? earlier.at(-1)?.ended : undefined;
    return await this.#track(key, options.signal, (signal) => this.#run({ ...call, signal }, predecessor));
  }

  async #run(call: TaskCall, predecessor: Promise<void> | undefined): Promise<unknown> {
    if (predecessor !== undefined) await Promise.race([predecessor, aborted(call.signal!)]);
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
    const calls = this.#open.get(key) ?? new Set();
    this.#open.set(key, calls);
    const result = run(controller.signal);
    const ended = result.then(() => {}, () => {});
    const open: OpenCall = { cancel: (reason) => controller.abort(asCancellation(reason)), ended };
    calls.add(open);
    try {
      return await result;
    } finally {
      calls.delete(open);
      if (calls.size === 0) this.#open.delete(key);
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
