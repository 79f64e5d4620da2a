import type { Document } from "@bokeh/server";
import { column, row } from "@bokeh/server/layouts";
import { ColumnDataSource, PreText, Select } from "@bokeh/server/models";
import { figure } from "@bokeh/server/plotting";

/** Bokeh's example `stocks`. */
export default function (doc: Document): void {
  const TICKERS = ["AAPL", "GOOG", "INTC"];
  const nix = (value: string, list: string[]) => list.filter((item) => item !== value);
  const stats = new PreText({ text: "", width: 500 });
  const ticker1 = new Select({ value: "AAPL", options: nix("GOOG", TICKERS) });
  const ticker2 = new Select({ value: "GOOG", options: nix("AAPL", TICKERS) });
  const empty: Record<string, Array<Date | number>> = { date: [], t1: [], t2: [] };
  const source = new ColumnDataSource({ data: empty });
  const ts1 = figure({
    width: 700,
    height: 200,
    tools: "pan,wheel_zoom,xbox_select,reset",
    x_axis_type: "datetime",
    active_drag: "xbox_select",
  });
  ts1.line("date", "t1", { source });
  const corr = figure({ width: 350, height: 350, tools: "pan,wheel_zoom,box_select,reset" });
  corr.scatter("t1", "t2", {
    size: 2,
    source,
    selection_color: "orange",
    alpha: 0.6,
    nonselection_alpha: 0.1,
    selection_alpha: 0.4,
  });
  function update(selected: number[] | null = null) {
    source.data = { date: [new Date(0), new Date(86_400_000)], t1: [1, 2], t2: [3, 4] };
    corr.title.text = `${ticker1.value} returns vs. ${ticker2.value} returns`;
    stats.text = String(selected?.length ?? source.length);
  }
  ticker1.on_change("value", (_attr, _old, value) => {
    ticker2.options = nix(value, TICKERS);
    update();
  });
  ticker2.on_change("value", (_attr, _old, value) => {
    ticker1.options = nix(value, TICKERS);
    update();
  });
  source.selected.on_change("indices", (_attr, _old, indices) => update(indices));
  update();
  doc.add_root(column(row(corr, column(ticker1, ticker2), stats), ts1));
  doc.title = "Stocks";
}
