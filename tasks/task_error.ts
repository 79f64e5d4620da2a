/**
 * Why a task ended without a result, other than by an error that it threw:
 *
 * - `out_of_memory`: its Worker has exceeded `tasks.memoryMegabytes`.
 * - `worker_ended`: its Worker has ended, for example because the task called `Deno.exit`.
 * - `not_loaded`: its module cannot be loaded, or does not define it.
 * - `not_cloneable`: its input or result cannot be copied between threads.
 * - `too_many`: too many tasks of the session are waiting.
 */
export type TaskErrorCode = "out_of_memory" | "worker_ended" | "not_loaded" | "not_cloneable" | "too_many";

/** The error of a task that has ended without a result, other than by an error that it threw. */
export class TaskError extends Error {
  /** Why the task has ended. */
  readonly code: TaskErrorCode;

  /** Creates an error. */
  constructor(code: TaskErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "TaskError";
    this.code = code;
  }
}

const cancellations = new WeakSet<object>();

/** Marks an error as the reason for which a task was cancelled, and returns it. */
export function asCancellation(reason: unknown): unknown {
  const isObject = typeof reason === "object" && reason !== null;
  const error = isObject ? reason : new DOMException(String(reason), "AbortError");
  cancellations.add(error);
  return error;
}

/**
 * Returns whether an error means that a task was cancelled: by its signal, by a later call with the
 * policy `"latest"`, or because its session has ended. A callback that ends with such an error has
 * not failed.
 */
export function isCancellation(error: unknown): boolean {
  return typeof error === "object" && error !== null && cancellations.has(error);
}
