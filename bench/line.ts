/** One line of the table: something that the server exists for, measured on each server. */

import type { Spread } from "./measure/statistics.ts";
import type { Placement } from "./measure/placement.ts";
import type { ServerName } from "./servers/server.ts";
import type { Tools } from "./servers/commands.ts";

/** What a line's value counts; of `/s` more is better, of the others less. */
export type Unit = "/s" | "ms" | "KB";

/** What is to be reached. */
export interface Goal {
  /** So many times better than Python's server with TCP_NODELAY. */
  python?: number;
  /** So much of what the bare server reaches: 0.6 is 60 %. */
  bare?: number;
  /** At most so much, in the line's unit. */
  atMost?: number;
}

/** One measurement of a line on a server. */
export interface Sample {
  /** In the line's unit. */
  value: number;
  /** Milliseconds of a core that the server took for an operation. */
  cpu?: number;
  /** Milliseconds. */
  latency?: Spread;
  /** What share of its core the server took: where it is small, something else was the limit. */
  serverShare?: number;
  /** What share of its core the load client took. */
  clientShare?: number;
  /** What share of a core neither server nor client took. */
  strangerShare?: number;
  /** Further figures, by name. */
  further?: Record<string, number>;
}

/** How, and with what, a line is measured. */
export interface Setting {
  tools: Tools;
  placement: Placement;
  /** Seconds before a window, and of it. */
  warmSeconds: number;
  seconds: number;
}

/** A line of the table. */
export interface Line {
  /** What `--only` names it by. */
  id: string;
  title: string;
  unit: Unit;
  /** The servers it is measured on. */
  servers: readonly ServerName[];
  goal?: Goal;
  /** Takes minutes: left out of a smoke run. */
  long?: boolean;
  /** Measured once for each server, whatever the number of rounds. */
  once?: boolean;
  measure(server: ServerName, setting: Setting): Promise<Sample>;
}

/** How many times better one value is than another. */
export function timesBetter(unit: Unit, value: number, than: number): number {
  return unit === "/s" ? value / than : than / value;
}
