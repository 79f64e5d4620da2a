import { assertEquals, assertStrictEquals, assertThrows } from "@std/assert";
import { ColumnDataSource, GlyphRenderer, Image, Line, LinearColorMapper, NormalHead, Rect } from "../mod.ts";

const data_source = new ColumnDataSource();

Deno.test("construct_color_bar() uses the color mapper of the glyph", () => {
  const transform = new LinearColorMapper({ palette: ["red"] });
  const renderer = new GlyphRenderer({ data_source, glyph: new Rect({ fill_color: { field: "rate", transform } }) });
  assertStrictEquals(renderer.construct_color_bar({ title: "rate" }).color_mapper, transform);
});

Deno.test("construct_color_bar() uses the color mapper of an image", () => {
  const color_mapper = new LinearColorMapper({ palette: ["red"] });
  const renderer = new GlyphRenderer({ data_source, glyph: new Image({ color_mapper }) });
  assertStrictEquals(renderer.construct_color_bar().color_mapper, color_mapper);
});

Deno.test("construct_color_bar() throws for glyphs without a color mapper", () => {
  const renderer = new GlyphRenderer({ data_source, glyph: new Line({ line_color: "red" }) });
  assertThrows(() => renderer.construct_color_bar(), TypeError, "line_color of Line does not have a color mapper");
});

Deno.test("add_decoration() decorates the lines of the glyph in all states", () => {
  const [glyph, muted_glyph] = [new Line(), new Line()];
  const renderer = new GlyphRenderer({ data_source, glyph, muted_glyph });
  const first = renderer.add_decoration(new NormalHead(), "end");
  const second = renderer.add_decoration(new NormalHead(), "start");
  assertEquals(glyph.decorations, [first, second]);
  assertEquals(muted_glyph.decorations, [first, second]);
  assertEquals([first.node, renderer.selection_glyph], ["end", "auto"]);
});
