import type { CoordinateMapping, Plot } from "../models/gen/classes.ts";
import type { GlyphMethods } from "./gen/glyph_methods.ts";
import { type GlyphTarget, installGlyphMethods } from "./glyph_api.ts";

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
