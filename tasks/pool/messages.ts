/**
 * Messages between the pool and its Workers.
 *
 * @module
 */

/** The first message to a Worker, after it has announced that it is ready. */
export interface InitMessage {
  /** Port of all other messages. */
  readonly port: unknown;
  /** Memory that the Worker shares with the pool: see {@linkcode CONTROL}. */
  readonly control: Int32Array<SharedArrayBuffer>;
}

/** Asks a Worker to run a task. */
export interface RunMessage {
  readonly type: "run";
  /** Number of the run, unique in the Worker. */
  readonly id: number;
  /** URL of the module. */
  readonly url: string;
  /** Index of the task among those that the module defines; null for its default export. */
  readonly index: number | null;
  readonly input: unknown;
  /** Time after which code without `await` is stopped, in milliseconds; null for none. */
  readonly stopAfterMilliseconds: number | null;
}

/** Messages to a Worker. */
export type ToWorker =
  | RunMessage
  /** Asks to stop the run `id`. */
  | { readonly type: "abort"; readonly id: number; readonly reason: string }
  /** Asks for `ended` as soon as no code of a task runs. The Worker gets no further runs. */
  | { readonly type: "end" };

/** Messages of a Worker. */
export type FromWorker =
  | { readonly type: "progress"; readonly id: number; readonly value: unknown }
  | { readonly type: "done"; readonly id: number; readonly value: unknown }
  | { readonly type: "failed"; readonly id: number; readonly failure: Failure }
  /** The heap limit was exceeded, and the code of the run was dropped. */
  | { readonly type: "outOfMemory"; readonly id: number }
  /** Answers `end`: the thread can be terminated. */
  | { readonly type: "ended" };

/** Why a run failed: `thrown` by the task, or because of its module, its values, or the stop time. */
export interface Failure {
  readonly kind: "thrown" | "not_loaded" | "not_cloneable" | "stopped";
  readonly name: string;
  readonly message: string;
  readonly stack: string | undefined;
  /** The error's own fields that can be copied, such as `code`. */
  readonly fields: Readonly<Record<string, unknown>>;
}

/** Places in the shared memory of a Worker. */
export const CONTROL = {
  /** The number of the run that is to stop. */
  abortedRun: 0,
  /** 1 while a task is running. */
  running: 1,
} as const;
