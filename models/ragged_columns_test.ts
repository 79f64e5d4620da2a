import { assertEquals } from "@std/assert";
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

Deno.test("watchLengths() warns once of columns that were set with different lengths", async () => {
  using captured = captureLogs();
  const source = new ColumnDataSource({ data: { x: [1], y: [] } });
  source.data = { x: Float64Array.of(1, 2, 3), y: [1] };
  await eventually(() => Promise.resolve(captured.logs.length > 0));
  assertEquals(captured.logs.map(({ message }) => message), [
    "Columns of a ColumnDataSource differ in length: x: 3, y: 1",
  ]);
});
