/**
 * Code that authors of applications often write and that the type checker must accept.
 * `type_programs_test.ts` runs `deno check` on this file, and calls each exported function.
 *
 * @module
 */

import { Document } from "@bokeh/server";
import { column, row } from "@bokeh/server/layouts";
import {
  ColumnDataSource,
  DataTable,
  DatePicker,
  DateRangePicker,
  DatetimePicker,
  Div,
  GeoJSONDataSource,
  HoverTool,
  type HTML,
  type InputWidget,
  type Model,
  MultiChoice,
  MultipleDatePicker,
  MultiSelect,
  Select,
  Slider,
  TextInput,
  type UIElement,
  type Widget,
} from "@bokeh/server/models";
import { figure } from "@bokeh/server/plotting";
import { expectType, type Same } from "./expect_type.ts";

function makeSlider(): Slider {
  return new Slider({ start: 0, end: 10, value: 1, title: "s" });
}

function makeSelect(): Select {
  return new Select({ options: ["a", "b"], value: "a" });
}

/** Sets the title of a figure to null. */
export function noTitle(): void {
  figure({ title: null });
  figure({ title: "one" }).title = null;
}

/** Adds one callback to several widgets, whose attributes `value` have different types. */
export function sharedCallback(): void {
  const [slider, select, input] = [makeSlider(), makeSelect(), new TextInput({ value: "t" })];
  const received: unknown[] = [];
  const listen = (attr: string, old: unknown, value: unknown) => {
    received.push([attr, old, value]);
  };
  for (const w of [slider, select]) w.on_change("value", listen);
  for (const w of [slider, select]) w.on_change("value", (_attr, _old, value: string | number) => received.push(value));
  for (const w of [slider, select]) w.on_change("value", "title", listen, () => received.push("more"));
  for (const w of [slider, select]) w.remove_on_change("value", listen);
  [slider, select, input].forEach((w) => w.on_change("value", listen));
  const widgets: Widget[] = [slider, select, input];
  for (const w of widgets) w.on_change("value", listen);
  const inputs: InputWidget[] = [select, input];
  for (const w of inputs) w.on_change("value", (_attr: string, _old: string, value: string) => received.push(value));
  const models: Model[] = widgets;
  for (const model of models) model.on_change("value", listen);
  const byName = { slider, select };
  for (const w of Object.values(byName)) w.on_change("value", listen);
  slider.value = 2;
}

/** Adds several callbacks to one attribute in one call. */
export function severalCallbacks(): void {
  const f = (_attr: string, _old: number, _value: number) => {};
  const g = async () => await Promise.resolve();
  makeSlider().on_change("value", f, g);
}

/** Adds callbacks with declared and with inferred types of the value. */
export function typedCallbacks(): void {
  function update(_attr: string, _old: string, value: string): void {
    value.toUpperCase();
  }
  makeSelect().on_change("value", update);
  new TextInput({ value: "" }).on_change("value", update);
  makeSelect().on_change("value", (_attr, _old, value) => {
    expectType<Same<typeof value, string>>();
  });
}

/** Sets data through the renderers that glyph methods return. */
export function dataOfRenderers(): void {
  const source = new ColumnDataSource({ data: { x: [1], y: [2] } });
  const plot = figure();
  const line = plot.line({ x: "x", y: "y", source });
  line.data_source.data = { x: [1, 2], y: [3, 4] };
  line.data_source.data.y[0] = 3;
  // Does not compile if the type of `glyph` is `any`: the type of all its members would be `any`.
  expectType<Same<(typeof line.glyph)["type"], string>>();
  plot.line("x", "y", { source }).data_source.stream({ x: [3], y: [4] });
  plot.scatter([1], [2]).data_source.data = { x: [1], y: [2] };
  plot.scatter({ x: "x", y: "y", source: { x: [1], y: [2] } }).data_source.data.x = [2];
  const geo: GeoJSONDataSource = plot.patches({
    xs: "xs",
    ys: "ys",
    source: new GeoJSONDataSource({ geojson: '{"type":"FeatureCollection","features":[]}' }),
  }).data_source;
  geo.geojson.length;
  plot.vbar_stack(["y"], { x: "x", source })[0]!.data_source.data.x = [5];
}

/** Reads attributes into variables with declared types, and sets them again. */
export function textsOfWidgets(): void {
  const select = makeSelect();
  const value: string = select.value;
  const title: string | HTML = new TextInput({ title: "t" }).title;
  select.value = value;
  select.title = title;
}

/** Finds models by their class: the results have the type of the class. */
export function queries(): void {
  const doc = new Document();
  doc.add_root(row(makeSlider(), makeSelect()));
  const slider: Slider | null = doc.select_one({ type: Slider, title: "s" });
  if (slider !== null) slider.value = 3;
  const sliders: Slider[] = doc.select({ type: Slider });
  const inRow: Slider | null = doc.roots[0]!.select_one({ type: Slider, title: "s" });
  for (const found of [...sliders, inRow]) found?.on_change("value", () => {});
}

/**
 * Creates data sources from rows whose type is an interface or a class, without an index signature.
 */
export function rowsOfInterface(): void {
  interface Trade {
    readonly symbol: string;
    readonly price: number;
  }
  const trades: readonly Trade[] = [{ symbol: "A", price: 1 }];
  const source = ColumnDataSource.from_rows(trades);
  class Point {
    constructor(readonly x: number, readonly y: number) {}
  }
  ColumnDataSource.from_rows([new Point(1, 2)], { name: "points" });
  new DataTable({ source, columns: [] });
}

/** Sets dates as strings, `Date` and `Temporal.PlainDate`, and reads them as strings. */
export function datesOfPickers(): void {
  const [day, next] = [new Date(Date.UTC(2024, 2, 10)), Temporal.PlainDate.from("2024-03-11")];
  const picker = new DatePicker({
    value: day,
    min_date: "2024-01-01",
    max_date: next,
    disabled_dates: [day, [day, next]],
  });
  const value: string | null = picker.value;
  picker.value = value;
  picker.value = next;
  new DateRangePicker({ value: [day, next], enabled_dates: null });
  new MultipleDatePicker({ value: [day, next, "2024-03-12"] });
  new DatetimePicker({ value: day, min_date: next });
}

/** Passes tooltips, options and children that were first assigned to variables. */
export function declaredBefore(): void {
  const tooltips = [["x", "@x"], ["y", "@y"]];
  figure({ tooltips }).add_tools(new HoverTool({ tooltips }));
  const children: UIElement[] = [makeSlider(), figure()];
  column(...children, { width: 300 });
  row(new Div({ text: "a" }), makeSlider(), { sizing_mode: "stretch_width" });
  column(makeSelects());
}

/** TypeScript infers `string[][]` for the options in a variable, not a list of pairs. */
function makeSelects(): InputWidget[] {
  const options = [["v", "label"], ["w", "other"]];
  const mixed = ["u", ["v", "label"]];
  const select = new Select({ options });
  select.options = mixed;
  return [select, new MultiSelect({ options }), new MultiChoice({ options: mixed })];
}
