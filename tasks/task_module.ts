import type { TaskContext } from "./task.ts";

/** A module whose default export is the function of a task. */
export interface TaskModule {
  /** The function. */
  // The input and context of an unknown function can only be `never`.
  readonly default: (input: never, context: TaskContext<never>) => unknown;
}

/** The input of a task module. */
export type TaskInput<M extends TaskModule> = Parameters<M["default"]> extends [infer I, ...unknown[]] ? I : undefined;
/** The result of a task module. */
export type TaskResult<M extends TaskModule> = Awaited<ReturnType<M["default"]>>;
/** The progress values of a task module. */
export type TaskProgress<M extends TaskModule> = Parameters<M["default"]> extends [unknown, TaskContext<infer P>] ? P
  : never;
