import { assertEquals, assertThrows } from "@std/assert";
import { Div, SaveTool, ToolProxy } from "../../models/gen/classes.ts";
import { figure } from "../figure.ts";
import { column, grid, gridplot, layout, row } from "./mod.ts";

Deno.test("row() and column() accept a list or single elements", () => {
  const [a, b] = [new Div(), new Div()];
  assertEquals([...row(a, b).children], [a, b]);
  assertEquals([...column([a, b]).children], [a, b]);
  assertEquals(row([a], { name: "r" }).name, "r");
});

Deno.test("layouts throw for values that are not elements", () => {
  assertThrows(() => Reflect.apply(row, null, ["text"]), TypeError, "Cannot put text into a row");
  assertThrows(() => Reflect.apply(layout, null, [[["text"]]]), TypeError, "Cannot put text into a layout");
  assertThrows(() => Reflect.apply(grid, null, ["text"]), TypeError, "Cannot make a grid of text");
  assertThrows(() => Reflect.apply(gridplot, null, [[["text"]]]), TypeError, "Cannot put text into a grid");
});

Deno.test("gridplot() throws for flat lists without ncols and for nested lists with it", () => {
  const plot = figure();
  assertThrows(() => gridplot([plot]), TypeError, "ncols is missing");
  assertThrows(() => gridplot([[plot]], { ncols: 1 }), TypeError, "ncols is for flat lists only");
  assertThrows(() => Reflect.apply(gridplot, null, [[[plot]], { toolbar_location: "top" }]), RangeError, "above");
});

Deno.test("gridplot() merges equal tools of all plots", () => {
  const plots = [figure({ tools: "pan,save" }), figure({ tools: "pan,save" }), figure({ tools: "xpan,save" })];
  const { toolbar } = gridplot(plots, { ncols: 3 });
  const shown = toolbar.tools.map((tool) => tool instanceof ToolProxy ? tool.tools.length : tool.type);
  assertEquals(shown, [2, 1, "SaveTool"]);
  assertEquals(toolbar.tools.filter((tool) => tool instanceof SaveTool).length, 1);
  assertEquals(plots.map((plot) => plot.toolbar_location), [null, null, null]);
});
