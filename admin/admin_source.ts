/**
 * What the admin page shows, and what it can do.
 *
 * @module
 */

/** The figures of one process at one second, or their sums over all processes. */
export interface AdminSample {
  /** Milliseconds since the Unix epoch, of a whole second. */
  readonly time: number;
  /** Live sessions. */
  readonly sessions: number;
  /** Open websockets. */
  readonly connections: number;
  /** Messages of clients in the second before. */
  readonly messages: number;
  /** Patches sent in the second before, each counted once for all clients. */
  readonly patches: number;
  /** Resident memory in bytes. */
  readonly residentBytes: number;
  /** Used heap of V8 in bytes. */
  readonly heapBytes: number;
  /** Longest delay of the event loop in the second before, in milliseconds; of all processes the longest. */
  readonly delayMilliseconds: number;
}

/** The state of one process. */
export interface AdminProcess {
  /** Number of the process, from 0. */
  readonly index: number;
  /** Id of the process in the operating system. */
  readonly pid: number;
  /** Time since the server was created, in seconds. */
  readonly uptimeSeconds: number;
  /** Number of live sessions, also of those that {@linkcode AdminReport.sessions} leaves out. */
  readonly sessions: number;
  /** Callbacks and sessions that have failed since the start. */
  readonly errors: number;
  /** Whether `/readyz` answers 503 because an administrator drains the server. */
  readonly isDraining: boolean;
  /** Lowest level that is logged; undefined if the page cannot change it. */
  readonly logLevel: string | undefined;
}

/** A live session. */
export interface AdminSession {
  /** Number of its process. */
  readonly process: number;
  /** Random name of the session. It is not the session's id, and gives no access. */
  readonly instance: string;
  /** Path of the application. */
  readonly application: string;
  /** Name of the user who opened it; empty without a login. Chosen by the user or its provider. */
  readonly user: string;
  /** Time since its creation, in seconds. */
  readonly ageSeconds: number;
  /** Time without a connection, in seconds. */
  readonly idleSeconds: number;
  /** Open websockets. */
  readonly connections: number;
  /** Models of its document. */
  readonly models: number;
  /** Estimated size of the columns of its document, in bytes. */
  readonly columnBytes: number;
  /** Bytes that clients have added to its document. */
  readonly clientBytes: number;
  /** Changes of its document in a second, since the report before. */
  readonly changesPerSecond: number;
}

/** A callback or a session that has failed. */
export interface AdminError {
  /** Number of its process. */
  readonly process: number;
  /** Milliseconds since the Unix epoch. */
  readonly time: number;
  /** Path of the application. */
  readonly application: string;
  /** What failed. */
  readonly during: string;
  /** Message and stack. Long texts are cut off. */
  readonly stack: string;
}

/** Callbacks of one name that have taken too long. */
export interface AdminSlowCallback {
  /** Number of its process. */
  readonly process: number;
  /** Path of the application. */
  readonly application: string;
  /** Name of the callback, as in the log. */
  readonly name: string;
  /** Whether it blocked the event loop. */
  readonly blocking: boolean;
  /** How often it was reported. */
  readonly count: number;
  /** Longest duration in milliseconds. */
  readonly longestMilliseconds: number;
  /** Time of the last report, in milliseconds since the Unix epoch. */
  readonly lastTime: number;
}

/** The state of all processes. */
export interface AdminReport {
  /** The processes that have answered, by their numbers. */
  readonly processes: readonly AdminProcess[];
  /** Numbers of the processes that have not answered in time. */
  readonly missing: readonly number[];
  /** The sessions, at most 100 of each process: those with most changes. */
  readonly sessions: readonly AdminSession[];
  /** The latest errors of each process, oldest first. */
  readonly errors: readonly AdminError[];
  /** The slow callbacks. */
  readonly slowCallbacks: readonly AdminSlowCallback[];
  /** The figures of the last 15 minutes, summed over the processes, oldest first. */
  readonly samples: readonly AdminSample[];
}

/** A level of the log. */
export type AdminLogLevel = "trace" | "debug" | "info" | "warning" | "error" | "critical";

/** The levels that the page can set. */
export const ADMIN_LOG_LEVELS: readonly AdminLogLevel[] = ["trace", "debug", "info", "warning", "error", "critical"];

/** The server, as one administrator's session reads and changes it. Each change is logged with its author. */
export interface AdminSource {
  /** Returns the current state. */
  read(): Promise<AdminReport>;
  /** Ends a session. Returns false if it has ended already. */
  endSession(session: Pick<AdminSession, "process" | "instance">): Promise<boolean>;
  /** Lets `/readyz` of all processes answer 503, or as usual. */
  setDraining(isDraining: boolean): Promise<void>;
  /** Sets the lowest level that is logged, in all processes. */
  setLogLevel(level: AdminLogLevel): Promise<void>;
}
