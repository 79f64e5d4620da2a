import { Histogram } from "./histogram.ts";

/**
 * Measures for how long the event loop delays what is due, because code runs without a pause. While
 * it is delayed, no session can be served.
 */
export class EventLoopDelay {
  /** The delays in seconds. */
  readonly delays: Histogram = new Histogram();

  /**
   * Starts a series of measurements.
   *
   * @param milliseconds The interval at which the returned function is to be called.
   * @returns A function that measures when it is called.
   */
  start(milliseconds: number): () => void {
    let due = performance.now() + milliseconds;
    return () => {
      const now = performance.now();
      this.delays.add(Math.max(now - due, 0) / 1000);
      due = now + milliseconds;
    };
  }
}
