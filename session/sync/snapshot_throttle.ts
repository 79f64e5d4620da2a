import type { Clock } from "../../common/clock.ts";

/** So many characters of a document are written in a millisecond, more or less. */
const CHARACTERS_A_MILLISECOND = 100_000;
/** Of all time at most this part goes into writing one session's document: the rest is others'. */
const SHARE = 1 / 4;

/** How long others are to have the process for themselves after a document was written, in milliseconds. */
function restAfter(characters: number): number {
  return characters / CHARACTERS_A_MILLISECOND * (1 / SHARE - 1);
}

/** When a long document that has just been written may be written again. Those who wait for that can have the same text. */
export class PullPace {
  readonly #clock: Clock;
  readonly #freeAt: number;
  #turn: Promise<void> | undefined;

  /** @param characters The length of the document. */
  constructor(characters: number, clock: Clock) {
    this.#clock = clock;
    this.#freeAt = clock.now() + restAfter(characters);
  }

  /** Resolves when the document may be written again; undefined where it may be at once. */
  turn(): Promise<void> | undefined {
    const wait = this.#freeAt - this.#clock.now();
    if (wait <= 0) return undefined;
    return this.#turn ??= new Promise((resolve) => this.#clock.setTimeout(resolve, wait));
  }
}
