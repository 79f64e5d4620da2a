/**
 * `figure()` and the types of its result.
 *
 * @module
 */

import type { DataRange1d, FactorRange, Range, Range1d } from "../models/gen/classes.ts";
import { specialize } from "../models/spec/registry.ts";
import { append } from "./append.ts";
import { addAxisAndGrid } from "./axes.ts";
import { Figure } from "./figure_model.ts";
import { checkNames, type FigureOptions, splitOptions, withTitle } from "./figure_options.ts";
import { type Factor, isTemporal, type RangeEnd, type RangeLike, toRange, toScale } from "./ranges.ts";
import { activateTools, resolveTools } from "./tools.ts";

specialize(Figure);

/**
 * Type of the range that `figure()` creates for an option: two bounds create a `Range1d`,
 * categories a `FactorRange`, and no option a `DataRange1d`.
 */
export type RangeOf<L extends RangeLike | undefined> = L extends Range ? L
  : L extends readonly [RangeEnd, RangeEnd] ? Range1d
  : L extends readonly Factor[] ? FactorRange
  : DataRange1d;

/**
 * A figure whose range types are known from the options, so that `plot.x_range.start` needs no
 * cast. Other ranges may still be assigned.
 */
export type RangedFigure<X extends Range, Y extends Range> = Figure & {
  get x_range(): X;
  set x_range(range: Range);
  get y_range(): Y;
  set y_range(range: Range);
};

/**
 * Creates a plot with axes, grids and tools. Its glyph methods (`line`, `scatter`, `vbar`, …) draw
 * on it.
 *
 * @param options Setup of ranges, axes and tools, and properties of the plot. All are optional.
 * @throws {TypeError} If an option does not exist or does not accept the value. The message
 * suggests similar names.
 * @throws {RangeError} If a type of an axis does not exist, a tool does not exist, or an active
 * tool is not among `tools`.
 *
 * @example A line with a legend
 * ```ts
 * import { figure } from "@bokeh/server/plotting";
 *
 * const plot = figure({ title: "Squares", width: 400, height: 300, x_axis_label: "n" });
 * plot.line({ x: [0, 1, 2, 3], y: [0, 1, 4, 9], line_width: 2, legend_label: "n²" });
 * plot.legend.location = "top_left";
 * ```
 *
 * @example Categories and a logarithmic axis
 * ```ts
 * import { figure } from "@bokeh/server/plotting";
 *
 * const fruits = ["apples", "pears", "plums"];
 * const plot = figure({ x_range: fruits, y_range: [1, 1000], y_axis_type: "log", tools: "pan,reset" });
 * plot.vbar({ x: fruits, top: [500, 20, 3], bottom: 1, width: 0.8 });
 * ```
 */
export function figure<
  const X extends RangeLike | undefined = undefined,
  const Y extends RangeLike | undefined = undefined,
>(options?: FigureOptions & { x_range?: X; y_range?: Y }): RangedFigure<RangeOf<X>, RangeOf<Y>>;
export function figure(options: FigureOptions = {}): Figure {
  const { setup, attributes } = splitOptions(options);
  checkNames("Figure", Object.keys(attributes));
  const x_range = toRange(setup.x_range);
  const y_range = toRange(setup.y_range);
  const x_scale = toScale(x_range, setup.x_axis_type);
  const y_scale = toScale(y_range, setup.y_axis_type);
  const all: Record<string, unknown> = { ...withTitle(attributes), x_range, y_range, x_scale, y_scale };
  addAxisAndGrid(all, {
    type: setup.x_axis_type,
    location: setup.x_axis_location,
    minorTicks: setup.x_minor_ticks,
    label: setup.x_axis_label,
    range: x_range,
    isTemporal: isTemporal(setup.x_range),
    dimension: 0,
  });
  addAxisAndGrid(all, {
    type: setup.y_axis_type,
    location: setup.y_axis_location,
    minorTicks: setup.y_minor_ticks,
    label: setup.y_axis_label,
    range: y_range,
    isTemporal: isTemporal(setup.y_range),
    dimension: 1,
  });
  const plot = new Figure(all);
  const { tools, byName } = resolveTools(setup.tools, setup.tooltips);
  append(plot.toolbar, "tools", ...tools);
  activateTools(plot.toolbar, byName, setup);
  return plot;
}
