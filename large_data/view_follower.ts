import type { Document } from "../document/document.ts";
import { RangesUpdate } from "../models/events.ts";
import { DataRange1d, LogScale, type Plot, Range1d, type Scale } from "../models/gen/classes.ts";
import type { AxisView, Extent, Extents } from "./view.ts";

/** The ranges and pixels of a plot. */
export interface PlotView {
  /** The x-axis. */
  readonly x: AxisView;
  /** The y-axis. */
  readonly y: AxisView;
}

/** Shows the data of a view. */
export type ShowView = (view: PlotView) => Promise<void>;

/** Time in milliseconds in which changes of ranges are combined. */
const DELAY = 15;

/** Limits of the number of pixels of a dimension, which clients report. */
const PIXELS = { least: 20, most: 4000, unknown: 600 };

/**
 * Shows the data of a plot's view again when its ranges or its size change. Changes that arrive
 * while data is computed are combined: only the latest view is shown.
 */
export class ViewFollower {
  readonly #doc: Document;
  readonly #plot: Plot;
  readonly #show: ShowView;
  #shown: string | undefined;
  #isScheduled = false;

  /**
   * Follows the view of a plot.
   *
   * @param doc The document to which the plot will be added.
   * @param plot The plot.
   * @param show Shows the data of a view.
   */
  constructor(doc: Document, plot: Plot, show: ShowView) {
    this.#doc = doc;
    this.#plot = plot;
    this.#show = show;
    const request = () => this.#request();
    plot.on_event(RangesUpdate, request);
    plot.on_change("inner_width", "inner_height", request);
    for (const range of [plot.x_range, plot.y_range]) range.on_change("start", "end", request);
  }

  /** Shows the data of the current view, also if the view has not changed. */
  async refresh(): Promise<void> {
    this.#shown = undefined;
    await this.#update();
  }

  #request(): void {
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    this.#doc.add_timeout_callback(async () => {
      this.#isScheduled = false;
      await this.#update();
    }, DELAY);
  }

  async #update(): Promise<void> {
    const view = viewOf(this.#plot);
    const key = JSON.stringify(view);
    if (view === undefined || key === this.#shown) return;
    this.#shown = key;
    await this.#show(view);
  }
}

/**
 * Replaces automatic ranges of a plot by those of the data. Automatic ranges would follow the part
 * of the data that browsers have.
 *
 * @param padding Space at each end of the x-range, as a part of its length. That of the y-range is
 * 0.05. Logarithmic ranges have none.
 */
export function fixRanges(plot: Plot, extents: Extents, padding: number): void {
  const paddingOf = (scale: Scale, linear: number) => scale instanceof LogScale ? 0 : linear;
  if (plot.x_range instanceof DataRange1d) plot.x_range = fixedRange(extents.x, paddingOf(plot.x_scale, padding));
  if (plot.y_range instanceof DataRange1d) plot.y_range = fixedRange(extents.y, paddingOf(plot.y_scale, 0.05));
}

function fixedRange({ start, end }: Extent, padding: number): Range1d {
  if (!Number.isFinite(start)) return new Range1d({ start: 0, end: 1 });
  const margin = start === end ? 0.5 : padding * (end - start);
  return new Range1d({ start: start - margin, end: end + margin });
}

/** Returns the view of a plot; undefined if its ranges are not numbers, or cannot be logarithmic. */
function viewOf(plot: Plot): PlotView | undefined {
  const x = axisView(plot.x_range, plot.x_scale, pixelsOf(plot, "inner_width") || plot.width);
  const y = axisView(plot.y_range, plot.y_scale, pixelsOf(plot, "inner_height") || plot.height);
  return x === undefined || y === undefined ? undefined : { x, y };
}

/** Returns a size that clients report; 0 if none has reported it. */
function pixelsOf(plot: Plot, attr: "inner_width" | "inner_height"): number {
  return Number(plot.rawValue(attr) ?? 0);
}

function axisView(range: Plot["x_range"], scale: Scale, size: number | null): AxisView | undefined {
  const ends = [range.get("start"), range.get("end")].map(Number).sort((a, b) => a - b);
  const [start = NaN, end = NaN] = ends;
  const isLog = scale instanceof LogScale;
  if (!Number.isFinite(end - start) || start === end || isLog && start <= 0) return undefined;
  const pixels = Math.round(Math.min(PIXELS.most, Math.max(PIXELS.least, size ?? PIXELS.unknown)));
  return { start, end, pixels, isLog };
}
