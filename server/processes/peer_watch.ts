import { type Clock, systemClock, type TimerId } from "../../common/clock.ts";

/** Interval of the questions, in milliseconds. */
const INTERVAL_MILLISECONDS = 500;
/**
 * Number of questions in a row without an answer after which a process is lost whose machine answers. They take five
 * seconds: a callback can block a process for some time.
 */
const MAX_SILENT = 6;
/** The same for a process whose machine does not accept connections either. */
const MAX_GONE = 2;

/** How a process has answered: `"silent"` if only its machine accepts connections, `"gone"` if nothing answers. */
export type PeerAnswer = "answers" | "silent" | "gone";

/**
 * Asks another process, while websockets are relayed to it, whether it still answers. The end of a machine or network
 * does not close connections.
 */
export class PeerWatch implements Disposable {
  readonly #ask: () => Promise<PeerAnswer>;
  readonly #clock: Clock;
  readonly #listeners = new Set<() => void>();
  #timer: TimerId | undefined;
  #silent = 0;
  #gone = 0;

  /** Creates a watch that asks nothing before the first listener is added. */
  constructor(ask: () => Promise<PeerAnswer>, clock: Clock = systemClock) {
    this.#ask = ask;
    this.#clock = clock;
  }

  /** Calls a function once if the process is lost. Returns a function that removes it. */
  add(onLost: () => void): () => void {
    const listener = () => onLost();
    this.#listeners.add(listener);
    if (this.#timer === undefined) this.#start();
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size === 0) this[Symbol.dispose]();
    };
  }

  /** Stops to ask. */
  [Symbol.dispose](): void {
    this.#clock.clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #start(): void {
    this.#silent = this.#gone = 0;
    this.#timer = this.#schedule();
  }

  #schedule(): TimerId {
    const timer: TimerId = this.#clock.setTimeout(async () => {
      const answer = await this.#ask();
      if (this.#timer !== timer) return; // stopped meanwhile
      this.#silent = answer === "answers" ? 0 : this.#silent + 1;
      this.#gone = answer === "gone" ? this.#gone + 1 : 0;
      if (this.#silent < MAX_SILENT && this.#gone < MAX_GONE) return void (this.#timer = this.#schedule());
      this.#timer = undefined;
      for (const lost of [...this.#listeners]) lost();
    }, INTERVAL_MILLISECONDS);
    return timer;
  }
}
