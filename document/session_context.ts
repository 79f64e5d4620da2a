/**
 * Sessions and servers, as applications see them.
 *
 * The types have the document's type as a parameter, because `document.ts` refers to them.
 *
 * @module
 */

import type { SessionFiles } from "./session_files.ts";
import type { SessionRequest } from "./session_request.ts";

/** What a scheduled function receives. */
export interface ScheduleContext {
  /** Aborted when the server stops. The function then has `drainMilliseconds` to end. */
  readonly signal: AbortSignal;
}

/** A function that `onSchedule` runs. */
export type ScheduledFunction = (context: ScheduleContext) => void | Promise<void>;

/** Options of `onSchedule`. */
export interface ScheduleOptions {
  /**
   * Whether each process of a group runs the function, for example to refresh the results of
   * `cached`, which each process has of its own.
   *
   * @default {false}
   */
  everyProcess?: boolean;
  /**
   * Whether the function also runs when the server has started. With it, a function that does not
   * end, such as one that reads a feed, runs in one process all the time: if it or its process
   * ends, it starts again at the next time of the schedule.
   *
   * @default {false}
   */
  atStart?: boolean;
}

/** What all sessions of one application share. */
export interface ServerContextOf<D> {
  /** The contexts of the sessions that exist now. */
  readonly sessions: readonly SessionContextOf<D>[];
  /** The arguments that followed `--args` on the command line. */
  readonly argv: readonly string[];
  /**
   * Runs a function at the times of a cron expression, such as `"0 * * * *"` for each full hour.
   * Times are UTC, and the syntax is that of `Deno.cron`: five fields, with the days of the week
   * from 1 (Sunday) to 7 (Saturday), or `SUN` to `SAT`. Of a group of processes (`--num-procs`),
   * one runs the function. A run is skipped while the previous one has not ended. Errors are logged
   * and passed to `onError`.
   *
   * Must be called in the hook `onServerLoaded`, which fails if the expression is invalid. Only a
   * server runs the function: `openSession` of `@bokeh/server/testing` does not.
   *
   * @throws {TypeError} If `run` is not a function.
   * @throws {Error} If `onServerLoaded` has ended.
   */
  onSchedule(cron: string, run: ScheduledFunction, options?: ScheduleOptions): void;
}

/** A session, as its application sees it. */
export interface SessionContextOf<D> {
  /** The id of the session. */
  readonly id: string;
  /** The request that opened the session, null if there was none. */
  readonly request: SessionRequest | null;
  /** What `processRequest` returned, as carried by the session's token. */
  readonly tokenPayload: Readonly<Record<string, unknown>>;
  /** What this session shares with the other sessions of the application. */
  readonly serverContext: ServerContextOf<D>;
  /** Path of the page that logs the user out, null without an auth provider. */
  readonly logoutUrl: string | null;
  /** Uploads and downloads over HTTP. */
  readonly files: SessionFiles;
  /** Whether the session was destroyed. */
  readonly destroyed: boolean;
  /**
   * Whether the session was resumed from a session store, for example after a restart of the
   * server.
   */
  readonly resumed: boolean;
  /**
   * Runs a function while it holds the document's lock. Its changes are sent to clients together,
   * when it has ended.
   *
   * @param fn The function, which may be async.
   * @returns What the function returned.
   * @throws {Error} If the session was destroyed.
   */
  withLockedDocument<T>(fn: (doc: D) => T | Promise<T>): Promise<T>;
}
