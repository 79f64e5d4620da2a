import { assertEquals } from "@std/assert";
import { ColumnDataSource, GlyphRenderer, Scatter } from "../gen/classes.ts";
import { missingColumns } from "./missing_columns.ts";

Deno.test("missingColumns() returns attributes whose columns do not exist", () => {
  const data_source = new ColumnDataSource({ data: { time: [1], y: [2] } });
  const glyph = new Scatter({ x: "times", y: "y", size: "zzzzzz", fill_color: "red" });
  assertEquals(missingColumns(new GlyphRenderer({ data_source, glyph })), [
    "size='zzzzzz' [no close matches]",
    "x='times' [closest match: 'time']",
  ]);
});

Deno.test("missingColumns() returns an empty list if all columns exist", () => {
  const data_source = new ColumnDataSource({ data: { x: [1], y: [2] } });
  assertEquals(missingColumns(new GlyphRenderer({ data_source, glyph: new Scatter({ x: "x", y: "y" }) })), []);
});

Deno.test("missingColumns() ignores texts that are values", () => {
  const data_source = new ColumnDataSource({ data: { x: [1], y: [2] } });
  const glyph = new Scatter({ x: "x", y: "y", marker: "star", fill_color: "#ff0000", line_dash: "dashed" });
  assertEquals(missingColumns(new GlyphRenderer({ data_source, glyph })), []);
});
