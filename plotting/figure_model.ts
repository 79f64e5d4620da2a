import {
  type ContourRenderer,
  CoordinateMapping,
  type CoordinateMappingProps,
  Figure as FigureModel,
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
import type { StackOptions } from "./glyph_options.ts";
import { graphAttributes, type GraphOptions, type SourceLike } from "./graph.ts";
import { drawHexbin, type HexbinOptions, type HexbinResult } from "./hexbin.ts";
import { stackAttributes } from "./stack.ts";
import type { DataSourceOf, GlyphSource, TypedGlyphRenderer } from "./typed_glyph_renderer.ts";

/** The glyph methods of figures; they are put on the prototype below. */
export interface Figure extends GlyphMethods {}

/** A plot with a method for each kind of glyph. `figure()` makes one with axes, grids and tools. */
export class Figure extends FigureModel implements GlyphTarget {
  /** The figure itself, which is what its glyph methods draw on. */
  get plot(): this {
    return this;
  }

  /** Null: glyphs are drawn in the plot's own coordinates. */
  get coordinates(): null {
    return null;
  }

  /** Draws in coordinates of its own in a part of the plot. */
  subplot(mapping: Attributes<CoordinateMappingProps>): SubPlot {
    return new SubPlot(this, new CoordinateMapping(mapping));
  }

  /** Counts points in hexagonal tiles and draws the tiles. */
  hexbin(x: ArrayLike<number>, y: ArrayLike<number>, options: HexbinOptions): HexbinResult {
    return drawHexbin(this, x, y, options);
  }

  /** Draws bars that stand on each other, one for each column that is named. */
  vbar_stack<S extends GlyphSource = undefined>(
    stackers: readonly string[],
    options: StackOptions<VBar["$props"], "top" | "bottom", S> = {},
  ): TypedGlyphRenderer<VBar, DataSourceOf<S>>[] {
    return stackAttributes(stackers, ["bottom", "top"], options).map((level) => this.vbar<S>(level));
  }

  /** Draws bars beside each other, one for each column that is named. */
  hbar_stack<S extends GlyphSource = undefined>(
    stackers: readonly string[],
    options: StackOptions<HBar["$props"], "left" | "right", S> = {},
  ): TypedGlyphRenderer<HBar, DataSourceOf<S>>[] {
    return stackAttributes(stackers, ["left", "right"], options).map((level) => this.hbar<S>(level));
  }

  /** Draws areas that lie on each other, one for each column that is named. */
  varea_stack<S extends GlyphSource = undefined>(
    stackers: readonly string[],
    options: StackOptions<VArea["$props"], "y1" | "y2", S> = {},
  ): TypedGlyphRenderer<VArea, DataSourceOf<S>>[] {
    return stackAttributes(stackers, ["y1", "y2"], options).map((level) => this.varea<S>(level));
  }

  /** Draws areas beside each other, one for each column that is named. */
  harea_stack<S extends GlyphSource = undefined>(
    stackers: readonly string[],
    options: StackOptions<HArea["$props"], "x1" | "x2", S> = {},
  ): TypedGlyphRenderer<HArea, DataSourceOf<S>>[] {
    return stackAttributes(stackers, ["x1", "x2"], options).map((level) => this.harea<S>(level));
  }

  /** Draws lines above each other, one for each column that is named. */
  vline_stack<S extends GlyphSource = undefined>(
    stackers: readonly string[],
    options: StackOptions<Line["$props"], "y", S> = {},
  ): TypedGlyphRenderer<Line, DataSourceOf<S>>[] {
    return stackAttributes(stackers, ["y"], options).map((level) => this.line<S>(level));
  }

  /** Draws lines beside each other, one for each column that is named. */
  hline_stack<S extends GlyphSource = undefined>(
    stackers: readonly string[],
    options: StackOptions<Line["$props"], "x", S> = {},
  ): TypedGlyphRenderer<Line, DataSourceOf<S>>[] {
    return stackAttributes(stackers, ["x"], options).map((level) => this.line<S>(level));
  }

  /** Draws a graph: nodes, and edges between them, at places that a layout gives. */
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

  /** Draws lines of equal value, and the areas between them, of values on a rectangular grid. */
  contour(options: ContourOptions): ContourRenderer {
    const renderer = makeContour(options);
    append(this, "renderers", renderer);
    return renderer;
  }
}

installGlyphMethods(Figure.prototype);

/** The glyph methods; they are put on the prototype below. */
export interface SubPlot extends GlyphMethods {}

/** A part of a plot with coordinates of its own, with a method for each kind of glyph. */
export class SubPlot implements GlyphTarget {
  /**
   * Makes a part of a plot.
   *
   * @param plot the plot that is drawn on
   * @param coordinates the ranges inside, and where they lie in the plot's
   */
  constructor(readonly plot: Plot, readonly coordinates: CoordinateMapping) {}
}

installGlyphMethods(SubPlot.prototype);
