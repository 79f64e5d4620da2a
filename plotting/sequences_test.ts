import { assertEquals, assertThrows } from "@std/assert";
import { arange, linspace } from "./sequences.ts";

Deno.test("linspace() returns the numbers of numpy.linspace", () => {
  assertEquals([...linspace(0, 1, 5)], [0, 0.25, 0.5, 0.75, 1]);
  assertEquals([...linspace(2, -1, 4)], [2, 1, 0, -1]);
  assertEquals([...linspace(0, 0.3, 4)], [0, 0.09999999999999999, 0.19999999999999998, 0.3]);
  assertEquals([...linspace(0, 1, 4, { endpoint: false })], [0, 0.25, 0.5, 0.75]);
  assertEquals(linspace(0, 49), Float64Array.from({ length: 50 }, (_, i) => i));
  assertEquals([...linspace(3, 4, 1)], [3]);
  assertEquals([...linspace(3, 4, 1, { endpoint: false })], [3]);
  assertEquals([...linspace(3, 4, 0)], []);
  assertThrows(() => linspace(0, 1, 2.5), RangeError, "Cannot create 2.5 numbers");
  assertThrows(() => linspace(0, 1, -1), RangeError, "Cannot create -1 numbers");
});

Deno.test("arange() returns the numbers of numpy.arange", () => {
  assertEquals([...arange(3)], [0, 1, 2]);
  assertEquals([...arange(2, 5)], [2, 3, 4]);
  assertEquals([...arange(5, 0, -2)], [5, 3, 1]);
  assertEquals([...arange(1, 1.3, 0.1)], [1, 1.1, 1.2000000000000002, 1.3000000000000003]);
  assertEquals([...arange(-1)], []);
  assertEquals([...arange(5, 2)], []);
  assertThrows(() => arange(0, 1, 0), RangeError, "in steps of 0");
  assertThrows(() => arange(0, Infinity), RangeError, "from 0 to Infinity");
});
