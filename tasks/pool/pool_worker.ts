import { errorMessage } from "../../common/error_message.ts";
import { asCancellation, TaskError } from "../task_error.ts";
import { taskName } from "../task.ts";
import type { Job } from "./job.ts";
import { CONTROL, type Failure, type FromWorker } from "./messages.ts";
import { WorkerThread } from "./worker_thread.ts";

/** Options of a {@linkcode PoolWorker}. */
export interface PoolWorkerOptions {
  readonly memoryMegabytes: number;
  /** Time that a task gets to end after it was asked to, before its Worker is replaced. */
  readonly graceMilliseconds: number;
  /** Called when the Worker has become free. */
  readonly onFree: (worker: PoolWorker) => void;
  /** Called when the Worker cannot be used any more. */
  readonly onLost: (worker: PoolWorker, why: "ended" | "stuck") => void;
  /** Called when the code of a Worker that was stuck has ended. */
  readonly onStopped: (worker: PoolWorker) => void;
}

/** A Worker of the pool, which runs one job at a time. */
export class PoolWorker {
  /** Key of the jobs that it may run. */
  readonly permissionKey: string;
  readonly #options: PoolWorkerOptions;
  readonly #thread: WorkerThread;
  readonly #control = new Int32Array(new SharedArrayBuffer(8));
  readonly #loaded = new Set<string>();
  readonly #ready = Promise.withResolvers<void>();
  #runs = 0;
  #job: Job | undefined;
  #timers: ReturnType<typeof setTimeout>[] = [];
  #stopListening: (() => void) | undefined;
  #isLost = false;

  /** Starts a Worker for jobs with the permissions of `job`. */
  constructor(options: PoolWorkerOptions, { permissionKey, call }: Pick<Job, "permissionKey" | "call">) {
    this.#options = options;
    this.permissionKey = permissionKey;
    this.#thread = new WorkerThread({
      memoryMegabytes: options.memoryMegabytes,
      permissions: call.permissions,
      control: this.#control,
      onReady: () => {
        this.#thread.setRef(this.#job !== undefined);
        this.#ready.resolve();
      },
      onMessage: (message) => this.#receive(message),
      onEnd: (error) => this.#end(error),
    });
  }

  /** Whether it runs no job. */
  get isFree(): boolean {
    return this.#job === undefined && !this.#isLost;
  }

  /** Whether code of a task is still running in the thread, also after the Worker was lost. */
  get isComputing(): boolean {
    return Atomics.load(this.#control, CONTROL.running) === 1;
  }

  /** Resolves when the Worker has started. */
  get ready(): Promise<void> {
    return this.#ready.promise;
  }

  /** Returns whether the Worker has loaded a module. */
  hasLoaded(url: string): boolean {
    return this.#loaded.has(url);
  }

  /** Runs a job. The Worker must be free. */
  run(job: Job, timeoutMilliseconds: number): void {
    this.#job = job;
    const { call } = job;
    const id = ++this.#runs;
    const { graceMilliseconds } = this.#options;
    const stopAfter = Math.ceil(timeoutMilliseconds + 2 * graceMilliseconds);
    this.#thread.setRef(true);
    void this.#ready.promise.then(() => {
      if (job.isSettled || this.#isLost) return this.#free();
      const { url, index, input, transfer } = call;
      const stopAfterMilliseconds = Number.isSafeInteger(stopAfter) ? stopAfter : null;
      try {
        this.#thread.postMessage({ type: "run", id, url, index, input, stopAfterMilliseconds }, transfer);
      } catch (error) {
        job.reject(new TaskError("not_cloneable", `Cannot start ${taskName(call)}: ${messageOf(error)}`));
        return this.#free();
      }
      this.#loaded.add(url);
      this.#watch(job, id, timeoutMilliseconds);
    });
  }

  /** Ends the Worker. A job that runs in it fails. */
  terminate(): void {
    this.#thread.terminate();
  }

  #watch(job: Job, id: number, timeoutMilliseconds: number): void {
    if (Number.isFinite(timeoutMilliseconds)) {
      this.#timers.push(setTimeout(() => {
        const message = `${taskName(job.call)} has exceeded its time limit of ${timeoutMilliseconds} ms`;
        job.reject(new DOMException(message, "TimeoutError"));
        this.#stop(job, id, message);
      }, timeoutMilliseconds));
    }
    const { signal } = job.call;
    const onAbort = () => {
      job.reject(asCancellation(signal?.reason));
      this.#stop(job, id, messageOf(signal?.reason));
    };
    signal?.addEventListener("abort", onAbort, { once: true });
    this.#stopListening = () => signal?.removeEventListener("abort", onAbort);
  }

  /** Asks a run to end, and gives the Worker up if it does not. */
  #stop(job: Job, id: number, reason: string): void {
    if (this.#job !== job) return;
    Atomics.store(this.#control, CONTROL.abortedRun, id);
    this.#thread.postMessage({ type: "abort", id, reason });
    this.#timers.push(setTimeout(() => this.#giveUp(), this.#options.graceMilliseconds));
  }

  #giveUp(): void {
    if (this.#isLost) return;
    // Deno does not report when a thread ends that is terminated while its code runs.
    this.#thread.postMessage({ type: "end" });
    this.#lose("stuck");
  }

  #receive(message: FromWorker): void {
    if (message.type === "ended") return this.terminate();
    const job = this.#job;
    if (job === undefined || message.id !== this.#runs) return;
    if (message.type === "progress") {
      if (!job.isSettled) job.call.onProgress?.(message.value);
    } else if (message.type === "outOfMemory") {
      job.reject(this.#outOfMemory(job));
      this.terminate(); // its code was dropped
    } else {
      if (message.type === "done") job.resolve(message.value);
      else job.reject(errorOf(message.failure, job));
      this.#free();
    }
  }

  #free(): void {
    this.#job = undefined;
    this.#clear();
    if (this.#isLost) return;
    this.#thread.setRef(false);
    this.#options.onFree(this);
  }

  #clear(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers = [];
    this.#stopListening?.();
    this.#stopListening = undefined;
  }

  #lose(why: "ended" | "stuck"): void {
    this.#isLost = true;
    this.#job = undefined;
    this.#clear();
    this.#options.onLost(this, why);
  }

  #end(error: Error | undefined): void {
    const job = this.#job;
    Atomics.store(this.#control, CONTROL.running, 0);
    if (this.#isLost) return this.#options.onStopped(this);
    job?.reject(
      isOutOfMemory(error)
        ? this.#outOfMemory(job)
        : new TaskError("worker_ended", `The Worker of ${taskName(job.call)} has ended: ${messageOf(error)}`, {
          cause: error,
        }),
    );
    this.#ready.resolve(); // a job that waits for it has failed
    this.#lose("ended");
  }

  #outOfMemory({ call }: Job): TaskError {
    const { memoryMegabytes } = this.#options;
    return new TaskError(
      "out_of_memory",
      `${taskName(call)} has exceeded the memory of its Worker, ${memoryMegabytes} MB (option tasks.memoryMegabytes)`,
    );
  }
}

function isOutOfMemory(error: Error | undefined): boolean {
  return error !== undefined && "code" in error && error.code === "ERR_WORKER_OUT_OF_MEMORY";
}

function messageOf(error: unknown): string {
  return error === undefined ? "no error was reported" : errorMessage(error);
}

/** Returns the error of a failed run, with the stack that it has in the Worker. */
function errorOf({ kind, name, message, stack, fields }: Failure, { call }: Job): Error {
  switch (kind) {
    case "not_loaded": {
      const error = new TaskError("not_loaded", `Cannot load ${taskName(call)}: ${message}`);
      if (stack !== undefined) error.stack = `${error.name}: ${error.message}\n${framesOf(stack)}`;
      return error;
    }
    case "not_cloneable":
      return new TaskError("not_cloneable", `Cannot return the result of ${taskName(call)}: ${message}`);
    case "stopped":
      return new DOMException(`${taskName(call)} has exceeded its time limit`, "TimeoutError");
    case "thrown": {
      const error = Object.assign(new Error(message), fields);
      Object.defineProperty(error, "name", { value: name, configurable: true });
      if (stack !== undefined) error.stack = stack;
      return error;
    }
  }
}

function framesOf(stack: string): string {
  return stack.split("\n").filter((line) => /^\s+at /.test(line)).join("\n");
}
