import { getLogger } from "@logtape/logtape";
import { asCancellation, TaskError } from "../task_error.ts";
import { FairQueue } from "./fair_queue.ts";
import { taskName } from "../task.ts";
import { Job, type TaskCall } from "./job.ts";
import { PoolWorker } from "./pool_worker.ts";

/** Options of a {@linkcode TaskPool}. */
export interface TaskPoolOptions {
  /** Maximum number of Workers. */
  readonly workers: number;
  /** Number of Workers that are kept when there is nothing to do. */
  readonly minWorkers: number;
  /** Maximum size of the heap of a Worker in megabytes. Buffers do not count. */
  readonly memoryMegabytes: number;
  /** Time limit of a task in milliseconds. */
  readonly timeoutMilliseconds: number;
  /** Time after which an unused Worker ends, in milliseconds. */
  readonly idleMilliseconds: number;
  /** Maximum number of tasks of one session that wait for a Worker. */
  readonly waitingPerSession: number;
  /** Time that a cancelled task gets to end before its Worker is replaced. @default {1000} */
  readonly graceMilliseconds?: number;
  /** Called when the module of a task is used for the first time. */
  readonly onModule?: (url: string) => void;
}

const logger = getLogger(["bokeh", "tasks"]);

/** Time that a cancelled task gets to end, in milliseconds. */
const GRACE_MILLISECONDS = 1000;

/** Runs tasks in a limited number of Workers, which it reuses. */
export class TaskPool implements Disposable {
  readonly #options: TaskPoolOptions;
  readonly #workers = new Set<PoolWorker>();
  /** Workers that were given up while their code ran. */
  readonly #stuck = new Set<PoolWorker>();
  readonly #queue = new FairQueue<Job>();
  readonly #jobs = new Set<Job>();
  readonly #idleTimers = new Map<PoolWorker, ReturnType<typeof setTimeout>>();
  readonly #retired = new WeakSet<PoolWorker>();
  readonly #modules = new Set<string>();
  #idle: PromiseWithResolvers<void> | undefined;
  #isDisposed = false;

  /** Creates a pool without Workers. */
  constructor(options: TaskPoolOptions) {
    this.#options = options;
  }

  /** The number of Workers. */
  get size(): number {
    return this.#workers.size;
  }

  /** The number of tasks that wait for a Worker. */
  get waiting(): number {
    return this.#queue.size;
  }

  /** The number of tasks that wait or run. */
  get pending(): number {
    return this.#jobs.size;
  }

  /** The number of Workers whose code goes on although they were given up. */
  get stuckWorkers(): number {
    for (const worker of this.#stuck) if (!worker.isComputing) this.#stuck.delete(worker);
    return this.#stuck.size;
  }

  /** Starts the Workers that are always kept, and waits until they run. */
  async warmUp(): Promise<void> {
    const job = new Job({ url: "", index: null, input: undefined, owner: this });
    while (this.#workers.size < this.#options.minWorkers) this.#rest(this.#start(job));
    await Promise.all([...this.#workers].map(({ ready }) => ready));
  }

  /**
   * Runs a task.
   *
   * @throws The error that the task throws, with its stack.
   * @throws {TaskError} If the task cannot be run, or its Worker ends.
   * @throws {DOMException} `TimeoutError` if the task exceeds its time limit.
   * @throws The reason of the signal, if the task is cancelled.
   */
  run(call: TaskCall): Promise<unknown> {
    const job = new Job(call);
    const { signal, owner } = call;
    if (this.#isDisposed) job.reject(asCancellation(new DOMException("The server has stopped", "AbortError")));
    else if (signal?.aborted) job.reject(asCancellation(signal.reason));
    else if (this.#queue.sizeOf(owner) >= this.#options.waitingPerSession) {
      job.reject(
        new TaskError("too_many", `Cannot run ${taskName(call)}: ${this.#queue.sizeOf(owner)} tasks are waiting`),
      );
    } else this.#add(job);
    return job.promise;
  }

  /** Waits until no task waits or runs. */
  async settled(): Promise<void> {
    while (this.#jobs.size > 0) await (this.#idle ??= Promise.withResolvers()).promise;
  }

  /** Replaces all Workers, so that later tasks load their modules again. Running tasks go on. */
  recycle(): void {
    this.#modules.clear();
    for (const worker of this.#workers) {
      if (worker.isFree) worker.terminate();
      else this.#retired.add(worker);
    }
  }

  /** Ends all Workers. Tasks that wait or run are cancelled. */
  [Symbol.dispose](): void {
    this.#isDisposed = true;
    const reason = asCancellation(new DOMException("The server has stopped", "AbortError"));
    for (const job of this.#jobs) job.reject(reason);
    for (const worker of [...this.#workers, ...this.#stuck]) worker.terminate();
  }

  #add(job: Job): void {
    this.#jobs.add(job);
    const { call: { owner, signal, url } } = job;
    if (!this.#modules.has(url)) {
      this.#modules.add(url);
      this.#options.onModule?.(url);
    }
    const onAbort = () => job.reject(asCancellation(signal?.reason));
    signal?.addEventListener("abort", onAbort, { once: true });
    job.onSettled = () => {
      signal?.removeEventListener("abort", onAbort);
      this.#queue.delete(owner, job);
      this.#jobs.delete(job);
      if (this.#jobs.size > 0) return;
      this.#idle?.resolve();
      this.#idle = undefined;
    };
    this.#queue.add(owner, job);
    this.#dispatch();
  }

  /** Assigns waiting jobs to free Workers. */
  #dispatch(): void {
    while (this.#queue.size > 0 && this.#hasSpace()) {
      const job = this.#queue.take();
      if (job !== undefined) this.#assign(job);
    }
  }

  #hasSpace(): boolean {
    if (this.#workers.size < this.#capacity) return true;
    for (const worker of this.#workers) if (worker.isFree) return true;
    return false;
  }

  /** A Worker that computes although it was given up uses a core. A second set of Workers is the most. */
  get #capacity(): number {
    const { workers } = this.#options;
    return Math.max(Math.min(workers, 2 * workers - this.stuckWorkers), 0);
  }

  #assign(job: Job): void {
    const worker = this.#workerFor(job);
    clearTimeout(this.#idleTimers.get(worker));
    this.#idleTimers.delete(worker);
    job.startedAt = performance.now();
    worker.run(job, job.call.timeoutMilliseconds ?? this.#options.timeoutMilliseconds);
  }

  /** Returns a free Worker, preferably one that has loaded the module. Starts one if none is free. */
  #workerFor(job: Job): PoolWorker {
    const free = [...this.#workers].filter((worker) => worker.isFree);
    const fitting = free.filter(({ permissionKey }) => permissionKey === job.permissionKey);
    const worker = fitting.find((worker) => worker.hasLoaded(job.call.url)) ?? fitting[0];
    if (worker !== undefined) return worker;
    if (this.#workers.size >= this.#capacity) free[0]!.terminate(); // it has other permissions
    return this.#start(job);
  }

  #start(job: Pick<Job, "permissionKey" | "call">): PoolWorker {
    const worker = new PoolWorker({
      memoryMegabytes: this.#options.memoryMegabytes,
      graceMilliseconds: this.#options.graceMilliseconds ?? GRACE_MILLISECONDS,
      onFree: (worker) => this.#onFree(worker),
      onLost: (worker, why) => this.#onLost(worker, why),
      onStopped: (worker) => this.#onStopped(worker),
    }, job);
    this.#workers.add(worker);
    return worker;
  }

  #onFree(worker: PoolWorker): void {
    if (this.#retired.has(worker)) worker.terminate();
    this.#dispatch();
    if (worker.isFree) this.#rest(worker);
  }

  /** Ends a Worker when it has not been used for a while. */
  #rest(worker: PoolWorker): void {
    const timer = setTimeout(() => {
      this.#idleTimers.delete(worker);
      if (this.#workers.size > this.#options.minWorkers) worker.terminate();
    }, this.#options.idleMilliseconds);
    Deno.unrefTimer(timer as unknown as number);
    this.#idleTimers.set(worker, timer);
  }

  #onLost(worker: PoolWorker, why: "ended" | "stuck"): void {
    clearTimeout(this.#idleTimers.get(worker));
    this.#idleTimers.delete(worker);
    this.#workers.delete(worker);
    if (why === "stuck") {
      this.#stuck.add(worker);
      logger.warn(
        "A task does not end although it was cancelled: its Worker was replaced, and its code goes on ({stuck} of such Workers compute)",
        { stuck: this.stuckWorkers },
      );
    }
    if (!this.#isDisposed) this.#dispatch();
  }

  #onStopped(worker: PoolWorker): void {
    this.#stuck.delete(worker);
    if (!this.#isDisposed) this.#dispatch();
  }
}
