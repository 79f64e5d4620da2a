/**
 * Short names of tools, such as `xpan`.
 *
 * @module
 */

import { suggest } from "../diagnostics/suggest.ts";

/** Definition of a tool's short name: its class and attributes. */
export interface ToolRecipe {
  /** Name of the class. */
  readonly type: string;
  /** Attributes of the tool. */
  readonly attributes: Readonly<Record<string, unknown>>;
}

/** Default tooltips of the tool `hover`. */
const HOVER_TOOLTIPS = [["index", "$index"], ["data (x, y)", "($x, $y)"], ["screen (x, y)", "($sx, $sy)"]];

const ALIASES: Readonly<Record<string, ToolRecipe>> = {
  pan: recipe("PanTool", { dimensions: "both" }),
  xpan: recipe("PanTool", { dimensions: "width" }),
  ypan: recipe("PanTool", { dimensions: "height" }),
  pan_left: recipe("ClickPanTool", { direction: "left" }),
  pan_right: recipe("ClickPanTool", { direction: "right" }),
  pan_up: recipe("ClickPanTool", { direction: "up" }),
  pan_down: recipe("ClickPanTool", { direction: "down" }),
  pan_west: recipe("ClickPanTool", { direction: "west" }),
  pan_east: recipe("ClickPanTool", { direction: "east" }),
  pan_north: recipe("ClickPanTool", { direction: "north" }),
  pan_south: recipe("ClickPanTool", { direction: "south" }),
  xwheel_pan: recipe("WheelPanTool", { dimension: "width" }),
  ywheel_pan: recipe("WheelPanTool", { dimension: "height" }),
  wheel_zoom: recipe("WheelZoomTool", { dimensions: "both" }),
  xwheel_zoom: recipe("WheelZoomTool", { dimensions: "width" }),
  ywheel_zoom: recipe("WheelZoomTool", { dimensions: "height" }),
  zoom_in: recipe("ZoomInTool", { dimensions: "both" }),
  xzoom_in: recipe("ZoomInTool", { dimensions: "width" }),
  yzoom_in: recipe("ZoomInTool", { dimensions: "height" }),
  zoom_out: recipe("ZoomOutTool", { dimensions: "both" }),
  xzoom_out: recipe("ZoomOutTool", { dimensions: "width" }),
  yzoom_out: recipe("ZoomOutTool", { dimensions: "height" }),
  click: recipe("TapTool", { behavior: "inspect" }),
  tap: recipe("TapTool"),
  doubletap: recipe("TapTool", { gesture: "doubletap" }),
  crosshair: recipe("CrosshairTool"),
  xcrosshair: recipe("CrosshairTool", { dimensions: "width" }),
  ycrosshair: recipe("CrosshairTool", { dimensions: "height" }),
  box_select: recipe("BoxSelectTool"),
  xbox_select: recipe("BoxSelectTool", { dimensions: "width" }),
  ybox_select: recipe("BoxSelectTool", { dimensions: "height" }),
  poly_select: recipe("PolySelectTool"),
  lasso_select: recipe("LassoSelectTool"),
  box_zoom: recipe("BoxZoomTool", { dimensions: "both" }),
  xbox_zoom: recipe("BoxZoomTool", { dimensions: "width" }),
  ybox_zoom: recipe("BoxZoomTool", { dimensions: "height" }),
  auto_box_zoom: recipe("BoxZoomTool", { dimensions: "auto" }),
  save: recipe("SaveTool"),
  copy: recipe("CopyTool"),
  undo: recipe("UndoTool"),
  redo: recipe("RedoTool"),
  reset: recipe("ResetTool"),
  help: recipe("HelpTool"),
  examine: recipe("ExamineTool"),
  fullscreen: recipe("FullscreenTool"),
  box_edit: recipe("BoxEditTool"),
  line_edit: recipe("LineEditTool"),
  point_draw: recipe("PointDrawTool"),
  poly_draw: recipe("PolyDrawTool"),
  poly_edit: recipe("PolyEditTool"),
  freehand_draw: recipe("FreehandDrawTool"),
  hover: recipe("HoverTool", { tooltips: HOVER_TOOLTIPS }),
};

/**
 * Returns the class and attributes of a tool by its short name, such as `xpan`.
 *
 * @throws {RangeError} If the name does not exist. The message suggests similar names.
 */
export function toolRecipe(name: string): ToolRecipe {
  const found = Object.hasOwn(ALIASES, name) ? ALIASES[name] : undefined;
  if (found !== undefined) return found;
  const names = Object.keys(ALIASES);
  const similar = suggest(name.toLowerCase(), names) || `, the names are ${names.join(", ")}`;
  throw new RangeError(`Cannot make tool ${JSON.stringify(name)}: the name does not exist${similar}`);
}

function recipe(type: string, attributes: ToolRecipe["attributes"] = {}): ToolRecipe {
  return { type, attributes };
}
