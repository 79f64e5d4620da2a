import { assertEquals, assertThrows } from "@std/assert";
import { ColumnDataSource, GMapOptions, Legend, Range1d } from "../models/gen/classes.ts";
import { figure } from "./figure.ts";
import { Figure } from "./figure_model.ts";
import { GMap, gmap } from "./gmap.ts";

Deno.test("figure() creates a Figure with a title that can be changed", () => {
  const plot = figure({ title: "before" });
  plot.title.text = "after";
  assertEquals(plot instanceof Figure, true);
  assertEquals([plot.type, plot.title.text], ["Figure", "after"]);
  assertEquals(figure().title.text, "");
});

Deno.test("figure() passes its description to the page, and keeps other attributes", () => {
  const plot = figure({ description: "Sales rise.", html_attributes: { "data-test": "sales" } });
  assertEquals(plot.html_attributes, { "aria-description": "Sales rise.", "data-test": "sales" });
  assertThrows(() => Reflect.apply(figure, null, [{ description: 1 }]), TypeError, "html_attributes");
});

Deno.test("figure() accepts open bounds and nested categories as ranges", () => {
  const open = figure({ x_range: [0, null], y_range: [["a", "x"], ["a", "y"]] });
  assertEquals([open.x_range instanceof Range1d, open.x_range.get("start")], [true, 0]);
  assertEquals(open.y_range.get("factors"), [["a", "x"], ["a", "y"]]);
});

Deno.test("figure() suggests similar names for unknown options", () => {
  assertThrows(() => Reflect.apply(figure, null, [{ x_axis_typ: "log" }]), TypeError, "x_axis_type");
  assertThrows(() => Reflect.apply(figure, null, [{ widht: 3 }]), TypeError, "width");
});

Deno.test("figure() throws for invalid ranges, axes, ticks and tools", () => {
  const make = (options: object) => () => Reflect.apply(figure, null, [options]);
  assertThrows(make({ x_range: [1, 2, 3] }), TypeError, "[1,2,3]");
  assertThrows(make({ x_range: "ab" }), TypeError, "expected a range");
  assertThrows(make({ y_axis_type: "logarithmic" }), RangeError, '"logarithmic"');
  assertThrows(make({ x_minor_ticks: 1 }), RangeError, "a number greater than 1");
  assertThrows(make({ tools: "pan,zoom_box" }), RangeError, '"zoom_box"');
  assertThrows(make({ tools: [1] }), TypeError, "Cannot use 1 as a tool");
  assertThrows(make({ tools: "pan", active_drag: "box_zoom" }), RangeError, "active_drag");
});

Deno.test("Figure.line() suggests similar names for unknown options", () => {
  const plot = figure();
  assertThrows(() => plot.line(Object.assign({ x: [1], y: [2] }, { line_colour: "red" })), TypeError, "line_color");
  assertThrows(() => Reflect.apply(plot.line, plot, [[1], [2], [3]]), TypeError, "2 positional arguments, got 3");
  assertEquals(plot.renderers.length, 0);
});

Deno.test("Figure.scatter() throws for arrays together with a source", () => {
  const source = new ColumnDataSource({ data: { x: [1], y: [2] } });
  const plot = figure();
  assertThrows(
    () => plot.scatter({ x: [1], y: "y", color: ["red"], source }),
    TypeError,
    "x and line_color and fill_color and hatch_color must name columns",
  );
});

Deno.test("Figure.scatter() accepts columns of different lengths, as in Python", () => {
  assertEquals(figure().scatter({ x: [1, 2], y: [2] }).data_source.data.y, [2]);
});

Deno.test("Figure.scatter() throws for columns of several dimensions, except for colors", () => {
  const pixels = Object.assign(Uint8Array.of(1, 2, 3, 4, 5, 6), { shape: [2, 3] });
  assertThrows(() => figure().scatter({ x: pixels, y: [1, 2] }), RangeError, "2 dimensions");
  figure().scatter({ x: [1, 2], y: [1, 2], fill_color: pixels });
});

Deno.test("Figure.image() throws for a palette together with a color mapper", () => {
  const plot = figure();
  const both = { image: [Float64Array.of(1)], palette: "Viridis256", color_mapper: null };
  assertThrows(() => Reflect.apply(plot.image, plot, [both]), TypeError, "only one of palette and color_mapper");
});

Deno.test("legend options throw if combined, or for unknown legends and columns", () => {
  const plot = figure();
  const at = { x: [1], y: [2] };
  assertThrows(() => plot.line({ ...at, legend_label: "a", legend_field: "b" }), TypeError, "only one of");
  assertThrows(() => plot.line({ ...at, legend_group: "c" }), RangeError, 'column "c"');
  assertThrows(() => plot.line({ ...at, legend_label: "a", legend_name: "none" }), RangeError, 'legend "none"');
  plot.add_layout(new Legend());
  plot.add_layout(new Legend());
  assertThrows(() => plot.line({ ...at, legend_label: "a" }), RangeError, "without a name");
});

Deno.test("Figure.vbar_stack() throws for lists of another length and for stacked properties", () => {
  const plot = figure();
  assertThrows(() => plot.vbar_stack(["a", "b"], { color: ["red"] }), RangeError, "color has 1 items");
  assertThrows(() => Reflect.apply(plot.vbar_stack, plot, [["a"], { top: 1 }]), TypeError, "top");
});

Deno.test("gmap() throws for options that the map determines, and for unknown options", () => {
  const there = new GMapOptions({ lat: 1, lng: 2 });
  const make = (options: object) => () => Reflect.apply(gmap, null, ["key", there, options]);
  assertThrows(make({ x_range: [0, 1] }), TypeError, "Cannot create a map with x_range");
  assertThrows(make({ widht: 3 }), TypeError, "width");
  assertEquals(gmap("key", there) instanceof GMap, true);
});

Deno.test("figure() accepts dates and times of all types as bounds of ranges", () => {
  const day = Temporal.PlainDate.from("2024-02-29");
  const plot = figure({ x_range: [day, Temporal.Instant.from("2024-03-01T00:00Z")], tools: "" });
  assertEquals([plot.x_range.start, plot.x_range.end], [Date.UTC(2024, 1, 29), Date.UTC(2024, 2, 1)]);
  assertEquals(plot.xaxis[0]!.type, "DatetimeAxis");
});
