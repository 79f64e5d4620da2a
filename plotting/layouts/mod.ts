/**
 * Arrangements of plots, widgets and other elements: `bokeh.layouts`.
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
