import { assertEquals, assertThrows } from "@std/assert";
import { figure } from "./figure.ts";
import { Viridis } from "./palettes/gen/palettes.ts";

const z = [[0, 1, 2], [1, 2, 3], [2, 3, 4]];

Deno.test("Figure.contour() draws a line at each level and an area between adjacent levels", () => {
  const plot = figure();
  const contour = plot.contour({ z, levels: [0.5, 1.5, 2.5], line_color: "black", fill_color: Viridis, line_width: 2 });
  const { fill_renderer, line_renderer } = contour;
  assertEquals(contour.levels, [0.5, 1.5, 2.5]);
  const lines = line_renderer.data_source.get("data") as Record<string, unknown[]>;
  assertEquals(lines["xs"]?.length, 3);
  const areas = fill_renderer.data_source.get("data") as Record<string, unknown[]>;
  assertEquals(areas["lower_levels"], [0.5, 1.5]);
  assertEquals(areas["fill_color"], ["#440154", "#fde724"]);
  assertEquals(fill_renderer.glyph.get("fill_color"), "fill_color");
  assertEquals(fill_renderer.glyph.get("line_alpha"), 0);
  assertEquals(line_renderer.glyph.get("line_width"), 2);
});

Deno.test("Figure.contour() draws no areas without a fill color", () => {
  const { fill_renderer } = figure().contour({ z, levels: [1], line_color: ["red"] });
  assertEquals(Object.values(fill_renderer.data_source.get("data") as object), [[], [], [], []]);
});

Deno.test("Figure.contour() throws for levels out of order, missing colors and unknown options", () => {
  const plot = figure();
  assertThrows(() => plot.contour({ z, levels: [1, 1], line_color: "red" }), RangeError, "increasing");
  assertThrows(() => plot.contour({ z, levels: [1, 2] }), TypeError, "neither line_color nor fill_color");
  const misspelled = Object.assign({ z, levels: [1, 2], line_color: "red" }, { fill_colour: "red" });
  assertThrows(() => plot.contour(misspelled), TypeError, "fill_color");
});
