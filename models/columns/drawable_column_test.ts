import { assertEquals, assertThrows } from "@std/assert";
import { ColumnDataSource, Div } from "../mod.ts";

Deno.test("columns store dates as milliseconds", () => {
  const day = Temporal.PlainDate.from("2024-02-29");
  const source = new ColumnDataSource({ data: { x: [null, day, null] } });
  assertEquals(source.data, { x: [null, Date.UTC(2024, 1, 29), null] });
  source.stream({ x: [day] });
  assertEquals(source.data.x[3], Date.UTC(2024, 1, 29));
});

Deno.test("columns store images as arrays of bytes with a shape", () => {
  const data = Uint8ClampedArray.from({ length: 24 }, (_, i) => i);
  const source: ColumnDataSource = new ColumnDataSource({ data: { image: [{ data, width: 3, height: 2 }] } });
  const [pixels] = source.data.image;
  assertEquals([pixels instanceof Uint8Array, pixels.shape, pixels[23]], [true, [2, 3, 4], 23]);
  const other = { data, width: 5, height: 5 };
  assertEquals(new ColumnDataSource({ data: { image: [other] } }).data.image, [other]);
});

Deno.test("assigning a cyclic value throws an error with the reason", () => {
  const tags: unknown[] = [];
  tags.push(tags);
  assertThrows(() => new Div({ tags }), TypeError, "Cannot set Div.tags: the value at [0] refers to itself");
});
