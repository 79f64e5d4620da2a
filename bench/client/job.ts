/** What the load client is told to do, and what it answers: JSON on its standard input and output. */

import type { Spread } from "../measure/statistics.ts";

/** What every load is told. */
export interface Target {
  /** Where the server listens on this machine. */
  port: number;
  /** The server's process. */
  pid: number;
  /** The application, `/sliders`. */
  path: string;
  /** What follows the path of the page, with its question mark. @default "" */
  query?: string;
  /** Work before the window that is measured. */
  warmSeconds: number;
  /** How long the window is. */
  seconds: number;
}

/** Requests of one address over kept connections. */
export interface GetJob extends Target {
  load: "get";
  connections: number;
  /** The address; that of a script in the page where only `script` is given. @default the application's page */
  url?: string;
  /** The name of a file whose address is taken out of the page: `bokeh.min.js`. */
  script?: string;
  headers?: Record<string, string>;
  /** Asks with the entity tag of a first answer: the server says 304. */
  revalidate?: boolean;
}

/** Whole visits: page, socket, ACK, pull, close. */
export interface SessionJob extends Target {
  load: "session";
  /** Visitors at a time. */
  visitors: number;
  /** Sessions that are open and idle meanwhile. @default 0 */
  idle?: number;
}

/** One socket that asks for the document again and again. */
export interface PullJob extends Target {
  load: "pull";
}

/** Sliders that are moved, each in a session of its own; a move counts when its answer is there. */
export interface PatchJob extends Target {
  load: "patch";
  clients: number;
}

/** Sessions that stream as fast as they can to some sockets each. */
export interface StreamJob extends Target {
  load: "stream";
  sessions: number;
  watchers: number;
}

/** Sessions that each change by themselves once in a while. */
export interface CrowdJob extends Target {
  load: "crowd";
  sessions: number;
}

/** Memory of sessions that are open and idle. */
export interface HoldJob extends Target {
  load: "hold";
  sessions: number;
}

/** Anything the client can be told. */
export type Job = GetJob | SessionJob | PullJob | PatchJob | StreamJob | CrowdJob | HoldJob;

/** What a load found. */
export interface Measurement {
  /** What was done in the window. */
  operations: number;
  /** How long the window was. */
  seconds: number;
  /** Milliseconds an operation took, or those between two patches of a stream. */
  latency?: Spread;
  /** Seconds of a core that the server took. */
  serverSeconds: number;
  /** Seconds of a core that the load client took. */
  clientSeconds: number;
  /** Seconds of all cores that neither took. */
  strangerSeconds: number;
  /** Bytes of memory for each session, of a `hold`. */
  memory?: number;
  /** Further figures of a load, by name. */
  further?: Record<string, number>;
}
