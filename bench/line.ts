/** Types of a benchmark line: a task that is measured on each server. */

import type { Spread } from "./measure/statistics.ts";
import type { Placement } from "./measure/placement.ts";
import type { ServerName } from "./servers/server.ts";
import type { Tools } from "./servers/commands.ts";

/** Unit of a line's value. Higher is better for `/s`, lower for the others. */
export type Unit = "/s" | "ms" | "KB";

/** Goals of a line. */
export interface Goal {
  /** Minimum ratio to Python's server with TCP_NODELAY: 5 is five times better. */
  python?: number;
  /** Minimum ratio to the bare server: 0.6 is 60 %. */
  bare?: number;
  /** Maximum value, in the line's unit. */
  atMost?: number;
  /** Maximum CPU time of an operation in several processes, relative to one process: 1.1 is 10 % more. */
  relativeCpu?: number;
}

/** One measurement of a line on a server. */
export interface Sample {
  /** Value in the line's unit. */
  value: number;
  /** CPU time of the server for an operation, in milliseconds. */
  cpu?: number;
  /** Latency in milliseconds. */
  latency?: Spread;
  /** Share of its core that the server used, 0 to 1. If it is small, the server was not the limit. */
  serverShare?: number;
  /** Share of its core that the load client used, 0 to 1. */
  clientShare?: number;
  /** Share of a core that all other processes used. */
  otherShare?: number;
  /** CPU time of an operation in several processes, relative to one process. */
  relativeCpu?: number;
  /** Share of the sessions that the process with the most sessions owns, 0 to 1. */
  largestShare?: number;
  /** Further figures by name. */
  further?: Record<string, number>;
}

/** The environment in which a line is measured. */
export interface Setting {
  tools: Tools;
  placement: Placement;
  /** Duration of the warm-up, in seconds. */
  warmSeconds: number;
  /** Duration of a measurement, in seconds. */
  seconds: number;
}

/** A benchmark line. */
export interface Line {
  /** Name for `--only`. */
  id: string;
  title: string;
  unit: Unit;
  /** The servers on which it is measured. */
  servers: readonly ServerName[];
  goal?: Goal;
  /** Whether it takes minutes. `--smoke` leaves it out. */
  long?: boolean;
  /** Whether it is measured only once for each server. */
  once?: boolean;
  measure(server: ServerName, setting: Setting): Promise<Sample>;
}

/** Returns how many times better one value is than another. */
export function timesBetter(unit: Unit, value: number, than: number): number {
  return unit === "/s" ? value / than : than / value;
}
