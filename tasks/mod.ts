/**
 * Tasks, which compute in Workers. A module that defines a task imports only this entry point, so
 * that its Worker starts fast.
 *
 * @module
 */

export { defineTask } from "./task.ts";
export type { RunTask } from "./run_task.ts";
export type { Task, TaskContext, TaskFunction } from "./task.ts";
export type { TaskInput, TaskModule, TaskProgress, TaskResult } from "./task_module.ts";
export type { TaskOptions, TaskPolicy } from "./task_options.ts";
export { isCancellation, TaskError } from "./task_error.ts";
export type { TaskErrorCode } from "./task_error.ts";
