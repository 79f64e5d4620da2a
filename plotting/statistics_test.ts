import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { describe, histogram, quantile_cut } from "./statistics.ts";

const VALUES = [1, 2, 2, 3, 5, 8, 8, 8, 9.5];

Deno.test("histogram() counts as numpy.histogram", () => {
  const plain = (...args: Parameters<typeof histogram>) => {
    const { counts, edges } = histogram(...args);
    return [[...counts], [...edges]];
  };
  assertEquals(plain(VALUES, 4), [[4, 1, 0, 4], [1, 3.125, 5.25, 7.375, 9.5]]);
  assertEquals(plain(VALUES, [2, 3, 8]), [[2, 5], [2, 3, 8]]);
  assertEquals(plain([NaN, 2, Infinity], [2, 3]), [[1], [2, 3]]);
  assertEquals(plain([7], 2), [[0, 1], [6.5, 7, 7.5]]);
  assertEquals(plain([], 2), [[0, 0], [0, 0.5, 1]]);
  assertThrows(() => histogram(VALUES, 0), RangeError, "into 0 groups");
  assertThrows(() => histogram([1, NaN], 3), RangeError, "values must be finite");
  assertThrows(() => histogram(VALUES, [1, 1, 2]), RangeError, "must increase");
  assertThrows(() => histogram(VALUES, [1]), RangeError, "at least two");
});

Deno.test("quantile_cut() assigns the groups of pandas.qcut", () => {
  assertEquals([...quantile_cut(VALUES, 3)], [0, 0, 0, 1, 1, 1, 1, 1, 2]);
  assertEquals([...quantile_cut([1, 1, 1, 1, 2, 3, NaN], 3)], [0, 0, 0, 0, 1, 1, -1]);
  assertEquals([...quantile_cut([0, 0, 5, 9, 9, 9], 4)], [0, 0, 1, 2, 2, 2]);
  const steps = Float64Array.from({ length: 13 }, (_, i) => 0.1 * i);
  assertEquals([...quantile_cut(steps, 5)], [0, 0, 0, 1, 1, 2, 2, 2, 3, 3, 4, 4, 4]);
  assertEquals([...quantile_cut([4, 4], 3)], [0, 0]);
  assertEquals([...quantile_cut([NaN], 3)], [-1]);
  assertThrows(() => quantile_cut(VALUES, 2.5), RangeError, "into 2.5 groups");
});

Deno.test("describe() returns the statistics of pandas", () => {
  const { std, ...others } = describe([3, NaN, 1, 2, 10]);
  assertAlmostEquals(std, 4.08248290463863);
  assertEquals(others, { count: 4, mean: 4, min: 1, "25%": 1.75, "50%": 2.5, "75%": 4.75, max: 10 });
  assertEquals(describe([]), {
    ...{ count: 0, mean: NaN, std: NaN, min: NaN, "25%": NaN, "50%": NaN, "75%": NaN, max: NaN },
  });
});
