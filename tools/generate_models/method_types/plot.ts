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
   * Whether to ask the provider for tiles of twice the resolution.
   * @default {false}
   */
  retina?: boolean;
}

/**
 * Axes that read and write like one. Which attributes it has follows from what it shows, which types do not know: those of
 * axes of categories are there for figures that have such.
 */
export type SplattableAxes = Splattable<Axis> & Omit<CategoricalAxisProps, keyof AxisProps>;

/** What plots can do beyond holding their attributes. */
export interface PlotMethods {
  /** The tools of the toolbar. */
  tools: Toolbar["tools"];
  /** The axes above and below. */
  readonly xaxis: SplattableAxes;
  /** The axes left and right. */
  readonly yaxis: SplattableAxes;
  /** All axes. */
  readonly axis: SplattableAxes;
  /** The grids of the x dimension. */
  readonly xgrid: Splattable<Grid>;
  /** The grids of the y dimension. */
  readonly ygrid: Splattable<Grid>;
  /** All grids. */
  readonly grid: Splattable<Grid>;
  /** All legends. */
  readonly legend: Splattable<Legend>;
  /** All hover tools. */
  readonly hover: Splattable<HoverTool>;
  /**
   * Puts something in a place of the plot; what already has a place moves.
   *
   * @param place where to put it, `"center"` if not given
   */
  add_layout(model: Model, place?: Place): void;
  /** Adds tools, given or named as in `"xpan"`. */
  add_tools(...tools: (Tool | string)[]): void;
  /** Takes tools away. */
  remove_tools(...tools: Tool[]): void;
  /** Draws a glyph, with a data source of its own unless one is given. */
  add_glyph(glyph: Glyph, attributes?: Partial<GlyphRendererProps>): GlyphRenderer;
  /** Draws a glyph with the columns of a data source. */
  add_glyph(source: ColumnarDataSource, glyph: Glyph, attributes?: Partial<GlyphRendererProps>): GlyphRenderer;
  /** Draws map tiles of a source, or of a provider named as in `"CartoDB Positron"`. */
  add_tile(source: TileSource | string, options?: AddTileOptions): TileRenderer;
  /** The models of the plot that match a selector, a name or a class, as a splattable list. */
  select<T extends Model = Model>(selector: Query | QueryOf<T> | ModelType<T> | string): Splattable<T>;
}
