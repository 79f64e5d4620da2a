/** Counts operations during a measurement, and measures the CPU time of the server, the client and other processes. */

import { busySeconds, ownSeconds, processSeconds } from "../measure/proc.ts";
import { spread } from "../measure/statistics.ts";
import type { Measurement } from "./job.ts";

/**
 * Readings of clocks, in seconds: wall time, CPU time of the server, of its first process and of the client, and busy time of
 * all cores.
 */
interface Clocks {
  time: number;
  server: number;
  parent: number;
  client: number;
  busy: number;
}

/** A measurement that is opened once and closed once. Operations outside of it are not counted. */
export class Meter {
  readonly #pid: number;
  #opened: Clocks | undefined;
  #milliseconds: number[] = [];

  /** Creates a meter for the server with a process id. */
  constructor(pid: number) {
    this.#pid = pid;
  }

  /** Counts an operation and its duration, which is `NaN` if unknown. */
  done(milliseconds: number): void {
    if (this.#opened !== undefined) this.#milliseconds.push(milliseconds);
  }

  /** Number of operations so far. */
  get count(): number {
    return this.#milliseconds.length;
  }

  /** Starts the measurement. */
  open(): void {
    this.#milliseconds = [];
    this.#opened = this.#clocks();
  }

  /** Ends the measurement and returns its result. */
  close(): Measurement {
    if (this.#opened === undefined) throw new Error("Cannot end the measurement: it was not opened");
    const [from, to] = [this.#opened, this.#clocks()];
    this.#opened = undefined;
    const [serverSeconds, clientSeconds] = [to.server - from.server, to.client - from.client];
    const latency = spread(this.#milliseconds.filter((milliseconds) => !Number.isNaN(milliseconds)));
    return {
      operations: this.#milliseconds.length,
      seconds: to.time - from.time,
      ...(latency && { latency }),
      serverSeconds,
      parentSeconds: to.parent - from.parent,
      clientSeconds,
      otherSeconds: Math.max(0, to.busy - from.busy - serverSeconds - clientSeconds),
    };
  }

  #clocks(): Clocks {
    return {
      time: performance.now() / 1000,
      server: processSeconds(this.#pid),
      parent: ownSeconds(this.#pid),
      client: processSeconds(Deno.pid),
      busy: busySeconds(),
    };
  }
}
