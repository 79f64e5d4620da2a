/**
 * What the type checker must refuse, and what it must know: the checks are of the compiler, and running them shows that
 * what it refuses is refused at run time too.
 */

import { assert, assertEquals, assertThrows } from "@std/assert";
import { Document } from "@bokeh/server";
import { ButtonClick } from "@bokeh/server/events";
import { column } from "@bokeh/server/layouts";
import {
  Button,
  type Color,
  ColumnDataSource,
  type Legend,
  LinearColorMapper,
  Select,
  Slider,
} from "@bokeh/server/models";
import { Category10, Viridis256 } from "@bokeh/server/palettes";
import { figure } from "@bokeh/server/plotting";
import { factor_cmap } from "@bokeh/server/transform";

/** Compiles only where two types are the same. */
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends (<T>() => T extends B ? 1 : 2) ? true : false;

function expectType<_ extends true>(): void {}

Deno.test("types refuse attributes that a model has not", () => {
  // @ts-expect-error a misspelt attribute
  assertThrows(() => new Slider({ star: 0, end: 1, value: 0 }), TypeError, "start");
  const slider = new Slider({ start: 0, end: 1, value: 0 });
  // @ts-expect-error a misspelt attribute
  assertThrows(() => slider.update({ valeu: 1 }), TypeError, "value");
});

Deno.test("types refuse values of another kind", () => {
  // @ts-expect-error a text where a number is due
  assertThrows(() => new Slider({ start: "0", end: 1, value: 0 }), TypeError, "Slider.start");
  // @ts-expect-error no member of the enumeration
  assertThrows(() => new Button({ label: "b", button_type: "sucess" }), TypeError, "Button.button_type");
  const plot = figure();
  // @ts-expect-error no place of a legend
  assertThrows(() => plot.title.align = "middle", TypeError, "align");
});

Deno.test("types know what callbacks are given", () => {
  const slider = new Slider({ start: 0, end: 10, value: 1 });
  slider.on_change("value", (attr, old, value) => {
    expectType<Same<typeof attr, "value">>();
    expectType<Same<typeof old, number>>();
    expectType<Same<typeof value, number>>();
  });
  // @ts-expect-error a misspelt attribute
  assertThrows(() => slider.on_change("valeu", () => {}), TypeError, "value");
  const button = new Button({ label: "b" });
  button.on_event(ButtonClick, (event) => expectType<Same<typeof event, ButtonClick>>());
  button.on_click((event) => expectType<Same<typeof event, ButtonClick>>());
  slider.value = 2;
});

Deno.test("types know what a selection finds", () => {
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

Deno.test("types know what the attributes of glyphs may be", () => {
  const source = new ColumnDataSource({ data: { x: [1], y: [2], species: ["a"] } });
  const plot = figure();
  const transform = new LinearColorMapper({ palette: Viridis256 });
  plot.scatter("x", "y", { source, fill_color: "species" });
  plot.scatter({ x: "x", y: "y", source, fill_color: { field: "x", transform }, size: { value: 3 } });
  plot.scatter([1, 2], Float64Array.of(1, 2), { color: ["red", "blue"], alpha: 0.5 });
  plot.scatter({ x: [1], y: [2], color: factor_cmap("species", Category10[3], ["a"]) });
  // @ts-expect-error no attribute of a marker
  assertThrows(() => plot.scatter({ x: [1], y: [2], fil_color: "red" }), TypeError, "fil_color");
  // @ts-expect-error a line has no fill
  assertThrows(() => plot.line({ x: [1], y: [2], fill_color: "red" }), TypeError, "fill_color");
  // @ts-expect-error no such option of a figure
  assertThrows(() => figure({ heigth: 3 }), TypeError, "height");
});

Deno.test("types know the shortcuts of plots and the lengths of palettes", () => {
  const plot = figure({ x_range: ["a", "b"], y_range: [0, 1], title: "t" });
  plot.line([1], [2], { legend_label: "l" });
  plot.legend.location = "top_left";
  plot.xaxis.axis_label = "x";
  const legends: readonly Legend[] = plot.legend;
  const three: readonly [string, string, string] = Category10[3];
  const color: Color = three[0];
  // @ts-expect-error no place of a legend
  assertThrows(() => plot.legend.location = "above", TypeError, "location");
  // @ts-expect-error there is no palette of this length
  assertEquals(Category10[2], undefined);
  assert(legends.length === 1 && color.startsWith("#"));
});
