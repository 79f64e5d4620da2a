/**
 * Equally spaced numbers.
 *
 * @module
 */

/**
 * Returns equally spaced numbers from `start` to `stop`, as `numpy.linspace` does.
 *
 * @param count Number of numbers, 0 or more.
 * @param options.endpoint Whether `stop` is the last number. @default true
 * @throws {RangeError} if `count` is not a whole number of 0 or more
 *
 * @example The x coordinates of a curve
 * ```ts
 * import { figure } from "@bokeh/server/plotting";
 * import { linspace } from "@bokeh/server/statistics";
 *
 * const x = linspace(0, 4 * Math.PI, 200);
 * figure().line({ x, y: x.map(Math.sin) });
 * ```
 */
export function linspace(start: number, stop: number, count = 50, { endpoint = true } = {}): Float64Array {
  if (!Number.isInteger(count) || count < 0) {
    throw new RangeError(`Cannot create ${count} numbers: the count must be a whole number of 0 or more`);
  }
  const step = (stop - start) / (endpoint ? count - 1 : count);
  const numbers = Float64Array.from({ length: count }, (_, i) => i === 0 ? start : i * step + start);
  if (endpoint && count > 1) numbers[count - 1] = stop;
  return numbers;
}

/**
 * Returns the whole numbers from 0 that are less than `stop`, as `numpy.arange` does.
 *
 * @throws {RangeError} if `stop` is not finite
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { arange } from "@bokeh/server/statistics";
 *
 * assertEquals(arange(3), Float64Array.of(0, 1, 2));
 * ```
 */
export function arange(stop: number): Float64Array;
/**
 * Returns numbers from `start` in steps, without `stop`, as `numpy.arange` does. Use {@linkcode linspace} for steps that are
 * not whole numbers: rounding can add a number at the end.
 *
 * @param step Difference of two numbers, which can be negative. @default 1
 * @throws {RangeError} if an argument is not finite, or if `step` is 0
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { arange } from "@bokeh/server/statistics";
 *
 * assertEquals(arange(10, 40, 10), Float64Array.of(10, 20, 30));
 * ```
 */
export function arange(start: number, stop: number, step?: number): Float64Array;
export function arange(first: number, second?: number, step = 1): Float64Array {
  const [start, stop] = second === undefined ? [0, first] : [first, second];
  if (!Number.isFinite(stop - start) || !Number.isFinite(step) || step === 0) {
    throw new RangeError(
      `Cannot create numbers from ${start} to ${stop} in steps of ${step}: they must be finite, and the step not 0`,
    );
  }
  const difference = start + step - start; // rounded as numpy does
  const length = Math.max(0, Math.ceil((stop - start) / step));
  return Float64Array.from({ length }, (_, i) => i === 1 ? start + step : start + i * difference);
}
