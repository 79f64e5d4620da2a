import type { Task } from "./task.ts";
import type { TaskInput, TaskModule, TaskProgress, TaskResult } from "./task_module.ts";
import type { TaskOptions } from "./task_options.ts";

/**
 * Runs a task in a Worker and returns its result. While a callback waits for it, the callback does
 * not hold the document's lock: its changes so far are sent, and other events of the session are
 * handled. It goes on, with the lock, when the result arrives.
 */
export interface RunTask {
  /**
   * Runs a task that `defineTask` has defined in a module of its own.
   *
   * @param task The task.
   * @param input The input, which is copied as by `structuredClone`.
   * @param options Progress, cancellation, and what happens to earlier calls.
   * @throws The error that the task throws, with its stack; the reason of its cancellation; a
   * `TaskError` if it cannot be run; a `DOMException` `TimeoutError` if it takes too long.
   * @throws {Error} If the document has no session.
   */
  <I, P, R>(task: Task<I, P, R>, input: NoInfer<I>, options?: TaskOptions<P>): Promise<R>;
  /**
   * Runs the default export of a module, which this program does not load. Give the type of the
   * module: `doc.task<typeof import("./fit.ts")>(new URL("./fit.ts", import.meta.url), …)`.
   */
  <M extends TaskModule = TaskModule>(
    module: URL,
    input: TaskModule extends M ? unknown : TaskInput<M>,
    options?: TaskOptions<TaskModule extends M ? unknown : TaskProgress<M>>,
  ): Promise<TaskResult<M>>;
}
