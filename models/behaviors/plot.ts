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
  Plot,
  TileRenderer,
  TileRendererProps,
  TileSource,
  Tool,
  Toolbar,
} from "../gen/classes.ts";
import { Model } from "../base/model.ts";
import { peekValue, propertyOf } from "../base/attribute_values.ts";
import { makeModel } from "../base/make_model.ts";
import { type ModelType, type Query, type QueryOf, select } from "../base/query.ts";
import { splat, type Splattable } from "./splat.ts";
import { tileProvider } from "./tile_providers.ts";
import { toolRecipe } from "./tool_aliases.ts";

/** The places around and in a plot where axes, legends and other annotations stand. */
export type Place = "left" | "right" | "above" | "below" | "center";

const PLACES: readonly Place[] = ["left", "right", "above", "below", "center"];
/** The order in which a plot tells its legends. */
const LEGEND_PLACES: readonly Place[] = ["above", "below", "left", "right", "center"];

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

/** The methods of plots, put on the prototype of the generated class. */
export const plotMethods: PlotMethods & ThisType<Plot> = {
  get tools() {
    return this.toolbar.tools;
  },
  set tools(tools) {
    this.toolbar.tools = tools;
  },
  get xaxis() {
    return splatAxes(ofType<Axis>(this, "Axis", ["above", "below"]), "xaxis");
  },
  get yaxis() {
    return splatAxes(ofType<Axis>(this, "Axis", ["left", "right"]), "yaxis");
  },
  get axis() {
    return splatAxes([...this.xaxis, ...this.yaxis], "axis");
  },
  get xgrid() {
    return splat(ofType<Grid>(this, "Grid", ["center"]).filter((grid) => grid.dimension === 0), { name: "xgrid" });
  },
  get ygrid() {
    return splat(ofType<Grid>(this, "Grid", ["center"]).filter((grid) => grid.dimension === 1), { name: "ygrid" });
  },
  get grid() {
    return splat([...this.xgrid, ...this.ygrid], { name: "grid" });
  },
  get legend() {
    const legends = ofType<Legend>(this, "Legend", LEGEND_PLACES);
    return splat(legends, { name: "legend", remedy: "Add a Legend or give a glyph a legend_label first" });
  },
  get hover() {
    return splat(this.tools.filter((tool): tool is HoverTool => tool instanceof Model && tool.isA("HoverTool")), {
      name: "hover",
    });
  },
  add_layout(model, place = "center") {
    if (!PLACES.includes(place)) {
      throw new RangeError(`Cannot add to place ${JSON.stringify(place)}: places are ${PLACES.join(", ")}`);
    }
    for (const name of PLACES) {
      const there = modelsIn(this, name);
      if (there.includes(model)) this.set(name, there.filter((other) => other !== model));
    }
    this.set(place, [...modelsIn(this, place), model]);
  },
  add_tools(...tools) {
    this.toolbar.tools.push(...tools.map(toTool));
  },
  remove_tools(...tools) {
    for (const tool of tools) {
      if (!this.toolbar.tools.includes(tool)) {
        const available = this.toolbar.tools.map(String).join(", ");
        throw new RangeError(`Cannot remove ${tool}: it is not among the tools ${available}`);
      }
      this.toolbar.tools = this.toolbar.tools.filter((other) => other !== tool);
    }
  },
  add_glyph(first: Model, second?: Model | Partial<GlyphRendererProps>, third?: Partial<GlyphRendererProps>) {
    const [source, glyph, attributes] = second instanceof Model
      ? [first, second, third]
      : [makeModel("ColumnDataSource", {}), first, second];
    if (!source.isA("DataSource")) {
      throw new TypeError(`Cannot add a glyph with the source ${source}: it is no DataSource`);
    }
    if (!glyph.isA("Glyph")) throw new TypeError(`Cannot add ${glyph} as a glyph: it is no Glyph`);
    const renderer = makeModel<GlyphRenderer>("GlyphRenderer", { data_source: source, glyph, ...attributes });
    this.renderers.push(renderer);
    return renderer;
  },
  add_tile(source, { retina = false, ...attributes } = {}) {
    const tile_source = typeof source === "string" ? makeModel("WMTSTileSource", tileProvider(source, retina)) : source;
    const renderer = makeModel<TileRenderer>("TileRenderer", { tile_source, ...attributes });
    this.renderers.push(renderer);
    return renderer;
  },
  select<T extends Model>(selector: Query | ModelType<T> | string) {
    // the query may ask for a class that its type does not tell
    return splat(select(this.references(), selector) as T[], { name: "selected model" });
  },
};

function splatAxes(axes: readonly Axis[], name: string): SplattableAxes {
  return splat(axes, { name }) as SplattableAxes;
}

function toTool(tool: Tool | string): Tool {
  if (typeof tool === "string") {
    const { type, attributes } = toolRecipe(tool);
    return makeModel<Tool>(type, attributes);
  }
  if (tool instanceof Model && tool.isA("Tool")) return tool;
  throw new TypeError(`Cannot add ${tool}: expected a tool or the name of one`);
}

/** The models in a place of a plot: the list itself, to be read only. */
function modelsIn(plot: Plot, place: Place): readonly Model[] {
  return peekValue(plot, propertyOf(plot, place)) as readonly Model[];
}

function ofType<T extends Model>(plot: Plot, type: string, places: readonly Place[]): T[] {
  return places.flatMap((place) => modelsIn(plot, place)).filter((model): model is T => model.isA(type));
}
