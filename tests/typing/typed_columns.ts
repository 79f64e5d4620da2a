/**
 * Code with data sources whose columns the type checker knows, which it must accept.
 * `type_programs_test.ts` runs `deno check` on this file, and calls each exported function.
 *
 * @module
 */

import { Document } from "@bokeh/server";
import {
  CDSView,
  ColumnDataSource,
  DataTable,
  GlyphRenderer,
  GroupFilter,
  HoverTool,
  IndexFilter,
  Line,
  Select,
  TableColumn,
} from "@bokeh/server/models";
import { figure } from "@bokeh/server/plotting";
import { dodge, factor_cmap, linear_cmap } from "@bokeh/server/transform";
import { expectType, type Same } from "./expect_type.ts";

function makeSource() {
  return new ColumnDataSource({
    data: { time: [1, 2], price: Float64Array.of(3, 4), city: ["Oslo", "Bergen"], later: [] },
  });
}

/** Reads columns with the types of the data. */
export function columnTypes(): void {
  const source = makeSource();
  expectType<Same<typeof source.data.price, Float64Array<ArrayBuffer>>>();
  expectType<Same<typeof source.data.city, string[]>>();
  expectType<Same<typeof source.column_names, ("time" | "price" | "city" | "later")[]>>();
  source.data.later[0] = "any";
  source.data.time[0] = 3;
}

/** Streams and patches typed columns, with arrays of other types and with missing values. */
export function changesOfColumns(): void {
  const source = makeSource();
  source.stream({ time: Int32Array.of(3), price: [null], city: ["Bergen"], later: [1] });
  source.patch({ price: [[0, null], [{ start: 1, stop: 3 }, [1, 2]]], city: [[0, "Bergen"]] });
  source.data = { time: [1], price: [2], city: ["Oslo"], later: [] };
  source.on_change("data", (_attr, _old, { price }) => price[0]);
}

/** Streams rows, whose values can be missing where those of the columns are. */
export function rowsToStream(): void {
  const source = makeSource();
  source.stream_rows([{ time: 3, price: null, city: "Bergen", later: "any" }], 3);
  interface Trade {
    id: bigint;
    time: Date;
    price?: number;
  }
  const trades: Trade[] = [{ id: 1n, time: new Date(0), price: 3 }, { id: 2n, time: new Date(1) }];
  const loaded = ColumnDataSource.from_rows(trades);
  loaded.stream_rows(trades);
  loaded.stream_rows([{ id: 3, time: 2, price: undefined }, { id: 4, time: 2, price: null }]);
  const unknown: ColumnDataSource = loaded;
  unknown.stream_rows(trades);
}

/** Draws columns, by literals and by names that are not literals. */
export function glyphs(): void {
  const source = makeSource();
  const plot = figure();
  const line = plot.line({ x: "time", y: "price", source, legend_field: "city", color: "red" });
  expectType<Same<typeof line.data_source, typeof source>>();
  for (const name of ["time", "price"]) {
    plot.line({ x: "time", y: name, source });
    plot.scatter({ x: dodge(name, 1), y: name, source });
    plot.scatter({ x: { field: "time" }, y: name, source });
  }
  plot.scatter("time", "price", { source, size: 4, color: linear_cmap("price", "Viridis256", 0, 1) });
  plot.vbar({
    x: "city",
    top: "price",
    width: 0.9,
    fill_color: factor_cmap("city", ["red", "blue"], ["Oslo"]),
    source,
  });
  const view = new CDSView({ filter: new GroupFilter({ column_name: "city", group: "Oslo" }) });
  plot.scatter({ x: "time", y: "price", source, view });
  plot.scatter({ x: "time", y: "price", source, view: new CDSView({ filter: new IndexFilter({ indices: [0] }) }) });
  const inline = plot.line({ x: "a", y: "b", source: { a: [1], b: [2] } });
  expectType<Same<typeof inline.data_source.data.a, number[]>>();
  const renderer = new GlyphRenderer({ glyph: new Line(), data_source: source });
  expectType<Same<typeof renderer.glyph, Line>>();
}

/** Uses data sources whose columns are not known: all names are accepted. */
export function unknownColumns(): void {
  const known = makeSource();
  const source: ColumnDataSource = known;
  source.data.anything = [1, 2];
  source.stream({ time: [3], price: [5], city: ["Bergen"], later: [0], anything: [3] });
  const plot = figure();
  plot.line({ x: "anything", y: "price", source });
  const columns: Record<string, number[]> = { x: [1] };
  const loaded = new ColumnDataSource({ data: columns });
  plot.line({ x: "x", y: "x", source: loaded });
  const doc = new Document();
  doc.add_root(plot);
  const found = doc.select({ type: ColumnDataSource })[0]!;
  plot.scatter({ x: Object.keys(found.data)[0] ?? "x", y: 1, source: found });
}

/** Shows columns in tables and tooltips. */
export function tablesAndTooltips(): void {
  const source = makeSource();
  const table: DataTable = new DataTable({ source, columns: [new TableColumn({ field: "time" })] });
  table.columns = source.column_names.map((field) => new TableColumn({ field }));
  const plot = figure();
  const line = plot.line({ x: "time", y: "price", source });
  const hover: HoverTool = new HoverTool({
    renderers: [line],
    tooltips: [["price (€)", "@price{0.00}"], ["where", "@{city}, at $x"], ["a@b", "$index"]],
  });
  plot.add_tools(hover, new HoverTool({ renderers: [line], tooltips: "<b>@{city}</b>" }));
  hover.tooltips = [["time", "@time"]];
}

/** Knows the columns of rows, and the values of selects. */
export function rowsAndSelects(): void {
  const source = ColumnDataSource.from_rows([{ fruit: "apple", count: 3 }, { fruit: "pear" }]);
  expectType<Same<typeof source.data.count, (number | null)[]>>();
  const select = new Select({ options: ["apple", "pear"], value: "pear" });
  expectType<Same<typeof select.value, "apple" | "pear">>();
  const wide: Select = select;
  wide.value = null;
}
