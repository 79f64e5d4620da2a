import { assertEquals, assertStrictEquals, assertThrows } from "@std/assert";
import { ColumnDataSource, Div, FixedTicker } from "../mod.ts";
import { dtypeOf, itemCount, ndarray, swapBytes } from "./ndarray.ts";

Deno.test("ndarray() changes the array itself", () => {
  const items = Float64Array.of(1, 2, 3, 4);
  const array = ndarray(items, [2, 2]);
  assertStrictEquals<Float64Array>(array, items);
  assertEquals(array.shape, [2, 2]);
});

Deno.test("ndarray() throws for a shape with another number of items", () => {
  for (const shape of [[3], [2, 3], [-2, -2], [1.5, 2], [NaN], [2 ** 40, 2 ** 40]]) {
    assertThrows(() => ndarray([1, 2, 3, 4], shape), RangeError, "Cannot shape an array of 4 items");
  }
});

Deno.test("ndarray() accepts only a Uint8Array as booleans", () => {
  assertEquals(dtypeOf(ndarray(Uint8Array.of(1, 0), [2], "bool")), "bool");
  assertThrows(() => ndarray(Int8Array.of(1), [1], "bool"), TypeError, "expected a Uint8Array");
  assertThrows(() => ndarray([true], [1], "bool"), TypeError, "expected a Uint8Array");
});

Deno.test("dtypeOf() returns undefined for items that are not sent in binary form", () => {
  assertEquals(dtypeOf(new Uint8ClampedArray()), "uint8");
  assertEquals(dtypeOf(new BigInt64Array()), undefined);
});

Deno.test("itemCount() returns NaN for an invalid shape", () => {
  assertEquals(itemCount([2, 3]), 6);
  assertEquals(itemCount([]), 1);
  for (const shape of [["2"], [null], [-1], [0.5], [Infinity], [2 ** 53, 2], [2 ** 52, 2 ** 52, 0.1]]) {
    assertEquals(itemCount(shape), NaN);
  }
});

Deno.test("swapBytes() reverses the bytes of each item", () => {
  const bytes = Uint8Array.of(1, 2, 3, 4);
  swapBytes(bytes, 2);
  assertEquals([...bytes], [2, 1, 4, 3]);
  swapBytes(bytes, 4);
  assertEquals([...bytes], [3, 4, 1, 2]);
  swapBytes(bytes, 1);
  assertEquals([...bytes], [3, 4, 1, 2]);
});

Deno.test("models throw for arrays whose shape does not match their items", () => {
  const shapes: unknown[] = [[2, 2], [-1, -3], [NaN], [1.5, 2], ["3"], [3, NaN], "3", [], [Infinity], [0], 3];
  for (const shape of shapes) {
    const make = {
      typed: () => Object.assign(Float64Array.of(1, 2, 3), { shape }),
      list: () => Object.assign([1, 2, 3], { shape }),
    };
    for (const array of Object.values(make)) {
      const data = (x: unknown) => ({ data: { x } }) as { data: Record<string, ArrayLike<unknown>> };
      assertThrows(
        () => new ColumnDataSource(data(array())),
        RangeError,
        "Cannot set column x of ColumnDataSource: an array",
      );
      assertThrows(() => new ColumnDataSource(data([null, array()])), RangeError, "of 3 items has the shape");
      const source: ColumnDataSource = new ColumnDataSource({ data: { x: [1, 2, 3] } });
      assertThrows(() => Reflect.set(source.data, "x", array()), RangeError, "column x");
      assertThrows(() => source.stream(data([array()]).data), RangeError, "column x");
      assertThrows(() => new FixedTicker({ ticks: array() as number[] }), RangeError, "Cannot set FixedTicker.ticks");
      assertThrows(() => new Div({ tags: [array()] }), RangeError, "Cannot set Div.tags");
      assertEquals(source.data, { x: [1, 2, 3] });
    }
  }
  const image = ndarray(Float64Array.of(1, 2, 3, 4), [2, 2]);
  assertEquals(new ColumnDataSource({ data: { image: [image], flat: image } }).data.image, [image]);
});
