import type { Clock } from "../../common/clock.ts";

/** Approximate speed at which a document is encoded. */
const CHARACTERS_PER_MILLISECOND = 100_000;
/** Greatest part of the time that may be spent on encoding the document of one session. */
const SHARE = 1 / 4;

/** Returns how long a document must not be encoded again, in milliseconds. */
function pauseAfter(characters: number): number {
  return characters / CHARACTERS_PER_MILLISECOND * (1 / SHARE - 1);
}

/**
 * Delays the next encoding of a long document, so that the process has time for other clients.
 * Clients that wait for the same turn receive the same snapshot.
 */
export class SnapshotThrottle {
  readonly #clock: Clock;
  readonly #freeAt: number;
  #turn: Promise<void> | undefined;

  /**
   * Starts the pause after an encoding.
   *
   * @param characters Length of the encoded document.
   */
  constructor(characters: number, clock: Clock) {
    this.#clock = clock;
    this.#freeAt = clock.now() + pauseAfter(characters);
  }

  /**
   * Returns a promise that resolves when the document may be encoded again; undefined if it may be
   * encoded now.
   */
  turn(): Promise<void> | undefined {
    const wait = this.#freeAt - this.#clock.now();
    if (wait <= 0) return undefined;
    return this.#turn ??= new Promise((resolve) => this.#clock.setTimeout(resolve, wait));
  }
}
