import type { Document } from "../document/document.ts";
import { ColumnDataSource, type GlyphRenderer, type Line, type LineProps } from "../models/gen/classes.ts";
import type { Attributes } from "../models/base/model_types.ts";
import type { Figure } from "../plotting/figure_model.ts";
import type { LineData } from "./view.ts";
import { fixRanges, ViewFollower } from "./view_follower.ts";

/** Options of {@linkcode large_line}: properties of the line. */
export interface LargeLineOptions extends Attributes<Omit<LineProps, "x" | "y">> {
  /** Text of the legend. */
  readonly legend_label?: string;
}

/** A line of which browsers have the part in their view. */
export interface LargeLine {
  /** The renderer, whose data source has the points in the view. */
  readonly renderer: GlyphRenderer<Line, ColumnDataSource<{ x: Float64Array; y: Float64Array }>>;
  /** Shows the current view again. Call it after the data has changed. */
  refresh(): Promise<void>;
}

/**
 * Draws a line of millions of points. The browser receives the points that draw the part in its
 * view, at most four for each pixel, and others when the user pans or zooms.
 *
 * Automatic ranges of the plot are replaced by the ranges of the data.
 *
 * @param doc The document to which the plot is added.
 * @param plot The plot.
 * @param data The points, for example `new LineArrays(x, y)`.
 * @param options Properties of the line.
 *
 * @example
 * ```ts
 * import type { Document } from "@bokeh/server";
 * import { large_line, LineArrays } from "@bokeh/server/large_data";
 * import { figure } from "@bokeh/server/plotting";
 *
 * const x = Float64Array.from({ length: 1_000_000 }, (_, i) => i);
 * const data = new LineArrays(x, x.map((value) => Math.sin(value / 1e4) + Math.random()));
 *
 * export default async function app(doc: Document): Promise<void> {
 *   const plot = figure({ width: 800, height: 300 });
 *   await large_line(doc, plot, data, { line_color: "navy" });
 *   doc.add_root(plot);
 * }
 * ```
 */
export async function large_line(
  doc: Document,
  plot: Figure,
  data: LineData,
  options: LargeLineOptions = {},
): Promise<LargeLine> {
  fixRanges(plot, await data.extents(), 0);
  const none = new Float64Array();
  const source = new ColumnDataSource({ data: { x: none, y: none } });
  const renderer = plot.line({ ...options, x: "x", y: "y", source });
  const follower = new ViewFollower(doc, plot, {
    load: ({ x }) => data.pointsIn(x),
    show: (points) => source.data = { ...points },
    pixelRatio: 1,
  });
  await follower.refresh();
  return { renderer, refresh: () => follower.refresh() };
}
