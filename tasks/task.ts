/**
 * Tasks: functions that compute in a Worker, so that they do not block the sessions of a server.
 *
 * @module
 */

/** What a task gets beside its input. */
export interface TaskContext<P = never> {
  /**
   * Aborted when the task is to stop, for example because the session has ended. A task that only
   * computes, without `await`, does not receive the event; call {@linkcode throwIfAborted}.
   */
  readonly signal: AbortSignal;
  /**
   * Reports progress. Values that follow within 20 ms are combined: the last one is sent. The
   * last value is always sent before the result.
   *
   * @throws The reason of the abort, if the task is to stop.
   */
  progress(value: P): void;
  /**
   * Throws if the task is to stop. Takes less than a microsecond and works in code without
   * `await`, so that a long loop should call it, or {@linkcode progress}, from time to time.
   *
   * @throws The reason of the abort, if the task is to stop.
   */
  throwIfAborted(): void;
}

/** The function of a task. Its input, progress and result are copied as `structuredClone` does. */
export type TaskFunction<I, P, R> = (input: I, context: TaskContext<P>) => R | Promise<R>;

/** A task that `Document.task` runs in a Worker. {@linkcode defineTask} creates it. */
export interface Task<I, P, R> {
  /** URL of the module that defines the task. */
  readonly url: string;
  /** The number of tasks that the module has defined before. */
  readonly index: number;
  /** The function, for tests that call it without a Worker. */
  readonly run: TaskFunction<I, P, R>;
}

/** The tasks of this realm, by the URL of their module. All copies of this module share them. */
const REGISTRY = Symbol.for("bokeh.tasks");

function registry(): Map<string, TaskFunction<never, never, unknown>[]> {
  const realm = globalThis as { [REGISTRY]?: Map<string, TaskFunction<never, never, unknown>[]> };
  return realm[REGISTRY] ??= new Map();
}

/**
 * Defines a task whose types the compiler checks. Call it at the top level of a module: a Worker
 * loads the same module and finds the task by the order of the calls.
 *
 * @param module `import.meta` of the module that calls it.
 * @param run The function. It must not use variables that other code of the server changes,
 * because it runs in another thread.
 *
 * @example
 * ```ts
 * import { defineTask, type TaskContext } from "@bokeh/server/tasks";
 *
 * export const sum = defineTask(import.meta, (values: Float64Array, { progress }: TaskContext<number>) => {
 *   let total = 0;
 *   for (const [i, value] of values.entries()) {
 *     if (i % 100_000 === 0) progress(i / values.length);
 *     total += value;
 *   }
 *   return total;
 * });
 * // In a callback: label.text = `${await doc.task(sum, values, { onProgress: (part) => bar.value = part })}`;
 * ```
 */
export function defineTask<I, R, P = never>(
  module: { readonly url: string },
  run: TaskFunction<I, P, R>,
): Task<I, P, R> {
  if (typeof run !== "function") throw new TypeError(`Cannot define task: ${typeof run} is not a function`);
  const { url } = module;
  const tasks = registry().get(url) ?? [];
  registry().set(url, tasks);
  return Object.freeze({ url, index: tasks.push(run as TaskFunction<never, never, unknown>) - 1, run });
}

/** Returns the function of a task that a module of this realm has defined, or undefined. */
export function definedTask(url: string, index: number): TaskFunction<never, never, unknown> | undefined {
  return registry().get(url)?.[index];
}

/** Returns the name of a task for messages: the file name of its module. */
export function taskName(task: Pick<Task<never, never, unknown>, "url"> & { index: number | null } | URL): string {
  const { url, index } = task instanceof URL ? { url: task.href, index: null } : task;
  const file = url.split(/[?#]/, 1)[0]!.split("/").at(-1) || "the module";
  return index === null || index === 0 ? file : `${file} (${index + 1})`;
}
