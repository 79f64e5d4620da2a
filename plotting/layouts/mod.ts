/**
 * Functions that arrange plots, widgets and other elements. The counterpart of Python's
 * `bokeh.layouts`.
 *
 * @example A slider above two plots
 * ```ts
 * import { column, row } from "@bokeh/server/layouts";
 * import { Slider } from "@bokeh/server/models";
 * import { figure } from "@bokeh/server/plotting";
 *
 * const slider = new Slider({ start: 0, end: 10, value: 1 });
 * column([slider, row([figure(), figure()])], { sizing_mode: "stretch_width" });
 * ```
 *
 * @module
 */

export { Spacer } from "../../models/gen/classes.ts";
export { column, row } from "./boxes.ts";
export { grid, type GridChild, type GridOptions } from "./grid.ts";
export { gridplot, type GridPlotOptions, type ToolbarAttribute, type ToolbarOptions } from "./gridplot.ts";
export { groupTools as group_tools } from "./group_tools.ts";
export { layout, type NestedElements } from "./layout.ts";
export type { LayoutOptions, SizingMode } from "./sizing.ts";
