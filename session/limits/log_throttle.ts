import type { Clock } from "../../common/clock.ts";

/** So many warnings at once are written. */
const BURST = 100;
/** And from then on so many in a second. */
const PER_SECOND = 10;

/** Writes warnings of what clients send: one message may be worth a hundred thousand of them, and a log has an end. */
export class LogThrottle {
  readonly #clock: Clock;
  readonly #write: (message: string) => void;
  #allowed = BURST;
  #since: number;
  #leftOut = 0;

  /** Writes nothing by itself. */
  constructor(clock: Clock, write: (message: string) => void) {
    this.#clock = clock;
    this.#write = write;
    this.#since = clock.now();
  }

  /**
   * Writes a warning, or counts it if there are too many.
   *
   * @param write Writes this warning. The function of the constructor by default.
   */
  warn(message: string, write: (message: string) => void = this.#write): void {
    const now = this.#clock.now();
    this.#allowed = Math.min(BURST, this.#allowed + (now - this.#since) * PER_SECOND / 1000);
    this.#since = now;
    if (this.#allowed < 1) {
      if (this.#leftOut++ === 0) this.#write("Too many warnings of what clients send: some are left out");
      return;
    }
    this.#allowed--;
    if (this.#leftOut > 0) this.#write(`${this.#leftOut} warnings of what clients sent were left out`);
    this.#leftOut = 0;
    write(message);
  }
}
