import { assertEquals, assertThrows } from "@std/assert";
import { ColumnDataSource } from "../mod.ts";

Deno.test("stream_rows() appends rows, with null for missing values", () => {
  const source = ColumnDataSource.from_rows([{ fruit: "apple", count: 3 }, { fruit: "pear" }]);
  source.stream_rows([{ fruit: "plum" }, { count: 2, fruit: "fig" }], 3);
  assertEquals({ ...source.data }, { fruit: ["pear", "plum", "fig"], count: [null, null, 2] });
  source.stream_rows([{ fruit: "kiwi" }], 1);
  assertEquals({ ...source.data }, { fruit: ["kiwi"], count: [null] });

  const numbers = new ColumnDataSource({ data: { x: Float64Array.of(1), y: Int32Array.of(2) } });
  numbers.stream_rows([{ x: 1.5, y: 3n }]);
  assertEquals({ ...numbers.data }, { x: Float64Array.of(1, 1.5), y: Int32Array.of(2, 3) });
});

Deno.test("stream_rows() refuses unknown columns and values that are not rows", () => {
  const source = new ColumnDataSource({ data: { time: [1], price: [2] } });
  const untyped: ColumnDataSource = source;
  assertThrows(() => untyped.stream_rows([{ tiem: 2, price: 3 }]), RangeError, "extra: tiem");
  assertThrows(() => untyped.stream_rows([[2, 3]]), TypeError, "row 0");
  assertThrows(() => untyped.stream_rows([{ time: 2n ** 53n + 1n, price: 3 }]), RangeError, "column time, row 0");
  assertThrows(() => untyped.stream_rows([{ time: 2, price: 3 }], -1), RangeError, "rollover -1");
  assertEquals({ ...source.data }, { time: [1], price: [2] });
  source.stream_rows([]);
  assertEquals(source.length, 1);
});

Deno.test("stream_rows() defines the columns of a source without columns", () => {
  const source: ColumnDataSource = new ColumnDataSource();
  source.stream_rows([{ a: 1 }, { b: 2 }]);
  assertEquals({ ...source.data }, { a: [1, null], b: [null, 2] });
});
