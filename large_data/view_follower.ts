import type { Document } from "../document/document.ts";
import { waitWithoutLock } from "../document/session_work.ts";
import { RangesUpdate } from "../models/events.ts";
import { DataRange1d, LogScale, type Plot, Range1d, type Scale } from "../models/gen/classes.ts";
import type { AxisView, Extent, Extents, MaybePromise } from "./view.ts";

/** The ranges and pixels of a plot. */
export interface PlotView {
  /** The x-axis. */
  readonly x: AxisView;
  /** The y-axis. */
  readonly y: AxisView;
}

/** Loads and shows the data of views. */
export interface ViewOptions<T> {
  /** Returns the data of a view. The document is not locked meanwhile. */
  load(view: PlotView): MaybePromise<T>;
  /** Shows data in the document. */
  show(found: T, view: PlotView): void;
  /**
   * Maximum ratio of the pixels of two views of the same ranges for which the same data is shown. 1
   * if each number of pixels has data of its own.
   */
  readonly pixelRatio: number;
}

/** Time in milliseconds in which changes of ranges are combined: clients send those of both axes one after the other. */
const DELAY = 5;

/** Times in milliseconds after which a view is loaded again that could not be loaded. */
const RETRY_DELAYS = [1000, 4000, 16_000];

/** Limits of the number of pixels of a dimension, which clients report. */
const PIXELS = { least: 20, most: 4000, unknown: 600 };

/**
 * Shows the data of a plot's view again when its ranges or its size change. While data is loaded,
 * changes are combined: after it, the latest view is loaded. Data is never replaced by data that was
 * requested earlier.
 */
export class ViewFollower<T> {
  readonly #doc: Document;
  readonly #plot: Plot;
  readonly #options: ViewOptions<T>;
  /** The view whose data is shown. */
  #shown: PlotView | undefined;
  /** Number of the latest request for data, and number of the request whose data is shown. */
  #latestRequest = 0;
  #shownRequest = 0;
  #isScheduled = false;
  /** Whether data is loaded because of a change, and whether there was another change since. */
  #isUpdating = false;
  #hasChanged = false;
  #failures = 0;

  /**
   * Follows the view of a plot.
   *
   * @param doc The document to which the plot will be added.
   * @param plot The plot.
   */
  constructor(doc: Document, plot: Plot, options: ViewOptions<T>) {
    this.#doc = doc;
    this.#plot = plot;
    this.#options = options;
    const schedule = () => this.#schedule();
    plot.on_event(RangesUpdate, schedule);
    plot.on_change("inner_width", "inner_height", schedule);
    for (const range of [plot.x_range, plot.y_range]) range.on_change("start", "end", schedule);
  }

  /** Shows the data of the current view, also if the view has not changed. */
  async refresh(): Promise<void> {
    const view = viewOf(this.#plot);
    if (view !== undefined) await this.#load(view);
  }

  #schedule(): void {
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    this.#doc.add_timeout_callback(async () => {
      this.#isScheduled = false;
      await this.#update();
    }, DELAY);
  }

  /** Loads the data of the current view, and of that which is current then. */
  async #update(): Promise<void> {
    this.#hasChanged = true;
    if (this.#isUpdating) return;
    this.#isUpdating = true;
    try {
      while (this.#hasChanged) {
        this.#hasChanged = false;
        const view = viewOf(this.#plot);
        if (view !== undefined && !this.#isShown(view)) await this.#load(view);
      }
      this.#failures = 0;
    } catch (error) {
      const delay = RETRY_DELAYS[this.#failures++];
      if (delay === undefined) this.#failures = 0;
      else this.#doc.add_timeout_callback(async () => await this.#update(), delay);
      throw error;
    } finally {
      this.#isUpdating = false;
    }
  }

  async #load(view: PlotView): Promise<void> {
    const request = ++this.#latestRequest;
    const loading = (async () => await this.#options.load(view))();
    const found = await waitWithoutLock(this.#doc, loading, "The data of a view");
    if (request < this.#shownRequest) return;
    this.#shownRequest = request;
    this.#shown = view;
    this.#options.show(found, view);
  }

  #isShown({ x, y }: PlotView): boolean {
    const { pixelRatio } = this.#options;
    return this.#shown !== undefined && isSimilar(x, this.#shown.x, pixelRatio) &&
      isSimilar(y, this.#shown.y, pixelRatio);
  }
}

/** Returns whether two views have the same ranges, and numbers of pixels with at most a ratio. */
function isSimilar(a: AxisView, b: AxisView, pixelRatio: number): boolean {
  return a.start === b.start && a.end === b.end && a.isLog === b.isLog &&
    Math.max(a.pixels, b.pixels) <= pixelRatio * Math.min(a.pixels, b.pixels);
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
