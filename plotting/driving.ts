/**
 * Sequences of values that drive callbacks, for animations and demonstrations. The counterpart of
 * Python's `bokeh.driving`.
 *
 * Each function returns a driver: a function that takes a callback for values, and returns a
 * callback without arguments that passes it the next value each time it runs.
 *
 * @example A point on a circle
 * ```ts
 * import type { Document } from "@bokeh/server";
 * import { linear } from "@bokeh/server/driving";
 * import { ColumnDataSource } from "@bokeh/server/models";
 * import { figure } from "@bokeh/server/plotting";
 *
 * export default function app(doc: Document): void {
 *   const source = new ColumnDataSource({ data: { x: [1], y: [0] } });
 *   const plot = figure({ x_range: [-2, 2], y_range: [-2, 2] });
 *   plot.scatter({ x: "x", y: "y", size: 10, source });
 *   const move = linear({ m: 0.1 })((angle) => source.data = { x: [Math.cos(angle)], y: [Math.sin(angle)] });
 *   doc.add_periodic_callback(move, 50);
 *   doc.add_root(plot);
 * }
 * ```
 *
 * @module
 */

/** Creates a callback that passes the next value of a sequence to `f` each time it runs. */
export type Driver<T> = (f: (value: T) => unknown) => () => unknown;

/** Options of {@linkcode sine} and {@linkcode cosine}. */
export interface WaveOptions {
  /**
   * Amplitude.
   *
   * @default {1}
   */
  readonly A?: number;
  /**
   * Phase, in radians.
   *
   * @default {0}
   */
  readonly phi?: number;
  /**
   * Mean of the wave.
   *
   * @default {0}
   */
  readonly offset?: number;
}

/** Options of {@linkcode linear}. */
export interface LinearOptions {
  /**
   * Difference of two values.
   *
   * @default {1}
   */
  readonly m?: number;
  /**
   * First value.
   *
   * @default {0}
   */
  readonly b?: number;
}

/**
 * Drives with the items of a sequence, forwards and backwards in turn.
 *
 * @throws {RangeError} If the sequence is empty.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { bounce } from "@bokeh/server/driving";
 *
 * const values: string[] = [];
 * const next = bounce(["a", "b", "c"])((value) => values.push(value));
 * for (let i = 0; i < 7; i++) next();
 * assertEquals(values, ["a", "b", "c", "c", "b", "a", "a"]);
 * ```
 */
export function bounce<T>(sequence: ArrayLike<T>): Driver<T> {
  const { length } = requireItems(sequence, "bounce");
  return drive((i) => {
    const at = i % length;
    return sequence[Math.floor(i / length) % 2 === 0 ? at : length - at - 1]!;
  });
}

/** Drives with a cosine wave: `A · cos(w · i + phi) + offset` for i = 0, 1, 2, … */
export function cosine(w: number, { A = 1, phi = 0, offset = 0 }: WaveOptions = {}): Driver<number> {
  return drive((i) => A * Math.cos(w * i + phi) + offset);
}

/** Drives with 0, 1, 2, … */
export function count(): Driver<number> {
  return drive((i) => i);
}

/**
 * Returns a callback that passes the next item of a sequence to `f` each time it runs. It does
 * nothing after the last item.
 */
export function force<T>(f: (value: T) => unknown, sequence: Iterable<T>): () => unknown {
  const items = sequence[Symbol.iterator]();
  return () => {
    const { done, value } = items.next();
    return done ? undefined : f(value);
  };
}

/** Drives with the values of a line: `m · i + b` for i = 0, 1, 2, … */
export function linear({ m = 1, b = 0 }: LinearOptions = {}): Driver<number> {
  return drive((i) => m * i + b);
}

/**
 * Drives with the items of a sequence, and starts again after the last one.
 *
 * @throws {RangeError} If the sequence is empty.
 */
export function repeat<T>(sequence: ArrayLike<T>): Driver<T> {
  const { length } = requireItems(sequence, "repeat");
  return drive((i) => sequence[i % length]!);
}

/** Drives with a sine wave: `A · sin(w · i + phi) + offset` for i = 0, 1, 2, … */
export function sine(w: number, { A = 1, phi = 0, offset = 0 }: WaveOptions = {}): Driver<number> {
  return drive((i) => A * Math.sin(w * i + phi) + offset);
}

/** Returns a driver with the values of a function of 0, 1, 2, … Each callback starts at 0. */
function drive<T>(valueAt: (i: number) => T): Driver<T> {
  return (f) => {
    let i = 0;
    return () => f(valueAt(i++));
  };
}

function requireItems<T>(sequence: ArrayLike<T>, action: string): ArrayLike<T> {
  if (sequence.length === 0) throw new RangeError(`Cannot ${action} an empty sequence: it needs at least one item`);
  return sequence;
}
