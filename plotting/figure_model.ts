/**
 * The classes of figures and subplots, with their glyph methods.
 *
 * @module
 */

import {
  type ContourRenderer,
  CoordinateMapping,
  type CoordinateMappingProps,
  Figure as FigureModel,
  type GlyphRenderer,
  GraphRenderer,
  type HArea,
  type HBar,
  type LayoutProvider,
  type Line,
  type Plot,
  type VArea,
  type VBar,
} from "../models/gen/classes.ts";
import type { Attributes } from "../models/base/model_types.ts";
import { append } from "./append.ts";
import { type ContourOptions, makeContour } from "./contour.ts";
import type { GlyphMethods } from "./gen/glyph_methods.ts";
import { type GlyphTarget, installGlyphMethods } from "./glyph_api.ts";
import { graphAttributes, type GraphOptions, type SourceLike } from "./graph.ts";
import { drawHexbin, type HexbinOptions, type HexbinResult } from "./hexbin.ts";
import { stackAttributes, type StackOptions } from "./stack.ts";
import type { DataSourceOf, GlyphSource } from "./glyph_source.ts";

/** Glyph methods of figures. They are added to the prototype below. */
export interface Figure extends GlyphMethods {}

/** A plot with a method for each glyph. `figure()` creates one with axes, grids and tools. */
export class Figure extends FigureModel implements GlyphTarget {
  /** The figure itself: glyph methods draw on it. */
  get plot(): this {
    return this;
  }

  /** Null: glyphs are drawn in the coordinates of the plot. */
  get coordinates(): null {
    return null;
  }

  /**
   * Creates a subplot: a part of the plot with its own coordinates and with the same glyph methods.
   *
   * @param mapping Ranges of the subplot's coordinates (`x_source`, `y_source`), and the ranges of
   * the plot that they are mapped to (`x_target`, `y_target`).
   *
   * @example
   * ```ts
   * import { Range1d } from "@bokeh/server/models";
   * import { figure } from "@bokeh/server/plotting";
   *
   * const plot = figure({ x_range: [0, 10], y_range: [0, 10] });
   * const corner = plot.subplot({
   *   x_source: new Range1d({ start: 0, end: 1 }),
   *   y_source: new Range1d({ start: 0, end: 1 }),
   *   x_target: new Range1d({ start: 7, end: 10 }),
   *   y_target: new Range1d({ start: 7, end: 10 }),
   * });
   * corner.line({ x: [0, 1], y: [0, 1] });
   * ```
   */
  subplot(mapping: Attributes<CoordinateMappingProps>): SubPlot {
    return new SubPlot(this, new CoordinateMapping(mapping));
  }

  /**
   * Counts points in hexagonal tiles and draws the tiles, colored by their counts.
   *
   * @param x The x-coordinates of the points, in data units.
   * @param y The y-coordinates of the points, in data units.
   * @param options Size of the tiles, palette, and visual properties.
   * @returns The renderer and the counts.
   * @throws {RangeError} If `x` and `y` have different lengths.
   */
  hexbin(x: ArrayLike<number>, y: ArrayLike<number>, options: HexbinOptions): HexbinResult {
    return drawHexbin(this, x, y, options);
  }

  /**
   * Draws vertical bars on top of each other, one for each column in `stackers`.
   *
   * @param stackers Names of columns of `source`, from bottom to top.
   * @param options Options of `vbar`. An array has one item for each column.
   * @throws {RangeError} If an array has another length than `stackers`.
   *
   * @example
   * ```ts
   * import { figure } from "@bokeh/server/plotting";
   *
   * const years = ["2024", "2025"];
   * figure({ x_range: years }).vbar_stack(["apples", "pears"], {
   *   x: "years",
   *   width: 0.8,
   *   color: ["firebrick", "olive"],
   *   source: { years, apples: [2, 1], pears: [5, 3] },
   * });
   * ```
   */
  vbar_stack<S extends GlyphSource = undefined>(
    stackers: readonly string[],
    options: StackOptions<VBar["$props"], "top" | "bottom", S> = {},
  ): GlyphRenderer<VBar, DataSourceOf<S>>[] {
    return stackAttributes(stackers, ["bottom", "top"], options).map((level) => this.vbar<S>(level));
  }

  /**
   * Draws horizontal bars next to each other, one for each column in `stackers`, from left to
   * right. See `vbar_stack`.
   */
  hbar_stack<S extends GlyphSource = undefined>(
    stackers: readonly string[],
    options: StackOptions<HBar["$props"], "left" | "right", S> = {},
  ): GlyphRenderer<HBar, DataSourceOf<S>>[] {
    return stackAttributes(stackers, ["left", "right"], options).map((level) => this.hbar<S>(level));
  }

  /**
   * Draws areas on top of each other, one for each column in `stackers`, from bottom to top. See
   * `vbar_stack`.
   */
  varea_stack<S extends GlyphSource = undefined>(
    stackers: readonly string[],
    options: StackOptions<VArea["$props"], "y1" | "y2", S> = {},
  ): GlyphRenderer<VArea, DataSourceOf<S>>[] {
    return stackAttributes(stackers, ["y1", "y2"], options).map((level) => this.varea<S>(level));
  }

  /**
   * Draws areas next to each other, one for each column in `stackers`, from left to right. See
   * `vbar_stack`.
   */
  harea_stack<S extends GlyphSource = undefined>(
    stackers: readonly string[],
    options: StackOptions<HArea["$props"], "x1" | "x2", S> = {},
  ): GlyphRenderer<HArea, DataSourceOf<S>>[] {
    return stackAttributes(stackers, ["x1", "x2"], options).map((level) => this.harea<S>(level));
  }

  /**
   * Draws lines whose y-coordinates add up, one for each column in `stackers`. See `vbar_stack`.
   */
  vline_stack<S extends GlyphSource = undefined>(
    stackers: readonly string[],
    options: StackOptions<Line["$props"], "y", S> = {},
  ): GlyphRenderer<Line, DataSourceOf<S>>[] {
    return stackAttributes(stackers, ["y"], options).map((level) => this.line<S>(level));
  }

  /**
   * Draws lines whose x-coordinates add up, one for each column in `stackers`. See `vbar_stack`.
   */
  hline_stack<S extends GlyphSource = undefined>(
    stackers: readonly string[],
    options: StackOptions<Line["$props"], "x", S> = {},
  ): GlyphRenderer<Line, DataSourceOf<S>>[] {
    return stackAttributes(stackers, ["x"], options).map((level) => this.line<S>(level));
  }

  /**
   * Draws a graph: nodes, and edges between them.
   *
   * @param nodes Data of the nodes. The column `index` has the ids of the nodes.
   * @param edges Data of the edges. The columns `start` and `end` have the ids of the nodes that
   * they connect.
   * @param layout_provider Computes the coordinates of nodes and edges.
   * @param options Visual properties of nodes (`node_…`) and edges (`edge_…`), and properties of
   * the renderer.
   * @throws {TypeError} If an option does not exist.
   *
   * @example
   * ```ts
   * import { StaticLayoutProvider } from "@bokeh/server/models";
   * import { figure } from "@bokeh/server/plotting";
   *
   * const layout = new StaticLayoutProvider({ graph_layout: new Map([[0, [0, 0]], [1, [1, 1]]]) });
   * figure().graph({ index: [0, 1] }, { start: [0], end: [1] }, layout, { node_size: 15, edge_line_width: 2 });
   * ```
   */
  graph(
    nodes: SourceLike,
    edges: SourceLike,
    layout_provider: LayoutProvider,
    options: GraphOptions = {},
  ): GraphRenderer {
    const renderer = new GraphRenderer({ layout_provider, ...graphAttributes(nodes, edges, options) });
    append(this, "renderers", renderer);
    return renderer;
  }

  /**
   * Draws contour lines and filled areas of values on a rectangular grid.
   *
   * @param options The values, the levels, and the visual properties of lines (`line_…`) and areas
   * (`fill_…`, `hatch_…`).
   * @throws {TypeError} If an option does not exist, or neither `line_color` nor `fill_color` is
   * given.
   * @throws {RangeError} If the levels are not increasing, or the shapes of `x`, `y` and `z` do not
   * match.
   *
   * @example
   * ```ts
   * import { figure } from "@bokeh/server/plotting";
   *
   * const z = [[0, 1, 2], [1, 2, 3], [2, 3, 4]];
   * figure().contour({ z, levels: [1, 2, 3], line_color: "black", fill_color: ["orange", "red"] });
   * ```
   */
  contour(options: ContourOptions): ContourRenderer {
    const renderer = makeContour(options);
    append(this, "renderers", renderer);
    return renderer;
  }
}

installGlyphMethods(Figure.prototype);

/** Glyph methods of subplots. They are added to the prototype below. */
export interface SubPlot extends GlyphMethods {}

/**
 * A part of a plot with its own coordinates, and with a method for each glyph. See
 * {@linkcode Figure.subplot}.
 */
export class SubPlot implements GlyphTarget {
  /**
   * Creates a subplot.
   *
   * @param plot The plot to draw on.
   * @param coordinates The ranges of the subplot, and the ranges of the plot that they are mapped
   * to.
   */
  constructor(readonly plot: Plot, readonly coordinates: CoordinateMapping) {}
}

installGlyphMethods(SubPlot.prototype);
