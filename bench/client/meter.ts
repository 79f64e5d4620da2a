/** Counts what is done within a window of time, and what the machine did meanwhile. */

import { busySeconds, processSeconds } from "../measure/proc.ts";
import { spread } from "../measure/statistics.ts";
import type { Measurement } from "./job.ts";

/** The clocks that a window is measured by, in seconds. */
interface Clocks {
  time: number;
  server: number;
  client: number;
  busy: number;
}

/** A window that is opened once and closed once; what is done outside of it is not counted. */
export class Meter {
  readonly #pid: number;
  #opened: Clocks | undefined;
  #milliseconds: number[] = [];

  /** A meter for the server of a process. */
  constructor(pid: number) {
    this.#pid = pid;
  }

  /** Counts one operation that took so long; `NaN` where that is not known. */
  done(milliseconds: number): void {
    if (this.#opened !== undefined) this.#milliseconds.push(milliseconds);
  }

  /** How many operations were counted. */
  get count(): number {
    return this.#milliseconds.length;
  }

  /** Opens the window. */
  open(): void {
    this.#milliseconds = [];
    this.#opened = this.#clocks();
  }

  /** Closes the window and says what was found. */
  close(): Measurement {
    if (this.#opened === undefined) throw new Error("Cannot close the window: it was not opened");
    const [from, to] = [this.#opened, this.#clocks()];
    this.#opened = undefined;
    const [serverSeconds, clientSeconds] = [to.server - from.server, to.client - from.client];
    const latency = spread(this.#milliseconds.filter((milliseconds) => !Number.isNaN(milliseconds)));
    return {
      operations: this.#milliseconds.length,
      seconds: to.time - from.time,
      ...(latency && { latency }),
      serverSeconds,
      clientSeconds,
      strangerSeconds: Math.max(0, to.busy - from.busy - serverSeconds - clientSeconds),
    };
  }

  #clocks(): Clocks {
    return {
      time: performance.now() / 1000,
      server: processSeconds(this.#pid),
      client: processSeconds(Deno.pid),
      busy: busySeconds(),
    };
  }
}
