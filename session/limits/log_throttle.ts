import type { Clock } from "../../common/clock.ts";

/** Warnings that are written at once. */
const BURST = 100;
/** Warnings that are written per second after that. */
const PER_SECOND = 10;

/**
 * Limits the rate of warnings about messages of clients (token bucket): one message can cause
 * 100,000 warnings.
 */
export class LogThrottle {
  readonly #clock: Clock;
  readonly #write: (message: string) => void;
  #allowed = BURST;
  #since: number;
  #skipped = 0;

  /**
   * Creates a throttle.
   *
   * @param write Writes a warning to the log.
   */
  constructor(clock: Clock, write: (message: string) => void) {
    this.#clock = clock;
    this.#write = write;
    this.#since = clock.now();
  }

  /**
   * Writes a warning, or counts it as skipped if there are too many.
   *
   * @param write Writes this warning. @default the constructor's function
   */
  warn(message: string, write: (message: string) => void = this.#write): void {
    const now = this.#clock.now();
    this.#allowed = Math.min(BURST, this.#allowed + (now - this.#since) * PER_SECOND / 1000);
    this.#since = now;
    if (this.#allowed < 1) {
      if (this.#skipped++ === 0) this.#write("Too many warnings about messages of clients: some are skipped");
      return;
    }
    this.#allowed--;
    if (this.#skipped > 0) this.#write(`${this.#skipped} warnings about messages of clients were skipped`);
    this.#skipped = 0;
    write(message);
  }
}
