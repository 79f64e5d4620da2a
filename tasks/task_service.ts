import type { TaskPool } from "./pool/task_pool.ts";
import type { SessionTasks } from "./session_tasks.ts";

/** Settings of the Workers that run tasks. */
export interface TaskSettings {
  /**
   * Maximum number of Workers in each process.
   *
   * @default {navigator.hardwareConcurrency - 1}, at least 1
   */
  readonly workers?: number;
  /**
   * Number of Workers that start with the server and are kept when there is nothing to do.
   *
   * @default {0}
   */
  readonly minWorkers?: number;
  /**
   * Maximum size of the heap of a Worker in megabytes. A task that exceeds it fails. Buffers, such
   * as those of typed arrays, do not count.
   *
   * @default {1024}
   */
  readonly memoryMegabytes?: number;
  /**
   * Time limit of a task in milliseconds. `Infinity` for none.
   *
   * @default {600_000}
   */
  readonly timeoutMilliseconds?: number;
  /**
   * Time after which a Worker that is not used ends, in milliseconds.
   *
   * @default {30_000}
   */
  readonly idleMilliseconds?: number;
  /**
   * Maximum number of tasks of one session that wait for a Worker. Further ones fail.
   *
   * @default {1000}
   */
  readonly waitingPerSession?: number;
}

/** The pool of a server, which is loaded with the first task. */
export class TaskService implements Disposable {
  readonly #settings: Required<TaskSettings>;
  readonly #onModule: (url: string) => void;
  #loading: Promise<TaskPool> | undefined;
  #pool: TaskPool | undefined;
  #isDisposed = false;

  /**
   * Creates a service without Workers.
   *
   * @param onModule Called when the module of a task is used for the first time.
   * @throws {RangeError} If a setting is not valid.
   */
  constructor(settings: TaskSettings, onModule: (url: string) => void = () => {}) {
    this.#settings = resolveSettings(settings);
    this.#onModule = onModule;
  }

  /** The pool, if a task was run. */
  get pool(): TaskPool | undefined {
    return this.#pool;
  }

  /** Returns the tasks of a session, which are cancelled when the signal is aborted. */
  async forSession(signal: AbortSignal): Promise<SessionTasks> {
    const [pool, { SessionTasks }] = await Promise.all([this.#load(), import("./session_tasks.ts")]);
    return new SessionTasks({ pool, signal, waitingPerSession: this.#settings.waitingPerSession });
  }

  /** Starts the Workers that are always kept. */
  async warmUp(): Promise<void> {
    if (this.#settings.minWorkers > 0) await (await this.#load()).warmUp();
  }

  /** Waits until no task waits or runs. Returns whether it has waited for one. */
  async settled(): Promise<boolean> {
    if (this.#loading !== undefined) await this.#loading;
    if (this.#pool === undefined || this.#pool.pending === 0) return false;
    await this.#pool.settled();
    return true;
  }

  /** Replaces all Workers, so that later tasks load their modules again. */
  recycle(): void {
    this.#pool?.recycle();
  }

  /** Ends the Workers. Tasks that wait or run are cancelled. */
  [Symbol.dispose](): void {
    this.#isDisposed = true;
    this.#pool?.[Symbol.dispose]();
  }

  #load(): Promise<TaskPool> {
    return this.#loading ??= this.#create();
  }

  async #create(): Promise<TaskPool> {
    const { TaskPool } = await import("./pool/task_pool.ts");
    const pool = this.#pool = new TaskPool({ ...this.#settings, onModule: this.#onModule });
    if (this.#isDisposed) pool[Symbol.dispose]();
    return pool;
  }
}

const MINIMUM: Readonly<Record<keyof TaskSettings, number>> = {
  workers: 1,
  minWorkers: 0,
  memoryMegabytes: 16,
  timeoutMilliseconds: 1,
  idleMilliseconds: 0,
  waitingPerSession: 0,
};

function resolveSettings(settings: TaskSettings): Required<TaskSettings> {
  for (const [name, value] of Object.entries(settings)) {
    const least = Object.hasOwn(MINIMUM, name) ? MINIMUM[name as keyof TaskSettings] : undefined;
    if (least === undefined) throw new RangeError(`Cannot use tasks.${name}: there is no such setting`);
    if (value !== undefined && (typeof value !== "number" || !(value >= least))) {
      throw new RangeError(`Cannot use tasks.${name}: ${value} is not a number of at least ${least}`);
    }
  }
  return {
    workers: settings.workers ?? Math.max(navigator.hardwareConcurrency - 1, 1),
    minWorkers: Math.min(settings.minWorkers ?? 0, settings.workers ?? Infinity),
    memoryMegabytes: settings.memoryMegabytes ?? 1024,
    timeoutMilliseconds: settings.timeoutMilliseconds ?? 600_000,
    idleMilliseconds: settings.idleMilliseconds ?? 30_000,
    waitingPerSession: settings.waitingPerSession ?? 1000,
  };
}
