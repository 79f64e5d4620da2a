import type { Model } from "../../../models/base/model.ts";
import type { ModelType, Query, QueryOf } from "../../../models/base/query.ts";
import type { Splattable } from "../../../models/behaviors/splat.ts";
import type {
  Axis,
  AxisProps,
  CategoricalAxisProps,
  ColumnarDataSource,
  Glyph,
  GlyphRenderer,
  GlyphRendererProps,
  Grid,
  HoverTool,
  Legend,
  TileRenderer,
  TileRendererProps,
  TileSource,
  Tool,
  Toolbar,
} from "../../../models/gen/class_types.ts";
import type { Place } from "../../../models/gen/enums.ts";

/** Options of {@linkcode PlotMethods.add_tile}. */
export interface AddTileOptions extends Partial<TileRendererProps> {
  /**
   * Whether to request tiles with twice the resolution.
   *
   * @default {false}
   */
  retina?: boolean;
}

/**
 * Axes that are read and set like one. The class of an axis is not known to the type checker:
 * attributes of categorical axes are included.
 */
export type SplattableAxes = Splattable<Axis> & Omit<CategoricalAxisProps, keyof AxisProps>;

/** Additional members of plots. */
export interface PlotMethods {
  /** Tools of the toolbar. */
  tools: Toolbar["tools"];
  /** Axes above and below the plot. */
  readonly xaxis: SplattableAxes;
  /** Axes left and right of the plot. */
  readonly yaxis: SplattableAxes;
  /** All axes. */
  readonly axis: SplattableAxes;
  /** Grids of the x-dimension. */
  readonly xgrid: Splattable<Grid>;
  /** Grids of the y-dimension. */
  readonly ygrid: Splattable<Grid>;
  /** All grids. */
  readonly grid: Splattable<Grid>;
  /** All legends. */
  readonly legend: Splattable<Legend>;
  /** All hover tools. */
  readonly hover: Splattable<HoverTool>;
  /**
   * Adds a model to a location of the plot. A model that is in another location of the plot is
   * moved.
   *
   * @param model An axis, legend, annotation or another renderer.
   * @param place The location, `"center"` by default.
   * @throws {RangeError} If the location does not exist.
   */
  add_layout(model: Model, place?: Place): void;
  /** Adds tools. A tool can be given by its name, such as `"xpan"`. */
  add_tools(...tools: (Tool | string)[]): void;
  /** Removes tools. Throws a RangeError if the plot does not have one of them. */
  remove_tools(...tools: Tool[]): void;
  /** Draws a glyph, with a new data source unless the attributes contain one. */
  add_glyph(glyph: Glyph, attributes?: Partial<GlyphRendererProps>): GlyphRenderer;
  /** Draws a glyph with columns of a data source. */
  add_glyph(source: ColumnarDataSource, glyph: Glyph, attributes?: Partial<GlyphRendererProps>): GlyphRenderer;
  /** Draws map tiles of a tile source, or of a provider such as `"CartoDB Positron"`. */
  add_tile(source: TileSource | string, options?: AddTileOptions): TileRenderer;
  /**
   * Returns the models of the plot that match a selector, a name or a class, as a list that can be
   * read and set like one model.
   */
  select<T extends Model = Model>(selector: Query | QueryOf<T> | ModelType<T> | string): Splattable<T>;
}
