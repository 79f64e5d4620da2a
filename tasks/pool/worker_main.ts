/**
 * The program of a Worker: receives runs of tasks from the pool and sends their results.
 *
 * @module
 */

import { getHeapStatistics } from "node:v8";
import { Script } from "node:vm";
import { parentPort } from "node:worker_threads";
import { errorMessage } from "../../common/error_message.ts";
import { definedTask, type TaskContext, type TaskFunction } from "../task.ts";
import {
  CONTROL,
  type Failure,
  type FromWorker,
  type InitMessage,
  type RunMessage,
  type ToWorker,
} from "./messages.ts";
import { transferablesIn } from "./transferables.ts";

/** Minimum time between two progress messages of a run, in milliseconds. */
const PROGRESS_MILLISECONDS = 20;
/** Interval between checks of the heap while a task runs, in milliseconds. */
const HEAP_CHECK_MILLISECONDS = 250;

const CALL = Symbol.for("bokeh.task_call");
const realm = globalThis as { [CALL]?: () => unknown };
// V8 can only be asked to stop code that `vm` runs: `Worker.terminate()` of Deno does not stop it.
const callScript = new Script("globalThis[Symbol.for('bokeh.task_call')]()");
const heapLimit = getHeapStatistics().heap_size_limit;
const aborts = new Map<number, AbortController>();
let control: Int32Array = new Int32Array(2);
let port: MessagePort;

function post(message: FromWorker, transfer: ArrayBuffer[] = []): void {
  port.postMessage(message, transfer);
}

/** Progress and cancellation of one run. */
class Run implements TaskContext<unknown> {
  readonly #id: number;
  readonly #abort = new AbortController();
  #postedAt = -Infinity;
  #waiting: { readonly value: unknown } | undefined;

  constructor(id: number) {
    this.#id = id;
    aborts.set(id, this.#abort);
    this.progress = this.progress.bind(this); // tasks destructure their context
    this.throwIfAborted = this.throwIfAborted.bind(this);
  }

  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  progress(value: unknown): void {
    this.throwIfAborted();
    this.#waiting = { value };
    if (performance.now() - this.#postedAt >= PROGRESS_MILLISECONDS) this.flush();
  }

  throwIfAborted(): void {
    if (Atomics.load(control, CONTROL.abortedRun) === this.#id) this.#abort.abort();
    this.#abort.signal.throwIfAborted();
  }

  /** Sends the progress that was not sent. */
  flush(): void {
    const waiting = this.#waiting;
    if (waiting === undefined) return;
    this.#waiting = undefined;
    this.#postedAt = performance.now();
    post({ type: "progress", id: this.#id, value: waiting.value });
  }
}

async function run(message: RunMessage): Promise<void> {
  const { id } = message;
  const context = new Run(id);
  Atomics.store(control, CONTROL.running, 1);
  const stopHeapChecks = checkHeap(id);
  try {
    const task = await load(message);
    const value = await start(message, () => task(message.input as never, context as TaskContext<never>));
    context.flush();
    reply(id, value);
  } catch (error) {
    const failure = failureOf(error);
    if (failure.kind === "thrown") context.flush();
    post({ type: "failed", id, failure });
  } finally {
    stopHeapChecks();
    aborts.delete(id);
    Atomics.store(control, CONTROL.running, 0);
  }
}

async function load({ url, index }: RunMessage): Promise<TaskFunction<never, never, unknown>> {
  let exports: { readonly default?: unknown };
  try {
    exports = await import(url);
  } catch (error) {
    throw new LoadError(errorMessage(error), { cause: error });
  }
  const task = index === null ? exports.default : definedTask(url, index);
  if (typeof task === "function") return task as TaskFunction<never, never, unknown>;
  throw new LoadError(
    index === null
      ? "its default export is not a function"
      : "defineTask() must be called at the top level of the module",
  );
}

/** Calls a task such that code without `await` is stopped after a time. */
function start({ stopAfterMilliseconds }: RunMessage, call: () => unknown): unknown {
  if (stopAfterMilliseconds === null) return call();
  realm[CALL] = call;
  return callScript.runInThisContext({ timeout: stopAfterMilliseconds });
}

/**
 * Reports when the heap limit was exceeded. Deno then drops the rest of the running code silently,
 * unless a timer has started it, and raises the limit.
 */
function checkHeap(id: number): () => void {
  const timer = setInterval(() => {
    if (getHeapStatistics().heap_size_limit > heapLimit) post({ type: "outOfMemory", id });
  }, HEAP_CHECK_MILLISECONDS);
  return () => clearInterval(timer);
}

function reply(id: number, value: unknown): void {
  const message: FromWorker = { type: "done", id, value };
  const transfer = transferablesIn(value);
  try {
    post(message, transfer);
  } catch (error) {
    if (transfer.length === 0) throw new CloneError(errorMessage(error));
    replyByCopy(message); // the memory of WebAssembly, for example, cannot be moved
  }
}

function replyByCopy(message: FromWorker): void {
  try {
    post(message);
  } catch (error) {
    throw new CloneError(errorMessage(error));
  }
}

class LoadError extends Error {}
class CloneError extends Error {}

function failureOf(thrown: unknown): Failure {
  const error = thrown instanceof LoadError && thrown.cause instanceof Error ? thrown.cause : thrown;
  const kind = thrown instanceof LoadError
    ? "not_loaded"
    : thrown instanceof CloneError
    ? "not_cloneable"
    : isStop(thrown)
    ? "stopped"
    : "thrown";
  if (!(error instanceof Error)) {
    return { kind, name: "Error", message: String(error), stack: undefined, fields: {} };
  }
  const message = thrown instanceof Error ? thrown.message : error.message;
  return { kind, name: error.name, message, stack: error.stack, fields: copyableFields(error) };
}

function isStop(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ERR_SCRIPT_EXECUTION_TIMEOUT";
}

/** Returns the own fields of an error that are plain values. */
function copyableFields(error: Error): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(error).filter(([, value]) => ["string", "number", "boolean"].includes(typeof value)),
  );
}

function open(init: InitMessage): void {
  control = init.control;
  port = init.port as MessagePort;
  port.onmessage = ({ data: message }: { data: ToWorker }) => {
    if (message.type === "run") void run(message);
    else if (message.type === "end") post({ type: "ended" });
    else aborts.get(message.id)?.abort(new DOMException(message.reason, "AbortError"));
  };
}

// The pool starts this program as a Worker of `node:worker_threads` or as a web Worker.
if (parentPort !== null) {
  parentPort.once("message", open);
  parentPort.postMessage("ready");
} else {
  const scope = globalThis as unknown as {
    postMessage(message: string): void;
    onmessage: (event: { data: InitMessage }) => void;
  };
  scope.onmessage = ({ data }) => open(data);
  scope.postMessage("ready");
}
