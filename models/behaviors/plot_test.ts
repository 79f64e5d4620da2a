import { assertEquals, assertStrictEquals, assertThrows } from "@std/assert";
import { Grid, HoverTool, LinearAxis, PanTool, Plot, Scatter, WMTSTileSource } from "../gen/classes.ts";

Deno.test("Plot.add_layout() moves a model that is in another place", () => {
  const plot = new Plot();
  const axis = new LinearAxis();
  plot.add_layout(axis, "left");
  plot.add_layout(axis, "below");
  assertEquals([plot.left.length, plot.below.length], [0, 1]);
  assertStrictEquals(plot.xaxis[0], axis);
  assertEquals(plot.yaxis.length, 0);
});

Deno.test("Plot.add_layout() throws for an unknown place", () => {
  const plot = new Plot();
  assertThrows(() => Reflect.apply(plot.add_layout, plot, [new LinearAxis(), "top"]), RangeError, "left, right, above");
});

Deno.test("Plot.xgrid and Plot.ygrid return the grids of one dimension", () => {
  const plot = new Plot();
  plot.add_layout(new Grid({ dimension: 0 }));
  plot.add_layout(new Grid({ dimension: 1 }));
  plot.xgrid.visible = false;
  assertEquals(plot.ygrid.visible, true);
  assertEquals(plot.grid.length, 2);
});

Deno.test("Plot.add_tools() accepts tools and their names", () => {
  const plot = new Plot();
  const pan = new PanTool();
  plot.add_tools(pan, "xwheel_zoom", "hover");
  assertEquals(plot.tools.map((tool) => tool.type), ["PanTool", "WheelZoomTool", "HoverTool"]);
  assertEquals(plot.tools[1]!.get("dimensions"), "width");
  assertStrictEquals(plot.hover[0], plot.tools[2]);
  plot.remove_tools(pan);
  assertEquals(plot.tools.length, 2);
});

Deno.test("Plot.add_tools() suggests similar names for unknown ones", () => {
  assertThrows(() => new Plot().add_tools("wheel_zom"), RangeError, "wheel_zoom");
});

Deno.test("Plot.remove_tools() throws for a tool of another plot", () => {
  const plot = new Plot();
  plot.add_tools("pan");
  assertThrows(() => plot.remove_tools(new PanTool()), RangeError, "it is not among the tools");
});

Deno.test("Plot.add_glyph() throws for models other than glyphs", () => {
  const plot = new Plot();
  assertThrows(() => Reflect.apply(plot.add_glyph, plot, [new PanTool()]), TypeError, "it is not a Glyph");
  assertThrows(
    () => Reflect.apply(plot.add_glyph, plot, [new PanTool(), new Scatter()]),
    TypeError,
    "not a DataSource",
  );
});

Deno.test("Plot.add_tile() accepts a tile source or the name of a provider", () => {
  const plot = new Plot();
  const tile_source = new WMTSTileSource({ url: "https://example.com/{z}/{x}/{y}.png" });
  assertStrictEquals(plot.add_tile(tile_source, { alpha: 0.5 }).tile_source, tile_source);
  const named = plot.add_tile("CartoDB Positron", { retina: true });
  assertEquals(named.tile_source.get("pixel_ratio"), 2);
  assertEquals(plot.renderers.length, 2);
});

Deno.test("Plot.select() finds models by class and name, and sets them together", () => {
  const plot = new Plot();
  plot.add_tools(new HoverTool({ name: "first" }), new HoverTool());
  plot.select(HoverTool).line_policy = "interp";
  assertEquals(plot.tools.map((tool) => tool.get("line_policy")), ["interp", "interp"]);
  assertStrictEquals(plot.select("first")[0], plot.tools[0]);
});
