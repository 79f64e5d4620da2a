import { assertEquals, assertThrows } from "@std/assert";
import { captureLogs } from "../testing/captured_logs.ts";
import { eventually } from "../tests/support/eventually.ts";
import { ColumnDataSource } from "./mod.ts";

function even(): ColumnDataSource {
  return new ColumnDataSource({ data: { x: [1, 2], y: [3, 4] } });
}

Deno.test("watchLengths() lets columns be replaced one after the other", async () => {
  using captured = captureLogs();
  const source = even();
  source.data.x = [1, 2, 3];
  Object.assign(source.data, { y: [4, 5, 6] });
  const ragged = even();
  ragged.data.x = [1];
  await eventually(() => Promise.resolve(captured.logs.length > 0));
  assertEquals(captured.logs.map(({ message }) => message), [
    "Columns of a ColumnDataSource differ in length: x: 1, y: 2",
  ]);
});

Deno.test("watchLengths() warns once of columns of a client that differ in length", async () => {
  using captured = captureLogs();
  const source = even();
  source.setv("data", { x: Float64Array.of(1, 2, 3), y: [1] }, { origin: {} });
  source.setv("data", { x: Float64Array.of(1, 2, 3), y: [2] }, { origin: {} });
  await eventually(() => Promise.resolve(captured.logs.length > 0));
  assertEquals(captured.logs.map(({ message }) => message), [
    "Columns of a ColumnDataSource differ in length: x: 3, y: 1",
  ]);
});

Deno.test("refuseRagged() refuses columns of different lengths that are set together", () => {
  const source = even();
  const text = "Cannot set ColumnDataSource.data to columns of different lengths: x: 3, y: 1";
  const data = { x: Float64Array.of(1, 2, 3), y: [1] };
  assertThrows(() => source.data = data, RangeError, text);
  assertThrows(() => source.update({ data }), RangeError, text);
  assertThrows(() => new ColumnDataSource({ data }), RangeError, text);
  assertEquals(source.data, { x: [1, 2], y: [3, 4] });
});
