/**
 * Random numbers that are the same each time, for the data of examples. A small generator: statistics
 * need a library such as `d3-random`.
 *
 * @module
 */

const MULTIPLIER = 48271;
const MODULUS = 2 ** 31 - 1;

/** Random numbers that depend only on the seed. */
export class SeededRandom {
  #state: number;

  /** @param seed An integer from 1 to 2³¹ - 2. */
  constructor(seed: number) {
    this.#state = seed;
  }

  /** Returns a number between two bounds. */
  uniform(low = 0, high = 1): number {
    this.#state = (this.#state * MULTIPLIER) % MODULUS;
    return low + (high - low) * (this.#state / MODULUS);
  }

  /** Returns an exponentially distributed number. */
  exponential(mean: number): number {
    return -mean * Math.log(this.uniform());
  }

  /** Returns a normally distributed number (Box and Muller, 1958). */
  normal(mean = 0, deviation = 1): number {
    const radius = Math.sqrt(this.exponential(2));
    return mean + deviation * radius * Math.cos(2 * Math.PI * this.uniform());
  }
}
