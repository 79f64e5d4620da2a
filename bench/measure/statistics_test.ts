import { assertEquals, assertThrows } from "@std/assert";
import { median, quantile, spread } from "./statistics.ts";

Deno.test("median: does not depend on the order of the values", () => {
  assertEquals(median([9, 1, 5]), 5);
});

Deno.test("median: is the mean of the two middle values of an even number", () => {
  assertEquals(median([1, 2, 10, 100]), 6);
});

Deno.test("median: sorts numerically", () => {
  assertEquals(median([2, 10, 100]), 10);
});

Deno.test("quantile: interpolates linearly", () => {
  assertEquals(quantile([0, 10], 0.25), 2.5);
  assertEquals(quantile([7], 0.99), 7);
});

Deno.test("quantile: throws RangeError without values", () => {
  assertThrows(() => quantile([], 0.5), RangeError, "there are no values");
});

Deno.test("spread: returns the median and the 99th percentile", () => {
  assertEquals(spread(Array.from({ length: 101 }, (_, i) => 100 - i)), { p50: 50, p99: 99 });
});

Deno.test("spread: returns undefined without values", () => {
  assertEquals(spread([]), undefined);
});
