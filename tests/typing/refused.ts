/**
 * Mistakes that `deno check` must report in applications. `type_programs_test.ts` checks them with the
 * checkout, `published_test.ts` with the published package.
 *
 * @module
 */

/** Imports and declarations before each mistake of {@linkcode REFUSED}. */
export const HEAD = `
import { column, row } from "@bokeh/server/layouts";
import { CDSView, ColumnDataSource, DataTable, DatePicker, type GlyphRenderer, GroupFilter, HoverTool, type InputWidget, type Line, Select, Slider, TableColumn, TextInput, type Widget } from "@bokeh/server/models";
import { figure } from "@bokeh/server/plotting";
import { dodge, factor_cmap, linear_cmap } from "@bokeh/server/transform";
const slider = new Slider({ start: 0, end: 1, value: 0 });
const select = new Select({ options: ["a"], value: "a" });
const source = new ColumnDataSource({ data: { x: [1], y: [2] } });
const prices = new ColumnDataSource({ data: { time: [1], price: Float64Array.of(2) } });
const plot = figure();
`;

/** Mistakes, each with the text that the error must contain. */
export const REFUSED: readonly [mistake: string, error: RegExp][] = [
  [`slider.on_change("valeu", () => {});`, /valeu/],
  [`for (const w of [slider, select]) w.on_change("step", () => {});`, /"step"/],
  [`select.on_change("value", (_attr: string, _old: number, value: number) => value);`, /number/],
  [`for (const w of [slider, select]) w.on_change("value", (_attr, _old, value: string) => value);`, /number/],
  [`slider.on_change("value");`, /Argument of type/],
  [`slider.on_change("value", 3);`, /number/],
  [`new Slider({ start: 0, end: 1, vlaue: 0 });`, /Did you mean to write 'value'/],
  [`slider.vlaue = 1;`, /Did you mean 'value'/],
  [`plot.backgroud_fill_color = "red";`, /Did you mean 'background_fill_color'/],
  [`plot.line({ x: "x", y: "y", source, line_widht: 3 });`, /Did you mean to write 'line_width'/],
  [`plot.line("x", "y", { source, line_widht: 3 });`, /Did you mean to write 'line_width'/],
  [`plot.scatter("x", "y", { source, fil_color: "red" });`, /Did you mean to write 'fill_color'/],
  [`plot.line({ x: "x", y: "y", source, line_width: "thick" });`, /'string' is not assignable to type 'number'/],
  [`plot.line({ x: "x", y: "y", source: 3 });`, /number/],
  [`const n: number = select.value; n;`, /'string' is not assignable to type 'number'/],
  [`new TextInput({ title: 3 });`, /number/],
  [`figure({ title: 3 });`, /number/],
  [`figure({ titel: "t" });`, /titel/],
  [`new DatePicker({ value: 5 });`, /'number' is not assignable/],
  [`ColumnDataSource.from_rows([1, 2]);`, /number/],
  [`row(slider, { widht: 3 });`, /UIElement/],
  [`column(slider, 3);`, /UIElement/],
  [`plot.line({ x: "tiem", y: "price", source: prices });`, /"tiem".*"time" \| "price"/],
  [`plot.line({ x: "time", y: "pirce", source: prices });`, /Did you mean '"price"'/],
  [`plot.line("time", "pirce", { source: prices });`, /Did you mean '"price"'|"pirce"/],
  [`plot.line({ x: "time", y: "pirce", source: { time: [1], price: [2] } });`, /Did you mean '"price"'/],
  [`plot.line({ x: "time", y: "price", legend_field: "pirce", source: prices });`, /Did you mean '"price"'/],
  [
    `plot.scatter({ x: dodge("tiem", 1), y: "price", source: prices });`,
    /TransformedField<Dodge, "tiem">.*"time" \| "price"/,
  ],
  [`plot.scatter({ x: "time", y: "price", color: linear_cmap("pirce", ["red"], 0, 1), source: prices });`, /"pirce"/],
  [
    `plot.vbar({ x: "time", top: "price", fill_color: factor_cmap("pirce", ["red"], ["a"]), source: prices });`,
    /"pirce"/,
  ],
  [
    `const drawn: GlyphRenderer<Line, typeof prices> = plot.line({ x: "x", y: "y", source }); drawn;`,
    /ColumnDataSource<\{ x: number\[\]; y: number\[\]; \}>/,
  ],
  [`prices.on_change("data", (_attr, _old, { pirce }) => pirce);`, /'pirce'/],
  [`prices.data = { time: ["1"], price: [2] };`, /'string' is not assignable to type 'number'/],
  [`prices.patch({ price: [[0, "1"]] });`, /'string' is not assignable to type 'number \|/],
  [`figure({ x_range: [0, "b"] });`, /not assignable/],
  [`plot.scatter({ x: { field: "tiem" }, y: "price", source: prices });`, /"tiem"/],
  [
    `plot.scatter({ x: "time", y: "price", source: prices, view: new CDSView({ filter: new GroupFilter({ column_name: "pirce", group: 1 }) }) });`,
    /CDSView<"pirce">/,
  ],
  [`prices.stream({ tiem: [1], price: [2] });`, /'tiem'.*time: number\[\]/],
  [`prices.stream({ time: ["1"], price: [2] });`, /'string' is not assignable to type 'number'/],
  [`prices.stream({ time: [1] });`, /Property 'price' is missing/],
  [`prices.stream_rows([{ time: 1, pirce: 2 }]);`, /Did you mean to write 'price'/],
  [`prices.stream_rows([{ time: "1", price: 2 }]);`, /'string' is not assignable to type 'number \|/],
  [`prices.stream_rows([{ time: 1 }]);`, /Property 'price' is missing/],
  [`const rows = [{ tiem: 1, price: 2 }]; prices.stream_rows(rows);`, /Property 'time' is missing/],
  [`prices.patch({ pirce: [[0, 1]] });`, /Did you mean to write 'price'/],
  [`prices.data = { time: [1], pirce: [1] };`, /Did you mean to write 'price'/],
  [`prices.data.pirce;`, /Did you mean 'price'/],
  [`new DataTable({ source: prices, columns: [new TableColumn({ field: "tiem" })] });`, /TableColumn<"tiem">/],
  [
    `new HoverTool({ renderers: [plot.line({ x: "time", y: "price", source: prices })], tooltips: [["p", "@pirce"]] });`,
    /There is no column pirce, but/,
  ],
  [
    `new HoverTool({ renderers: [plot.line({ x: "time", y: "price", source: prices })], tooltips: "<b>@{pirce}</b>" });`,
    /There is no column pirce, but/,
  ],
  [
    `plot.vbar({ x: "fruit", top: "cuont", source: ColumnDataSource.from_rows([{ fruit: "pear", count: 1 }]) });`,
    /Did you mean '"count"'/,
  ],
  [`new Select({ options: ["a", "b"], value: "c" });`, /'"c"' is not assignable/],
  [`new Select({ options: ["a", "b"] }).on_change("value", (_attr, _old, value) => value === "c");`, /no overlap/],
];
