import { currentScope } from "../document/callbacks/callback_scope.ts";
import type { SessionTasks } from "../tasks/session_tasks.ts";
import { type Task, taskName } from "../tasks/task.ts";
import type { TaskOptions } from "../tasks/task_options.ts";
import type { TaskService } from "../tasks/task_service.ts";
import type { SessionLifetime } from "./session_lifetime.ts";
import type { TransactionQueue } from "./transactions/transaction_queue.ts";
import { waitUnlocked } from "./transactions/unlocked_wait.ts";

/** Options of {@linkcode DocumentServices}. */
interface DocumentServicesOptions {
  readonly transactions: TransactionQueue;
  readonly lifetime: SessionLifetime;
  /** Runs tasks; undefined if the session has no Workers. */
  readonly tasks: TaskService | undefined;
  /** Returns whether messages wait in the websockets of the clients. */
  readonly isSending: () => boolean;
  /**
   * Waits until the changes that were sent are stored.
   *
   * @param recordsAll Sends all changes so far, and returns whether it could.
   */
  readonly whenStored: (recordsAll: () => boolean) => Promise<unknown> | undefined;
}

/** Maximum time that `flush` waits for websockets, in milliseconds: a slow client must not delay a callback. */
const SENDING_MILLISECONDS = 20;

/** What a session does for the methods of its document. */
export class DocumentServices {
  readonly #options: DocumentServicesOptions;
  #tasks: Promise<SessionTasks> | undefined;

  /** Creates the services of a session. */
  constructor(options: DocumentServicesOptions) {
    this.#options = options;
  }

  async flush(): Promise<void> {
    const { transactions, whenStored, isSending } = this.#options;
    await transactions.flush();
    await whenStored(() => transactions.flushNow());
    // Websockets write in later turns of the event loop, which the caller may be about to block.
    const deadline = performance.now() + SENDING_MILLISECONDS;
    do await new Promise<void>((done) => setImmediate(done)); while (isSending() && performance.now() < deadline);
  }

  change(fn: () => void): void {
    const { transactions } = this.#options;
    const { current } = transactions;
    if (current !== undefined && currentScope()?.root === current) fn();
    else void transactions.startDetached({ name: () => "A change of shared data" }, fn);
  }

  runTask(source: Task<never, never, unknown> | URL, input: unknown, options: TaskOptions): Promise<unknown> {
    const name = () => `The task ${taskName(source)}`;
    return this.waitUnlocked(this.#run(source, input, options, name), name);
  }

  runSharedTask(source: Task<never, never, unknown>, input: unknown): Promise<unknown> {
    const forOthers = this.#options.tasks?.forSession(new AbortController().signal);
    return this.#run(source, input, {}, () => `The task ${taskName(source)}`, forOthers);
  }

  waitUnlocked<T>(work: Promise<T>, name: () => string): Promise<T> {
    return waitUnlocked(this.#options.transactions, work, name);
  }

  async #run(
    source: Task<never, never, unknown> | URL,
    input: unknown,
    options: TaskOptions,
    name: () => string,
    forOthers?: Promise<SessionTasks>,
  ): Promise<unknown> {
    const { tasks, lifetime, transactions } = this.#options;
    if (tasks === undefined) throw new Error("Cannot run a task: the session of the document has no Workers");
    const { onProgress } = options;
    transactions.sync.addTasks(1);
    try {
      const running = await (forOthers ?? (this.#tasks ??= tasks.forSession(lifetime.signal)));
      return await running.run(source, input, options, {
        onProgress: onProgress && this.#progressCallback(onProgress, name),
        onEnded: (report) => transactions.reporter.event({ type: "taskEnded", ...report }),
      });
    } finally {
      transactions.sync.addTasks(-1);
    }
  }

  /** Returns a function that runs a callback under the lock, with the latest value. */
  #progressCallback(onProgress: (value: unknown) => unknown, name: () => string): (value: unknown) => void {
    const { transactions } = this.#options;
    let waiting: { readonly value: unknown } | undefined;
    return (value) => {
      const isScheduled = waiting !== undefined;
      waiting = { value };
      if (isScheduled) return;
      void transactions.startDetached({ name }, () => {
        const latest = waiting!.value;
        waiting = undefined;
        return onProgress(latest);
      });
    };
  }
}
