import { assertEquals, assertThrows } from "@std/assert";
import { ColumnDataSource } from "../mod.ts";

Deno.test("from_rows() converts rows to columns", () => {
  const source = ColumnDataSource.from_rows([{ x: 1, y: "a" }, { x: 2, z: true }, { y: undefined }], { name: "s" });
  assertEquals(source.data, { x: [1, 2, null], y: ["a", null, null], z: [null, true, null] });
  assertEquals([source.name, ColumnDataSource.from_rows([]).column_names], ["s", []]);
  assertThrows(() => ColumnDataSource.from_rows([[1, 2] as unknown as { x: number }]), TypeError, "row 0");
});

Deno.test("from_rows() uses the columns of tables unchanged", () => {
  const columns: Record<string, ArrayLike<unknown>> = { x: Float64Array.of(1, 2), y: ["a", "b"] };
  const source = ColumnDataSource.from_rows({
    schema: { fields: Object.keys(columns).map((name) => ({ name })) },
    getChild: (name) => ({ toArray: () => columns[name]! }),
  });
  assertEquals(source.data, { x: Float64Array.of(1, 2), y: ["a", "b"] });
});
