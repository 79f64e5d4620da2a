/**
 * Plots over Google maps.
 *
 * @module
 */

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

/** Glyph methods of maps. They are added to the prototype below. */
export interface GMap extends GlyphMethods {}

/** A plot over a Google map. {@linkcode gmap} creates one with axes and tools. */
export class GMap extends GMapModel implements GlyphTarget {
  /** The map itself: glyph methods draw on it. */
  get plot(): this {
    return this;
  }

  /** Null: glyphs are drawn at longitudes and latitudes. */
  get coordinates(): null {
    return null;
  }
}

installGlyphMethods(GMap.prototype);
specialize(GMap);

/** Options that a map determines itself, or that are parameters of {@linkcode gmap}. */
const DECIDED = ["x_range", "y_range", "x_axis_type", "y_axis_type", "api_key", "map_options"] as const;

/**
 * Options of {@linkcode gmap}: those of `figure()`, except for ranges and types of axes, which the
 * map determines.
 */
export interface GMapFigureOptions
  extends
    Partial<Omit<FigureSetup, "x_range" | "y_range" | "x_axis_type" | "y_axis_type">>,
    Omit<Attributes<GMapPlotProps>, keyof FigureSetup | "api_key" | "map_options" | "title"> {
  /**
   * Title above the map.
   *
   * @default {""}
   */
  title?: string | GMapPlotProps["title"];
}

/**
 * Creates a plot over a Google map, with axes and tools. Glyphs are drawn at longitudes (x) and
 * latitudes (y) in degrees.
 *
 * @param google_api_key API key for Google Maps. The page contains it, so that users can read it.
 * @param map_options Location, zoom level and appearance of the map.
 * @param options Size, title, tools and other properties of the plot.
 *
 * @example
 * ```ts
 * import { GMapOptions } from "@bokeh/server/models";
 * import { gmap } from "@bokeh/server/plotting";
 *
 * const austin = new GMapOptions({ lat: 30.29, lng: -97.73, zoom: 11, map_type: "roadmap" });
 * const plot = gmap("YOUR_API_KEY", austin, { title: "Austin" });
 * plot.scatter({ x: [-97.7, -97.74], y: [30.29, 30.2], size: 15 });
 * ```
 *
 * @throws {TypeError} If an option does not exist or does not accept the value.
 */
export function gmap(google_api_key: string, map_options: GMapOptions, options: GMapFigureOptions = {}): GMap {
  const { setup, attributes } = splitOptions(options);
  checkNames("GMap", Object.keys(attributes));
  const decided = DECIDED.filter((name) => Object.hasOwn(options, name));
  if (decided.length > 0) throw new TypeError(`Cannot create a map with ${decided.join(", ")}: the map determines it`);
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
