/**
 * Types: code that the compiler must reject, and types that it must infer. Running the tests shows that rejected values also throw
 * at run time.
 */

import { assert, assertEquals, assertThrows } from "@std/assert";
import { Document } from "@bokeh/server";
import { ButtonClick } from "@bokeh/server/events";
import { column } from "@bokeh/server/layouts";
import {
  Button,
  type Color,
  ColumnDataSource,
  type DataRange1d,
  FactorRange,
  type GlyphRenderer,
  type Legend,
  type Line,
  LinearColorMapper,
  Range1d,
  Select,
  Slider,
} from "@bokeh/server/models";
import { Category10, Viridis256 } from "@bokeh/server/palettes";
import { type Figure, figure } from "@bokeh/server/plotting";
import { factor_cmap } from "@bokeh/server/transform";

/** Compiles only if two types are equal. */
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends (<T>() => T extends B ? 1 : 2) ? true : false;

function expectType<_ extends true>(): void {}

Deno.test("types: unknown attributes are errors", () => {
  // @ts-expect-error a misspelled attribute
  assertThrows(() => new Slider({ star: 0, end: 1, value: 0 }), TypeError, "start");
  const slider = new Slider({ start: 0, end: 1, value: 0 });
  // @ts-expect-error a misspelled attribute
  assertThrows(() => slider.update({ valeu: 1 }), TypeError, "value");
});

Deno.test("types: values of other types are errors", () => {
  // @ts-expect-error a string instead of a number
  assertThrows(() => new Slider({ start: "0", end: 1, value: 0 }), TypeError, "Slider.start");
  // @ts-expect-error not a member of the enumeration
  assertThrows(() => new Button({ label: "b", button_type: "sucess" }), TypeError, "Button.button_type");
  const plot = figure();
  // @ts-expect-error not a location of a legend
  assertThrows(() => plot.title.align = "middle", TypeError, "align");
});

Deno.test("types: arguments of callbacks", () => {
  const slider = new Slider({ start: 0, end: 10, value: 1 });
  slider.on_change("value", (attr, old, value) => {
    expectType<Same<typeof attr, "value">>();
    expectType<Same<typeof old, number>>();
    expectType<Same<typeof value, number>>();
  });
  // @ts-expect-error a misspelled attribute
  assertThrows(() => slider.on_change("valeu", () => {}), TypeError, "value");
  // @ts-expect-error not an attribute
  assertThrows(() => slider.on_change(() => {}), TypeError, "no attribute");
  slider.on_change(
    "value",
    "title",
    (_attr, _old, value) => expectType<Same<typeof value, number | Slider["title"]>>(),
  );
  const button = new Button({ label: "b" });
  button.on_event(ButtonClick, (event) => expectType<Same<typeof event, ButtonClick>>());
  button.on_click((event) => expectType<Same<typeof event, ButtonClick>>());
  slider.value = 2;
});

Deno.test("types: results of select", () => {
  const doc = new Document();
  doc.add_root(column(new Slider({ start: 0, end: 1, value: 0, name: "one" }), new Select({ options: ["a"] })));
  const slider = doc.select_one(Slider);
  expectType<Same<typeof slider, Slider>>();
  const selects = doc.select(Select);
  expectType<Same<typeof selects, Select[]>>();
  const named = doc.get_model_by_name<Slider>("one");
  expectType<Same<typeof named, Slider>>();
  assertEquals([slider.value, selects.length, named.value], [0, 1, 0]);
});

Deno.test("types: attributes of glyphs", () => {
  const source = new ColumnDataSource({ data: { x: [1], y: [2], species: ["a"] } });
  const plot = figure();
  const transform = new LinearColorMapper({ palette: Viridis256 });
  plot.scatter("x", "y", { source, fill_color: "species" });
  plot.scatter({ x: "x", y: "y", source, fill_color: { field: "x", transform }, size: { value: 3 } });
  plot.scatter([1, 2], Float64Array.of(1, 2), { color: ["red", "blue"], alpha: 0.5 });
  plot.scatter({ x: [1], y: [2], color: factor_cmap("species", Category10[3], ["a"]) });
  // @ts-expect-error not an attribute of a marker
  assertThrows(() => plot.scatter({ x: [1], y: [2], fil_color: "red" }), TypeError, "fil_color");
  // @ts-expect-error a line has no fill
  assertThrows(() => plot.line({ x: [1], y: [2], fill_color: "red" }), TypeError, "fill_color");
  // @ts-expect-error no such option of a figure
  assertThrows(() => figure({ heigth: 3 }), TypeError, "height");
});

Deno.test("types: shortcuts of plots and lengths of palettes", () => {
  const plot = figure({ x_range: ["a", "b"], y_range: [0, 1], title: "t" });
  plot.line([1], [2], { legend_label: "l" });
  plot.legend.location = "top_left";
  plot.xaxis.axis_label = "x";
  const legends: readonly Legend[] = plot.legend;
  const three: readonly [string, string, string] = Category10[3];
  const color: Color = three[0];
  // @ts-expect-error not a location of a legend
  assertThrows(() => plot.legend.location = "above", TypeError, "location");
  // @ts-expect-error there is no palette of this length
  assertEquals(Category10[2], undefined);
  assert(legends.length === 1 && color.startsWith("#"));
});

Deno.test("types: all date-time types are accepted", () => {
  const day = Temporal.PlainDate.from("2024-02-29");
  const range = new Range1d({ start: day, end: Temporal.Instant.from("2024-03-01T00:00Z") });
  const plot = figure({ x_range: [day, new Date(Date.UTC(2024, 2, 1))] });
  assertEquals([plot.x_range.start, plot.x_range.end], [range.start, range.end]);
  // @ts-expect-error a time of day is not a date-time
  assertThrows(() => figure({ x_range: [Temporal.PlainTime.from("10:00"), day] }), TypeError, "range");
});

Deno.test("types: attributes of categorical axes", () => {
  const plot = figure({ x_range: [["a", "1"], ["b", "2"]] });
  plot.xaxis.group_label_orientation = 0.5;
  plot.xaxis.separator_line_color = "red";
  assertEquals(plot.xaxis.group_label_orientation, 0.5);
  // @ts-expect-error not an orientation of a label
  assertThrows(() => plot.xaxis.group_label_orientation = "up", TypeError, "group_label_orientation");
  // @ts-expect-error a misspelled attribute
  assertThrows(() => plot.xaxis.group_label = 1, TypeError, "group_label");
});

Deno.test("types: ranges of a figure depend on its options", () => {
  const plain = figure();
  plain.x_range.only_visible = true;
  const ends = figure({ x_range: [0, 1], y_range: ["a", "b"], width: 300 });
  ends.x_range.start = 0.5;
  ends.y_range.factors = ["c"];
  ends.x_range.update({ end: 2 });
  const known: [Range1d, FactorRange, DataRange1d] = [ends.x_range, ends.y_range, plain.y_range];
  assertEquals(known.map(({ type }) => type), ["Range1d", "FactorRange", "DataRange1d"]);
  const shared = figure({ x_range: ends.x_range, y_range: new FactorRange({ factors: [["a", "1"], ["a", "2"]] }) });
  assertEquals(shared.x_range.end, 2);
  // Other ranges can be assigned, and every figure is a Figure.
  plain.x_range = new Range1d({ start: 0, end: 1 });
  const figures: Figure[] = [plain, ends, shared];
  assertEquals(figures.map(({ x_range }) => x_range.type), ["Range1d", "Range1d", "Range1d"]);
  // @ts-expect-error the ends of a numeric range are not categories
  assertThrows(() => ends.x_range.factors.length, TypeError);
});

Deno.test("types: glyph of a renderer", () => {
  const plot = figure();
  const line = plot.line({ x: [1], y: [1] });
  line.glyph.line_dash = "dashed";
  const bars = plot.vbar_stack(["a"], { x: "x", source: new ColumnDataSource({ data: { x: [1], a: [1] } }) });
  bars[0]!.glyph.fill_color = "red";
  const glyph: Line = line.glyph;
  assertEquals(glyph.line_dash, [6]);
  const renderers: GlyphRenderer[] = [line, ...bars, plot.scatter([1], [2])];
  assertEquals(renderers.map(({ glyph }) => glyph.type), ["Line", "VBar", "Scatter"]);
  // @ts-expect-error a line has no size
  assertThrows(() => line.glyph.update({ size: 3 }), TypeError, "size");
});
