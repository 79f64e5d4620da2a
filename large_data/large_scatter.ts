import type { Document } from "../document/document.ts";
import {
  ColumnDataSource,
  type GlyphRenderer,
  HoverTool,
  type Image,
  LogColorMapper,
  type Scatter,
} from "../models/gen/classes.ts";
import type { Figure } from "../plotting/figure_model.ts";
import { type PaletteLike, toPalette } from "../plotting/palettes/palette_by_name.ts";
import { gridOf, imageOf } from "./density_image.ts";
import type { PointData } from "./view.ts";
import { fixRanges, ViewFollower } from "./view_follower.ts";

/** Options of {@linkcode large_scatter}. */
export interface LargeScatterOptions {
  /**
   * Colors of the image, from few points in a cell to many.
   *
   * @default {"Viridis256"}
   */
  readonly palette?: PaletteLike;
  /**
   * Size of the cells in which points are counted, in pixels. The cells of large plots are larger,
   * so that an image has at most 80,000.
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
  const follower = new ViewFollower(doc, plot, {
    load: (view) => {
      const { x, y } = gridOf(view, cell);
      return data.viewOf(x, y, max_markers, doc);
    },
    show: (found, view) => {
      points.data = "points" in found ? { ...found.points } : { x: [], y: [] };
      cells.data = "points" in found
        ? { image: [], x: [], y: [], dw: [], dh: [] }
        : imageOf(found.counts, gridOf(view, cell));
    },
    pixelRatio: 1.5,
  });
  await follower.refresh();
  return { image, markers, refresh: () => follower.refresh() };
}
