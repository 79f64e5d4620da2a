// Subcoordinates: channels with their own ranges above each other, which the mouse wheel zooms
// individually.
import type { Document } from "@bokeh/server";
import { ColumnDataSource, FactorRange, Range1d, WheelZoomTool, ZoomInTool, ZoomOutTool } from "@bokeh/server/models";
import { Category10 } from "@bokeh/server/palettes";
import { figure } from "@bokeh/server/plotting";

const CHANNELS = ["EEG 1", "EEG 2", "EEG 3", "EEG 4", "EEG 5"];

/** Waves of several channels. */
export default function (doc: Document): void {
  const time = Array.from({ length: 300 }, (_, i) => i / 20);
  const waves = CHANNELS.map((_, channel) => time.map((t) => (t * (channel + 3) * 4) % 7 - 3));
  const data = { time, ...Object.fromEntries(CHANNELS.map((name, i) => [name, waves[i]!])) };
  const source = new ColumnDataSource({ data });
  const plot = figure({
    title: "channels",
    width: 500,
    height: 350,
    x_range: new Range1d({ start: 0, end: 15 }),
    y_range: new FactorRange({ factors: CHANNELS }),
    tools: "pan,reset",
  });
  const renderers = CHANNELS.map((name, i) => {
    // Maps the range -3 to 4 of a channel to the band of its category.
    const band = plot.subplot({
      x_source: plot.x_range,
      y_source: new Range1d({ start: -3, end: 4 }),
      x_target: plot.x_range,
      y_target: new Range1d({ start: i, end: i + 1 }),
    });
    return band.line({ x: { field: "time" }, y: { field: name }, color: Category10[5][i]!, source, name });
  });
  const zoom = { renderers, level: 1, dimensions: "height" } as const;
  const wheel = new WheelZoomTool({ ...zoom, hit_test: true, hit_test_mode: "hline" });
  plot.add_tools(wheel, new ZoomInTool(zoom), new ZoomOutTool(zoom));
  plot.toolbar.active_scroll = wheel;
  doc.add_root(plot);
  doc.title = "Subcoordinates";
}
