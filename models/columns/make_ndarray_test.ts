import { assert, assertEquals, assertThrows } from "@std/assert";
import { ndarray } from "./make_ndarray.ts";

Deno.test("ndarray() gives typed arrays a shape without copying them", () => {
  const data = Float32Array.of(1, 2, 3, 4, 5, 6);
  const array = ndarray(data.subarray(2), [2, 2]);
  assertEquals([array.shape, [...array], array.buffer === data.buffer], [[2, 2], [3, 4, 5, 6], true]);
  assert(array instanceof Float32Array);
  assert(!("shape" in data));
});

Deno.test("ndarray() takes the shape of nested lists", () => {
  const array = ndarray([[1, 2, 3], [4, 5, 6]]);
  assertEquals([array.shape, [...array]], [[2, 3], [1, 2, 3, 4, 5, 6]]);
  assertEquals(ndarray([1, 2, 3, 4], [2, 2]).shape, [2, 2]);
  assertEquals(ndarray([[[1], [2]]]).shape, [1, 2, 1]);
});

Deno.test("ndarray() rejects shapes that do not match", () => {
  assertThrows(() => ndarray(Float64Array.of(1, 2, 3), [2, 2]), RangeError, "needs 4 items, got 3");
  assertThrows(() => ndarray([[1, 2], [3]]), RangeError, "lists with 2 and 1 items");
  assertThrows(() => ndarray([1, 2], [-1]), RangeError, "needs NaN items");
});
