import type { Document } from "../document/document.ts";
import {
  ColumnDataSource,
  type GlyphRenderer,
  HoverTool,
  type Image,
  LogColorMapper,
  type Scatter,
} from "../models/gen/classes.ts";
import { ndarray } from "../models/columns/make_ndarray.ts";
import type { Figure } from "../plotting/figure_model.ts";
import { type PaletteLike, toPalette } from "../plotting/palettes/palette_by_name.ts";
import type { AxisView, PointData } from "./view.ts";
import { fixRanges, type PlotView, ViewFollower } from "./view_follower.ts";

/** Options of {@linkcode large_scatter}. */
export interface LargeScatterOptions {
  /**
   * Colors of the image, from few points in a cell to many.
   *
   * @default {"Viridis256"}
   */
  readonly palette?: PaletteLike;
  /**
   * Size of the cells in which points are counted, in pixels.
   *
   * @default {2}
   */
  readonly cell?: number;
  /**
   * Maximum number of points that are drawn as markers instead of an image.
   *
   * @default {5000}
   */
  readonly max_markers?: number;
  /**
   * Size of the markers, in pixels.
   *
   * @default {4}
   */
  readonly size?: number;
}

/** Points of which browsers have an image or the markers in their view. */
export interface LargeScatter {
  /** The renderer of the image, whose column `image` has the number of points in each cell. */
  readonly image: GlyphRenderer<Image>;
  /** The renderer of the markers. */
  readonly markers: GlyphRenderer<Scatter>;
  /** Shows the current view again. Call it after the data has changed. */
  refresh(): Promise<void>;
}

/**
 * Draws millions of points as an image of their density, and as markers if few of them are in the
 * view. A hover tool shows the number of points under the pointer. The points are counted again
 * when the user pans or zooms, in a task that delays no other session.
 *
 * Automatic ranges of the plot are replaced by the ranges of the data.
 *
 * @param doc The document to which the plot is added.
 * @param plot The plot.
 * @param data The points, for example `new PointArrays(x, y)`.
 * @param options Colors, and sizes of cells and markers.
 *
 * @example
 * ```ts
 * import type { Document } from "@bokeh/server";
 * import { large_scatter, PointArrays } from "@bokeh/server/large_data";
 * import { figure } from "@bokeh/server/plotting";
 *
 * const x = Float64Array.from({ length: 1_000_000 }, () => Math.random() + Math.random());
 * const data = new PointArrays(x, x.map((value) => value * Math.random()));
 *
 * export default async function app(doc: Document): Promise<void> {
 *   const plot = figure({ width: 600, height: 400 });
 *   await large_scatter(doc, plot, data, { palette: "Inferno256" });
 *   doc.add_root(plot);
 * }
 * ```
 */
export async function large_scatter(
  doc: Document,
  plot: Figure,
  data: PointData,
  { palette = "Viridis256", cell = 2, max_markers = 5000, size = 4 }: LargeScatterOptions = {},
): Promise<LargeScatter> {
  fixRanges(plot, await data.extents(), 0.05);
  const colors = typeof palette === "string" ? toPalette(palette) : palette;
  const color_mapper = new LogColorMapper({ palette: [...colors], low: 1, low_color: "#00000000" });
  const cells = new ColumnDataSource();
  cells.data = { image: [], x: [], y: [], dw: [], dh: [] };
  const points = new ColumnDataSource();
  points.data = { x: [], y: [] };
  const image = plot.image({ image: "image", x: "x", y: "y", dw: "dw", dh: "dh", color_mapper, source: cells });
  const markers = plot.scatter({ x: "x", y: "y", size, color: colors.at(-1) ?? "navy", source: points });
  plot.add_tools(
    new HoverTool({ renderers: [image], tooltips: [["points", "@image"], ["x", "$x"], ["y", "$y"]] }),
    new HoverTool({ renderers: [markers], tooltips: [["x", "@x"], ["y", "@y"]] }),
  );
  const follower = new ViewFollower(doc, plot, async (view) => {
    const { x, y } = gridOf(view, cell);
    const found = await data.viewOf(x, y, max_markers, doc);
    if ("points" in found) {
      points.data = { ...found.points };
      cells.data = { image: [], x: [], y: [], dw: [], dh: [] };
      return;
    }
    const counts = ndarray(compact(found.counts), [y.pixels, x.pixels]);
    cells.data = { image: [counts], x: [x.start], y: [y.start], dw: [x.end - x.start], dh: [y.end - y.start] };
    points.data = { x: [], y: [] };
  });
  await follower.refresh();
  return { image, markers, refresh: () => follower.refresh() };
}

/** Returns the grid of cells of a view. */
function gridOf({ x, y }: PlotView, cell: number): { x: AxisView; y: AxisView } {
  const ofAxis = (axis: AxisView) => ({ ...axis, pixels: Math.max(1, Math.round(axis.pixels / cell)) });
  return { x: ofAxis(x), y: ofAxis(y) };
}

/** Returns counts with the fewest bytes. */
function compact(counts: Uint32Array): Uint8Array | Uint16Array | Uint32Array {
  let most = 0;
  for (const count of counts) if (count > most) most = count;
  return most < 2 ** 8 ? Uint8Array.from(counts) : most < 2 ** 16 ? Uint16Array.from(counts) : counts;
}
