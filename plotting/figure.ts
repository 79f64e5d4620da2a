import type { DataRange1d, FactorRange, Range, Range1d } from "../models/gen/classes.ts";
import { specialize } from "../models/spec/registry.ts";
import { append } from "./append.ts";
import { addAxisAndGrid } from "./axes.ts";
import { Figure } from "./figure_model.ts";
import { checkNames, type FigureOptions, splitOptions, withTitle } from "./figure_options.ts";
import { type Factor, isTemporal, type RangeEnd, type RangeLike, toRange, toScale } from "./ranges.ts";
import { activateTools, resolveTools } from "./tools.ts";

specialize(Figure);

/** The kind of range that something stands for: two ends a `Range1d`, categories a `FactorRange`, nothing a `DataRange1d`. */
export type RangeOf<L extends RangeLike | undefined> = L extends Range ? L
  : L extends readonly [RangeEnd, RangeEnd] ? Range1d
  : L extends readonly Factor[] ? FactorRange
  : DataRange1d;

/** A figure of whose ranges it is known what they are: `plot.x_range.start` needs no cast. Others may take their places. */
export type RangedFigure<X extends Range, Y extends Range> = Figure & {
  get x_range(): X;
  set x_range(range: Range);
  get y_range(): Y;
  set y_range(range: Range);
};

/**
 * Makes a plot with axes, grids and tools, ready to draw glyphs on.
 *
 * @example
 * ```ts
 * import { figure } from "@bokeh/server/plotting";
 *
 * const plot = figure({ title: "squares", width: 400, height: 300, x_axis_label: "n" });
 * plot.line({ x: [0, 1, 2, 3], y: [0, 1, 4, 9], line_width: 2, legend_label: "n²" });
 * plot.legend.location = "top_left";
 * ```
 *
 * @throws {TypeError} if there is no such option or it does not take the value.
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
