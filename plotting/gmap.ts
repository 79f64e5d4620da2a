import {
  type BaseText,
  GMap as GMapModel,
  type GMapOptions,
  type GMapPlotProps,
  LinearAxis,
  MercatorTicker,
  MercatorTickFormatter,
  Range1d,
} from "../models/gen/classes.ts";
import type { Attributes } from "../models/base/model_types.ts";
import { specialize } from "../models/spec/registry.ts";
import { minorTicks } from "./axes.ts";
import { checkNames, type FigureSetup, splitOptions, withTitle } from "./figure_options.ts";
import type { GlyphMethods } from "./gen/glyph_methods.ts";
import { type GlyphTarget, installGlyphMethods } from "./glyph_api.ts";
import { activateTools, resolveTools } from "./tools.ts";

/** The glyph methods of maps; they are put on the prototype below. */
export interface GMap extends GlyphMethods {}

/** A plot over one of Google's maps, with a method for each kind of glyph. `gmap()` makes one with axes and tools. */
export class GMap extends GMapModel implements GlyphTarget {
  /** The map itself, which is what its glyph methods draw on. */
  get plot(): this {
    return this;
  }

  /** Null: glyphs are drawn in longitudes and latitudes. */
  get coordinates(): null {
    return null;
  }
}

installGlyphMethods(GMap.prototype);
specialize(GMap);

/** What a map says itself, or is told by position: its ranges and its axes follow from what it shows. */
const DECIDED = ["x_range", "y_range", "x_axis_type", "y_axis_type", "api_key", "map_options"] as const;

/** Options of `gmap()`: as of `figure()`, except for what the map itself says. */
export interface GMapFigureOptions
  extends
    Partial<Omit<FigureSetup, "x_range" | "y_range" | "x_axis_type" | "y_axis_type">>,
    Omit<Attributes<GMapPlotProps>, keyof FigureSetup | "api_key" | "map_options" | "title"> {
  /**
   * The title above the map.
   * @default {""}
   */
  title?: string | GMapPlotProps["title"];
}

/**
 * Makes a plot over one of Google's maps, with axes and tools, ready to draw glyphs on at longitudes and latitudes.
 *
 * @param google_api_key The key that Google gives for its maps; it is within the page that visitors get.
 * @param map_options Where the map is, how far it is zoomed in, and how it looks.
 * @param options What can be said of it beyond that.
 *
 * @example
 * ```ts
 * import { GMapOptions } from "@bokeh/server/models";
 * import { gmap } from "@bokeh/server/plotting";
 *
 * const austin = new GMapOptions({ lat: 30.29, lng: -97.73, zoom: 11, map_type: "roadmap" });
 * const plot = gmap("a key of Google's", austin, { title: "Austin" });
 * plot.scatter({ x: [-97.7, -97.74], y: [30.29, 30.2], size: 15 });
 * ```
 *
 * @throws {TypeError} if there is no such option or it does not take the value.
 */
export function gmap(google_api_key: string, map_options: GMapOptions, options: GMapFigureOptions = {}): GMap {
  const { setup, attributes } = splitOptions(options);
  checkNames("GMap", Object.keys(attributes));
  const decided = DECIDED.filter((name) => Object.hasOwn(options, name));
  if (decided.length > 0) throw new TypeError(`Cannot make a map with ${decided.join(", ")}: the map says it itself`);
  const x_range = new Range1d();
  const y_range = new Range1d();
  const plot = new GMap({ x_range, y_range, api_key: google_api_key, map_options, ...withTitle(attributes) });
  const { x_axis_location, y_axis_location } = setup;
  if (x_axis_location !== null) {
    plot.add_layout(geographicAxis("lon", setup.x_minor_ticks, setup.x_axis_label), x_axis_location);
  }
  if (y_axis_location !== null) {
    plot.add_layout(geographicAxis("lat", setup.y_minor_ticks, setup.y_axis_label), y_axis_location);
  }
  const { tools, byName } = resolveTools(setup.tools, setup.tooltips);
  plot.add_tools(...tools);
  activateTools(plot.toolbar, byName, setup);
  return plot;
}

function geographicAxis(
  dimension: "lon" | "lat",
  ticks: FigureSetup["x_minor_ticks"],
  label: string | BaseText | null,
): LinearAxis {
  const ticker = new MercatorTicker({ dimension, num_minor_ticks: minorTicks("LinearAxis", ticks) });
  return new LinearAxis({ formatter: new MercatorTickFormatter({ dimension }), ticker, axis_label: label });
}
