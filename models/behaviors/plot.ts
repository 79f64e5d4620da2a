/**
 * Methods and accessors of plots: for axes, grids, legends and tools, and for adding glyphs and map
 * tiles. Those with several models return them with `splat`, as a list that is read and set like
 * one model.
 *
 * @module
 */

import type {
  Axis,
  GlyphRenderer,
  GlyphRendererProps,
  Grid,
  HoverTool,
  Legend,
  Plot,
  PlotMethods,
  SplattableAxes,
  TileRenderer,
  Tool,
} from "../gen/class_types.ts";
import type { Place } from "../gen/enums.ts";
import { Model } from "../base/model.ts";
import { peekValue, propertyOf } from "../base/attribute_values.ts";
import { makeModel } from "../spec/registry.ts";
import { type ModelType, type Query, select } from "../base/query.ts";
import { splat } from "./splat.ts";
import { tileProvider } from "./tile_providers.ts";
import { toolRecipe } from "./tool_aliases.ts";

/** Locations of `add_layout`. Each is an attribute of `Plot` with a list of models. */
const PLACES: readonly Place[] = ["left", "right", "above", "below", "center"];
/** Locations in the order in which `plot.legend` lists their legends, as in Bokeh. */
const LEGEND_PLACES: readonly Place[] = ["above", "below", "left", "right", "center"];

/** Methods and accessors of the prototype of `Plot`. The interface `PlotMethods` documents them. */
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
      throw new RangeError(`Cannot add to place ${JSON.stringify(place)}: expected ${PLACES.join(", ")}`);
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
      throw new TypeError(`Cannot add a glyph with the source ${source}: it is not a DataSource`);
    }
    if (!glyph.isA("Glyph")) throw new TypeError(`Cannot add ${glyph} as a glyph: it is not a Glyph`);
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
    // The caller chooses the type of the result. It is not checked.
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
  throw new TypeError(`Cannot add ${tool}: expected a tool or its name`);
}

/**
 * Returns the models in a location of a plot, as the stored list without a copy. The caller must
 * not change it.
 */
function modelsIn(plot: Plot, place: Place): readonly Model[] {
  return peekValue(plot, propertyOf(plot, place)) as readonly Model[];
}

/** Returns the models of a class or its derived classes in some locations of a plot. */
function ofType<T extends Model>(plot: Plot, type: string, places: readonly Place[]): T[] {
  return places.flatMap((place) => modelsIn(plot, place)).filter((model): model is T => model.isA(type));
}
