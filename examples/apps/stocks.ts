// Stocks: the daily changes of two shares against each other, with statistics of the days that are selected.
import type { Document } from "@bokeh/server";
import { column, row } from "@bokeh/server/layouts";
import { ColumnDataSource, PreText, Select } from "@bokeh/server/models";
import { figure } from "@bokeh/server/plotting";
import { sampleRows } from "@bokeh/server/sampledata";
import { describe } from "@bokeh/server/statistics";

const TICKERS = ["AAPL", "FB", "GOOG", "IBM", "MSFT"];
const trades = await sampleRows<{ Ticker: string; Date: string; Close: number }>("stocks.csv.gz");
const byTicker = Map.groupBy(trades, ({ Ticker }) => Ticker);

/** Prices of five shares from 2000 to 2013. */
export default function (doc: Document): void {
  const ticker1 = new Select({ name: "ticker1", value: "AAPL", options: without("GOOG") });
  const ticker2 = new Select({ name: "ticker2", value: "GOOG", options: without("AAPL") });
  const source = ColumnDataSource.from_rows(joined("AAPL", "GOOG"));
  const unselected = ColumnDataSource.from_rows(joined("AAPL", "GOOG"));
  source.name = "days";

  const correlation = figure({
    width: 370,
    height: 350,
    min_border_left: 60,
    tools: "pan,wheel_zoom,box_select,reset",
    active_drag: "box_select",
  });
  correlation.scatter("t1_returns", "t2_returns", {
    source,
    size: 3,
    selection_color: "orange",
    alpha: 0.8,
    nonselection_alpha: 0.1,
    selection_alpha: 0.5,
  });
  const series = (name: "t1" | "t2") => {
    const plot = figure({
      width: 900,
      height: 200,
      x_axis_type: "datetime",
      tools: "pan,wheel_zoom,xbox_select,reset",
      active_drag: "xbox_select",
    });
    plot.line("date", name, { source: unselected });
    plot.scatter("date", name, { source, size: 3, color: null, selection_color: "orange" });
    return plot;
  };
  const [plot1, plot2] = [series("t1"), series("t2")];
  plot2.x_range = plot1.x_range;
  const stats = new PreText({ width: 500 });

  const describeSelection = () => {
    const { t1, t2, t1_returns, t2_returns } = source.data;
    const { indices } = source.selected;
    const columns = [t1, t2, t1_returns, t2_returns].map((values) =>
      describe(indices.length === 0 ? values : indices.map((i) => values[i]!))
    );
    const tickers = [ticker1.value, ticker2.value];
    const line = (name: string, cells: string[]) => name.padEnd(6) + cells.map((cell) => cell.padStart(11)).join("");
    const rows = (["count", "mean", "std", "min", "25%", "50%", "75%", "max"] as const).map((name) =>
      line(name, columns.map((description) => description[name].toFixed(4)))
    );
    stats.text = [line("", [...tickers, ...tickers.map((name) => `Δ${name}`)]), ...rows].join("\n");
  };
  const update = () => {
    ticker1.options = without(ticker2.value);
    ticker2.options = without(ticker1.value);
    const { data } = ColumnDataSource.from_rows(joined(ticker1.value, ticker2.value));
    source.data = data;
    source.selected.indices = [];
    unselected.data = data;
    correlation.title.text = `${ticker1.value} returns vs. ${ticker2.value} returns`;
    [plot1.title.text, plot2.title.text] = [ticker1.value, ticker2.value];
    describeSelection();
  };
  update();
  ticker1.on_change("value", update);
  ticker2.on_change("value", update);
  source.selected.on_change("indices", describeSelection);

  const widgets = column(row(ticker1, ticker2), stats);
  doc.add_root(column(row(correlation, widgets), column(plot1, plot2)));
  doc.title = "Stocks";
}

function without(ticker: string): string[] {
  return TICKERS.filter((name) => name !== ticker);
}

/** Returns the days on which both shares were traded, with their prices and changes. */
function joined(first: string, second: string) {
  const prices = new Map(byTicker.get(second)!.map(({ Date, Close }) => [Date, Close]));
  const days = byTicker.get(first)!.filter(({ Date }) => prices.has(Date))
    .map(({ Date: day, Close }) => ({ date: Date.parse(day), t1: Close, t2: prices.get(day)! }));
  return days.slice(1).map((day, i) => ({
    ...day,
    t1_returns: day.t1 - days[i]!.t1,
    t2_returns: day.t2 - days[i]!.t2,
  }));
}
