import type { RunTask } from "../tasks/run_task.ts";
import type { Task } from "../tasks/task.ts";
import type { TaskOptions } from "../tasks/task_options.ts";

/** The session that serves a document. */
export interface DocumentHost {
  /** What the session does for the methods of the document. */
  readonly documentServices: {
    /** Runs a task: see `Document.task`. */
    runTask(source: Task<never, never, unknown> | URL, input: unknown, options: TaskOptions): Promise<unknown>;
    /** Runs a task whose result several sessions use: see `runSharedTask`. */
    runSharedTask(source: Task<never, never, unknown>, input: unknown): Promise<unknown>;
    /**
     * Waits for work without the document's lock. The caller goes on in a transaction of its own.
     *
     * @param name Returns the name of the work for the log.
     */
    waitUnlocked<T>(work: Promise<T>, name: () => string): Promise<T>;
    /** Sends the changes so far: see `Document.flush`. */
    flush(): Promise<void>;
    /**
     * Changes the document in a transaction: in that of the caller, or at once if no other one runs,
     * or else in one of its own after those that wait.
     */
    change(fn: () => void): void;
  };
}

/** Returns a function that runs tasks for a document. */
export function taskRunner({ host }: { readonly host: DocumentHost | undefined }): RunTask {
  // The types of the tasks are those of `RunTask`; between the threads all values are unknown.
  const run = async (source: Task<never, never, unknown> | URL, input: unknown, options: TaskOptions = {}) => {
    if (host === undefined) throw new Error("Cannot run a task: no session serves the document");
    return await host.documentServices.runTask(source, input, options);
  };
  return run as RunTask;
}
