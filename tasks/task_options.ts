/**
 * What happens to a call while earlier calls of the same task by the same session have not ended:
 * `"every"` call runs, as soon as a Worker is free; with `"queue"` they run one after the other, in
 * order; with `"latest"` the earlier calls are cancelled.
 */
export type TaskPolicy = "every" | "queue" | "latest";

/** Options of `Document.task`. */
export interface TaskOptions<P = unknown> {
  /**
   * Receives progress while it holds the document's lock; its changes are sent when it has ended.
   * If values arrive faster than the lock is free, only the latest is received.
   */
  readonly onProgress?: ((value: P) => unknown) | undefined;
  /** Cancels the task when it is aborted. */
  readonly signal?: AbortSignal | undefined;
  /** What happens while an earlier call has not ended. @default {"every"} */
  readonly policy?: TaskPolicy | undefined;
  /**
   * Buffers of the input that are moved to the Worker instead of being copied, as for
   * `structuredClone`. They cannot be used afterwards.
   *
   * @default {[]}
   */
  readonly transfer?: readonly Transferable[] | undefined;
  /**
   * Time limit in milliseconds, without the time that the task waits for a Worker. `Infinity` for
   * none.
   *
   * @default The server's option `tasks.timeoutMilliseconds`, 10 minutes by default.
   */
  readonly timeoutMilliseconds?: number | undefined;
  /**
   * Permissions of the Worker, as in the option `deno.permissions` of a `Worker`; they cannot exceed
   * those of the program, and those that the object does not name are denied. `read` must allow the
   * modules of the task. Only with Deno's flag `--unstable-worker-options`: without it Deno ends the
   * program. The memory of such a Worker is not limited.
   *
   * @default The permissions of the program.
   */
  readonly permissions?: Deno.PermissionOptionsObject | undefined;
}
