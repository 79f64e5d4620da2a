import { assertEquals, assertThrows } from "@std/assert";
import { median, quantile, spread } from "./statistics.ts";

Deno.test("median takes the middle value whatever the order", () => {
  assertEquals(median([9, 1, 5]), 5);
});

Deno.test("median of an even number of values is the mean of the middle two", () => {
  assertEquals(median([1, 2, 10, 100]), 6);
});

Deno.test("median sorts by size, not as text", () => {
  assertEquals(median([2, 10, 100]), 10);
});

Deno.test("quantile lies between neighbors in proportion", () => {
  assertEquals(quantile([0, 10], 0.25), 2.5);
  assertEquals(quantile([7], 0.99), 7);
});

Deno.test("quantile refuses no values", () => {
  assertThrows(() => quantile([], 0.5), RangeError, "there are no values");
});

Deno.test("spread gives median and 99th percentile", () => {
  assertEquals(spread(Array.from({ length: 101 }, (_, i) => 100 - i)), { p50: 50, p99: 99 });
});

Deno.test("spread of nothing is undefined", () => {
  assertEquals(spread([]), undefined);
});
