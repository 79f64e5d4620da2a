/**
 * The charts of the admin page.
 *
 * @module
 */

import { ColumnDataSource, DataRange1d } from "../models/mod.ts";
import { type Figure, figure } from "../plotting/mod.ts";
import type { AdminSample } from "./admin_source.ts";

/** Number of seconds that the charts show. */
const SECONDS = 900;

/** A line of a chart: its column, its legend and its color. */
type Line = readonly [column: keyof Columns, legend: string, color: string];

/** The columns of the charts. */
interface Columns {
  time: number[];
  sessions: number[];
  connections: number[];
  messages: number[];
  patches: number[];
  resident: number[];
  heap: number[];
  delay: number[];
}

const BLUE = "#4477aa";
const RED = "#cc6677";

/** Charts of the figures of all processes over time. */
export class AdminCharts {
  /** The charts. */
  readonly figures: readonly Figure[];
  readonly #source = new ColumnDataSource({ data: { ...columnsOf([]) } });
  #lastTime = 0;

  /** Creates charts without data. */
  constructor() {
    this.figures = [
      this.#chart("Sessions", [["sessions", "sessions", BLUE], ["connections", "connections", RED]]),
      this.#chart("Per second", [["messages", "messages received", BLUE], ["patches", "patches sent", RED]]),
      this.#chart("Memory in MB", [["resident", "resident", BLUE], ["heap", "heap", RED]]),
      this.#chart("Longest delay of the event loop in ms", [["delay", "delay", BLUE]]),
    ];
  }

  /** Adds the samples that the charts do not have. */
  show(samples: readonly AdminSample[]): void {
    const added = samples.filter(({ time }) => time > this.#lastTime);
    if (added.length === 0) return;
    this.#lastTime = added.at(-1)!.time;
    this.#source.stream({ ...columnsOf(added) }, SECONDS);
  }

  #chart(title: string, lines: readonly Line[]): Figure {
    const plot = figure({
      title,
      height: 190,
      min_width: 280,
      sizing_mode: "stretch_width",
      x_axis_type: "datetime",
      y_range: new DataRange1d({ start: 0 }),
      tools: "",
      toolbar_location: null,
    });
    for (const [column, legend, color] of lines) {
      const label = lines.length > 1 ? { legend_label: legend } : {};
      plot.line({ x: "time", y: column, source: this.#source, line_width: 2, color, ...label });
    }
    if (lines.length > 1) {
      plot.legend.set("location", "top_left");
      plot.legend.set("background_fill_alpha", 0.6);
    }
    return plot;
  }
}

function columnsOf(samples: readonly AdminSample[]): Columns {
  return {
    time: samples.map(({ time }) => time),
    sessions: samples.map(({ sessions }) => sessions),
    connections: samples.map(({ connections }) => connections),
    messages: samples.map(({ messages }) => messages),
    patches: samples.map(({ patches }) => patches),
    resident: samples.map(({ residentBytes }) => residentBytes / 1e6),
    heap: samples.map(({ heapBytes }) => heapBytes / 1e6),
    delay: samples.map(({ delayMilliseconds }) => delayMilliseconds),
  };
}
