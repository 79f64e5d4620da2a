import { assertEquals } from "@std/assert";
import { captureLogs } from "../../testing/captured_logs.ts";
import { eventually } from "../../tests/kit/eventually.ts";
import { ColumnDataSource } from "../mod.ts";

function even(): ColumnDataSource {
  return new ColumnDataSource({ data: { x: [1, 2], y: [3, 4] } });
}

Deno.test("watchLengths() does not warn if columns are replaced one after the other", async () => {
  using captured = captureLogs();
  const source = even();
  source.data.x = [1, 2, 3];
  Object.assign(source.data, { y: [4, 5, 6] });
  const ragged = even();
  ragged.data.x = [1];
  await eventually(() => captured.logs.length > 0);
  assertEquals(captured.logs.map(({ message }) => message), [
    "The columns of a ColumnDataSource must be of the same length. Current lengths: x: 1, y: 2",
  ]);
});

Deno.test("watchLengths() warns once about columns of a client that differ in length", async () => {
  using captured = captureLogs();
  const source = even();
  source.setv("data", { x: Float64Array.of(1, 2, 3), y: [1] }, { changeSource: {} });
  source.setv("data", { x: Float64Array.of(1, 2, 3), y: [2] }, { changeSource: {} });
  await eventually(() => captured.logs.length > 0);
  assertEquals(captured.logs.map(({ message }) => message), [
    "The columns of a ColumnDataSource must be of the same length. Current lengths: x: 3, y: 1",
  ]);
});

Deno.test("ColumnDataSource accepts columns of different lengths and warns with the lengths, as Python does", async () => {
  using captured = captureLogs();
  const data = { x: Float64Array.of(1, 2, 3), y: [1] };
  const assigned = even();
  assigned.data = data;
  const updated = even();
  updated.update({ data });
  const made = new ColumnDataSource({ data });
  const added = even();
  assertEquals(added.add([1], "z"), "z");
  assertEquals([assigned, updated, made].map((source) => source.data.y), [[1], [1], [1]]);
  assertEquals(added.data, { x: [1, 2], y: [3, 4], z: [1] });
  await eventually(() => captured.logs.length === 4);
  const text = "The columns of a ColumnDataSource must be of the same length. Current lengths: ";
  assertEquals(captured.logs.map(({ message }) => message), [
    ...new Array(3).fill(`${text}x: 3, y: 1`),
    `${text}x: 2, y: 2, z: 1`,
  ]);
});
