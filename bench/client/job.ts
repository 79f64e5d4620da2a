/** The jobs of the load client and its results, which it reads and writes as JSON on its standard input and output. */

import type { Spread } from "../measure/statistics.ts";

/** The server under load, and the durations. */
export interface Target {
  /** Port of the server on this machine. */
  port: number;
  /** Id of the server's process. */
  pid: number;
  /** Path of the application, such as `/sliders`. */
  path: string;
  /** Query string of the page, with its question mark. @default {""} */
  query?: string;
  /** Number of operations in a second, for loads of separate operations. By default as many as possible. */
  perSecond?: number;
  /** Duration of the warm-up, in seconds. */
  warmSeconds: number;
  /** Duration of the measurement, in seconds. */
  seconds: number;
}

/** Requests a URL repeatedly over persistent connections. */
export interface GetJob extends Target {
  load: "get";
  connections: number;
  /** Path and query. By default the URL of `script`, or the page of the application if `script` is not given either. */
  url?: string;
  /** Name of a script, such as `bokeh.min.js`, whose URL is read from the page. */
  script?: string;
  headers?: Record<string, string>;
  /** Whether to send `If-None-Match`, so that the server answers with 304. */
  revalidate?: boolean;
}

/** Opens and closes sessions: page, websocket, ACK, pull, close. */
export interface SessionJob extends Target {
  load: "session";
  /** Number of sessions that are opened at the same time. */
  concurrency: number;
  /** Number of sessions that are open and idle during the measurement. @default {0} */
  idle?: number;
}

/**
 * `pull`: pulls the document repeatedly over one websocket. `beside`: moves the slider of one session while another one
 * computes.
 */
export interface PullJob extends Target {
  load: "pull" | "beside";
}

/** Moves sliders, each in a separate session. An operation ends with the reply to the patch. */
export interface PatchJob extends Target {
  load: "patch";
  clients: number;
}

/** Receives streams from sessions that each stream as fast as they can to `watchers` websockets. */
export interface StreamJob extends Target {
  load: "stream";
  sessions: number;
  watchers: number;
}

/**
 * Uses many sessions at once. `crowd`: each changes an attribute once a second. `mixed`: 70 % are idle, 20 % stream, and
 * 10 % are changed twice a second. `hold`: all are idle, and their memory is measured.
 */
export interface CrowdJob extends Target {
  load: "crowd" | "mixed" | "hold";
  /** Number of sessions, for `mixed` a multiple of 10. */
  sessions: number;
}

/**
 * Ends a server whose sessions are in a session store. Its clients return to the target, which takes the sessions over. An operation
 * is the return of a client, from the loss of its connection until it has the document.
 */
export interface TakeoverJob extends Target {
  load: "takeover";
  sessions: number;
  /** The server that ends. */
  from: Pick<Target, "port" | "pid">;
  /** `SIGTERM` for a restart, `SIGKILL` for a crash. */
  signal: "SIGTERM" | "SIGKILL";
}

/** A job of the load client. */
export type Job = GetJob | SessionJob | PullJob | PatchJob | StreamJob | CrowdJob | TakeoverJob;

/** The result of a job. */
export interface Measurement {
  /** Number of operations during the measurement. */
  operations: number;
  /** Duration of the measurement, in seconds. */
  seconds: number;
  /** Milliseconds for an operation, or between two patches of a stream. */
  latency?: Spread;
  /** CPU time of the server, in seconds. */
  serverSeconds: number;
  /** CPU time of the server's first process, which may have started others, in seconds. */
  parentSeconds: number;
  /** CPU time of the load client, in seconds. */
  clientSeconds: number;
  /** CPU time of all other processes, in seconds. */
  otherSeconds: number;
  /** Memory for each session, in bytes (`hold`, `mixed`). */
  memory?: number;
  /** Further figures by name. */
  further?: Record<string, number>;
}
