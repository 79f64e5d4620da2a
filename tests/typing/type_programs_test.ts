/** `deno check` of applications: it must accept common code, and report mistakes with a helpful error. */

import { assertEquals, assertMatch } from "@std/assert";
import { Document } from "@bokeh/server";
import * as accepted from "./accepted.ts";
import * as typedColumns from "./typed_columns.ts";

const ROOT = new URL("../..", import.meta.url);

/** Runs `deno check` on files with the configuration of the project and returns what it prints. */
async function check(...files: string[]): Promise<{ code: number; output: string }> {
  const { code, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["check", "--quiet", "--config", new URL("deno.json", ROOT).pathname, ...files],
    cwd: ROOT,
    env: { NO_COLOR: "1" },
    stdin: "null",
  }).output();
  return { code, output: new TextDecoder().decode(stderr) };
}

const HEAD = `
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
const REFUSED: readonly [mistake: string, error: RegExp][] = [
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

/** Maximum number of lines of a report before the line that states the mistake. */
const MOST_LINES_BEFORE = 3;

Deno.test("deno check: accepts common code, which runs", async () => {
  const files = ["accepted.ts", "typed_columns.ts"].map((name) => new URL(name, import.meta.url).pathname);
  const { code, output } = await check(...files);
  assertEquals([code, output], [0, ""]);
  for (const program of [...Object.values(accepted), ...Object.values(typedColumns)]) program();
});

Deno.test("deno check: accepts Bokeh's server examples, and they fill documents", async () => {
  const folder = new URL("examples/", import.meta.url);
  const names = Array.from(Deno.readDirSync(folder), ({ name }) => name).toSorted();
  assertEquals(names.length, 15);
  const { code, output } = await check(...names.map((name) => folder.pathname + name));
  assertEquals([code, output], [0, ""]);
  for (const name of names) {
    const { default: fill }: { default: (doc: Document) => void } = await import(folder.href + name);
    const doc = new Document();
    fill(doc);
    const mistakes = doc.validate().filter(({ level }) => level === "error").map(({ text }) => text);
    assertEquals(mistakes, [], name);
    doc.to_json();
  }
});

Deno.test("deno check: reports mistakes near the start of its output", async (t) => {
  // Inside the project, so that its import map is used.
  const folder = await Deno.makeTempDir({ dir: new URL(".", import.meta.url).pathname, prefix: "refused_" });
  try {
    const files = await Promise.all(REFUSED.map(async ([mistake], i) => {
      const file = `${folder}/mistake_${i}.ts`;
      await Deno.writeTextFile(file, HEAD + mistake + "\nexport {};\n");
      return file;
    }));
    const { output } = await check(...files);
    const reports = output.split(/\n\n(?=TS\d+)/);
    for (const [i, [mistake, error]] of REFUSED.entries()) {
      await t.step(mistake, () => {
        const report = reports.find((text) => text.includes(`mistake_${i}.ts:`)) ?? "";
        assertMatch(report, error);
        const before = report.split("\n").findIndex((line) => error.test(line));
        assertEquals(before <= MOST_LINES_BEFORE, true, report);
      });
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
