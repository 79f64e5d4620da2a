// OHLC: a stream of prices as bars of open, high, low and close, with a moving average and the MACD indicator.
import type { Document } from "@bokeh/server";
import { count } from "@bokeh/server/driving";
import { column, gridplot, row } from "@bokeh/server/layouts";
import { ColumnDataSource, DataRange1d, Select, Slider } from "@bokeh/server/models";
import { figure } from "@bokeh/server/plotting";
import { SeededRandom } from "../data/seeded_random.ts";

/** Number of bars to keep. */
const ROLLOVER = 300;
const AVERAGES = new Map([
  ["12-tick Moving Avg", (prices: number[]) => movingAverage(prices, 12)],
  ["26-tick Moving Avg", (prices: number[]) => movingAverage(prices, 26)],
  ["12-tick EMA", (prices: number[]) => exponentialAverage(prices, 12)],
  ["26-tick EMA", (prices: number[]) => exponentialAverage(prices, 26)],
]);

/** Invented prices, with a new bar every 50 ms. */
export default function (doc: Document): void {
  const random = new SeededRandom(1);
  const empty = () => [] as number[];
  const source = new ColumnDataSource({
    data: {
      time: empty(),
      average: empty(),
      low: empty(),
      high: empty(),
      open: empty(),
      close: empty(),
      ma: empty(),
      macd: empty(),
      macd9: empty(),
      difference: empty(),
      color: [] as string[],
    },
    name: "bars",
  });

  const options = { width: 720, tools: "xpan,xwheel_zoom,xbox_zoom,reset", y_axis_location: "right" } as const;
  const x_range = new DataRange1d({ follow: "end", follow_interval: 100, range_padding: 0 });
  const prices = figure({ ...options, x_range, height: 280, x_axis_type: null });
  prices.line("time", "average", { source, alpha: 0.2, line_width: 3, color: "navy" });
  prices.line("time", "ma", { source, alpha: 0.8, line_width: 2, color: "orange" });
  prices.segment({ x0: "time", y0: "low", x1: "time", y1: "high", source, line_width: 2, color: "black" });
  prices.segment({ x0: "time", y0: "open", x1: "time", y1: "close", source, line_width: 8, color: "color" });

  const indicator = figure({ ...options, x_range, height: 160 });
  indicator.line("time", "macd", { source, color: "red" });
  indicator.line("time", "macd9", { source, color: "blue" });
  indicator.segment({
    x0: "time",
    y0: 0,
    x1: "time",
    y1: "difference",
    source,
    line_width: 6,
    color: "black",
    alpha: 0.5,
  });

  const mean = new Slider({ title: "mean", value: 0, start: -0.01, end: 0.01, step: 0.001, width: 220 });
  const deviation = new Slider({ title: "stddev", value: 0.04, start: 0.01, end: 0.1, step: 0.01, width: 220 });
  const choices = [...AVERAGES.keys()];
  const shown = new Select({ name: "average", value: choices[0]!, options: choices, width: 200 });

  const tick = count()((time) => {
    const { data } = source;
    const average = (data.average.at(-1) ?? 100) * Math.exp(random.normal(mean.value, deviation.value));
    const high = average * Math.exp(random.exponential(0.03));
    const low = average / Math.exp(random.exponential(0.03));
    const open = random.uniform(0.05, 0.95) * (high - low) + low;
    const close = random.uniform(0.05, 0.95) * (high - low) + low;
    const closes = [...data.close, close];
    const ma = AVERAGES.get(shown.value)!(closes);
    const macd = exponentialAverage(closes, 12) - exponentialAverage(closes, 26);
    const macd9 = exponentialAverage([...data.macd, macd], 9);
    const color = open < close ? "green" : "red";
    const bar = { time, average, low, high, open, close, ma, macd, macd9, difference: macd - macd9, color };
    source.stream(ColumnDataSource.from_rows([bar]).data, ROLLOVER);
  });
  doc.add_periodic_callback(tick, 50);
  doc.add_root(column(row(mean, deviation, shown), gridplot([[prices], [indicator]], { toolbar_location: "left" })));
  doc.title = "OHLC";
}

/** Returns the mean of the last prices. */
function movingAverage(prices: number[], days: number): number {
  if (prices.length < days) return 100;
  return prices.slice(-days).reduce((sum, price) => sum + price, 0) / days;
}

/** Returns the mean of the last prices, with weights that decrease by a constant factor for older ones. */
function exponentialAverage(prices: number[], days: number): number {
  if (prices.length < days) return prices.at(-1)!;
  const alpha = 2 / (days + 1);
  const weights = Array.from({ length: days }, (_, age) => (1 - alpha) ** age);
  const sum = weights.reduce((total, weight, age) => total + weight * prices.at(-1 - age)!, 0);
  return sum / weights.reduce((total, weight) => total + weight, 0);
}
