import { assertEquals, assertNotStrictEquals, assertStrictEquals } from "@std/assert";
import { ColumnDataSource, CustomJS, Plot, Range1d, Slider, Title } from "../gen/classes.ts";

Deno.test("clone() returns a model with the same values, its own id and no callbacks", () => {
  const slider = new Slider({ start: 0, end: 1, value: 0.5, name: "gain", tags: ["a"] });
  let received = 0;
  slider.on_change("value", () => received += 1);
  const copy = slider.clone();
  assertEquals(copy instanceof Slider, true);
  assertNotStrictEquals(copy.id, slider.id);
  assertEquals(copy.properties_with_values(), slider.properties_with_values());
  copy.value = 0.7;
  assertEquals([slider.value, copy.value, received], [0.5, 0.7, 0]);
});

Deno.test("clone() overrides attributes", () => {
  const copy = new Slider({ start: 0, end: 1, value: 0.5, step: 0.1 }).clone({ value: 0.6, title: "gain" });
  assertEquals([copy.value, copy.step, copy.title], [0.6, 0.1, "gain"]);
});

Deno.test("clone() copies JavaScript callbacks", () => {
  const slider = new Slider({ start: 0, end: 1, value: 0.5 });
  const code = new CustomJS({ code: "1" });
  slider.js_on_change("value", code);
  assertEquals(slider.clone().js_property_callbacks, { "change:value": [code] });
});

Deno.test("clone() copies read-only attributes", () => {
  const source = new ColumnDataSource();
  source.setv("data", { x: [1, 2], y: [3] }, { changeSource: {} });
  const other = new ColumnDataSource();
  assertEquals(source.clone({ name: "copy" }).data, { x: [1, 2], y: [3] });
  assertEquals(source.clone({ data: { z: [1] } }).data, { z: [1] });
  assertEquals(other.clone().data, {});
});

Deno.test("clone() shares models and copies lists", () => {
  const title = new Title({ text: "both" });
  const plot = new Plot({ title, x_range: new Range1d(), y_range: new Range1d(), tags: [1] });
  const copy = plot.clone();
  assertStrictEquals(copy.title, title);
  assertStrictEquals(copy.x_range, plot.x_range);
  copy.tags.push(2);
  assertEquals([plot.tags, copy.tags], [[1], [1, 2]]);
});

Deno.test("clone() of a data source streams and patches its own columns", () => {
  const source = new ColumnDataSource({ data: { x: [1, 2], y: Float64Array.of(3, 4) } });
  const copy = source.clone();
  copy.stream({ x: [5], y: [6] });
  copy.patch({ x: [[0, 9]], y: [[0, 8]] });
  assertEquals(source.data, { x: [1, 2], y: Float64Array.of(3, 4) });
  assertEquals([Array.from(copy.data.x!), Array.from(copy.data.y!)], [[9, 2, 5], [8, 4, 6]]);
});
