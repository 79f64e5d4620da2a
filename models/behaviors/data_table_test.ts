import { assertEquals, assertNotStrictEquals, assertStrictEquals, assertThrows } from "@std/assert";
import { ColumnDataSource, DataTable, NumberFormatter } from "../mod.ts";

Deno.test("from_data() creates a table of columns", () => {
  const formatter = new NumberFormatter({ format: "0.0" });
  const table = DataTable.from_data({ name: ["a"], size: [1], rest: [0] }, {
    columns: ["size", "name"],
    formatters: { size: formatter },
    width: 300,
  });
  assertEquals(table.columns.map(({ field, title }) => [field, title]), [["size", "size"], ["name", "name"]]);
  assertStrictEquals(table.columns[0]!.formatter, formatter);
  assertEquals([table.width, table.index_position, table.source.type], [300, null, "ColumnDataSource"]);
  assertThrows(() => DataTable.from_data({ x: [1] }, { columns: ["y"] }), RangeError, "column y");
});

Deno.test("from_data() shows a copy of a data source", () => {
  const source = new ColumnDataSource({ data: { x: [1], y: [2] }, name: "s" });
  const table = DataTable.from_data(source);
  assertNotStrictEquals(table.source, source);
  assertEquals([table.source.name, table.columns.length], ["s", 2]);
});
