import type { Document } from "@bokeh/server";
import { column, gridplot, row } from "@bokeh/server/layouts";
import { ColumnDataSource, Select, Slider } from "@bokeh/server/models";
import { figure } from "@bokeh/server/plotting";

/** Bokeh's example `ohlc`. */
export default function (doc: Document): void {
  const columns: Record<string, number[]> = {
    time: [],
    average: [],
    low: [],
    high: [],
    open: [],
    close: [],
    macd: [],
    color: [],
  };
  const source = new ColumnDataSource({ data: columns });
  const p = figure({
    height: 500,
    tools: "xpan,xwheel_zoom,xbox_zoom,reset",
    x_axis_type: null,
    y_axis_location: "right",
  });
  p.x_range.follow = "end";
  p.x_range.follow_interval = 100;
  p.x_range.range_padding = 0;
  p.line({ x: "time", y: "average", alpha: 0.2, line_width: 3, color: "navy", source });
  p.segment({ x0: "time", y0: "low", x1: "time", y1: "high", line_width: 2, color: "black", source });
  const p2 = figure({
    height: 250,
    x_range: p.x_range,
    tools: "xpan,xwheel_zoom,xbox_zoom,reset",
    y_axis_location: "right",
  });
  p2.line({ x: "time", y: "macd", color: "darkred", source });
  const mean = new Slider({ title: "mean", value: 0, start: -0.01, end: 0.01, step: 0.001 });
  const mavg = new Select({ value: "MA12", options: ["MA12", "MA26", "EMA12", "EMA26"] });
  let t = 0;
  function update() {
    const factor = mavg.value.startsWith("EMA") ? 2 : 1;
    const average = 100 + mean.value * factor * t;
    source.stream({
      time: [t++],
      average: [average],
      low: [average - 1],
      high: [average + 1],
      open: [average],
      close: [average],
      macd: [0],
      color: [1],
    }, 300);
  }
  update();
  doc.add_root(column(row(mean, mavg), gridplot([[p], [p2]], { toolbar_location: "left", width: 1000 })));
  doc.add_periodic_callback(update, 50);
  doc.title = "OHLC";
}
