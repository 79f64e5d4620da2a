/**
 * Grids of plots with a common toolbar.
 *
 * @module
 */

import {
  CopyTool,
  ExamineTool,
  FullscreenTool,
  GridPlot,
  LayoutDOM,
  Plot,
  SaveTool,
  type Tool,
  Toolbar,
  ToolProxy,
  UIElement,
} from "../../models/gen/classes.ts";
import { groupTools } from "./group_tools.ts";
import { applySizing, type SizingMode } from "./sizing.ts";
import { warnAuthor } from "../../models/diagnostics/warn_author.ts";

/** Name of a toolbar property that `toolbar_options` can set. */
export type ToolbarAttribute =
  | "logo"
  | "autohide"
  | "active_drag"
  | "active_inspect"
  | "active_scroll"
  | "active_tap"
  | "active_multi";

/** Properties of the toolbar of a grid of plots. */
export type ToolbarOptions = Partial<Pick<Toolbar["$props"], ToolbarAttribute>>;

/** Options of {@linkcode gridplot}. */
export interface GridPlotOptions {
  /**
   * Number of columns into which a flat list is split. Required for a flat list.
   *
   * @default {undefined}
   */
  ncols?: number;
  /**
   * Width of every plot in pixels.
   *
   * @default {undefined}
   */
  width?: number;
  /**
   * Height of every plot in pixels.
   *
   * @default {undefined}
   */
  height?: number;
  /**
   * How the grid fills the available space. Also applies to plots without sizing properties of
   * their own.
   *
   * @default {null}
   */
  sizing_mode?: SizingMode | null;
  /**
   * Location of the common toolbar; null for none.
   *
   * @default {"above"}
   */
  toolbar_location?: GridPlot["toolbar_location"];
  /**
   * Properties of the common toolbar. By default the plots' own toolbars determine them.
   *
   * @default {{}}
   */
  toolbar_options?: ToolbarOptions;
  /**
   * Whether tools of the same kind are merged into one tool that acts on all plots.
   *
   * @default {true}
   */
  merge_tools?: boolean;
}

const LOCATIONS = ["above", "below", "left", "right"];

const TOOLBAR_ATTRIBUTES: readonly ToolbarAttribute[] = [
  "logo",
  "autohide",
  "active_drag",
  "active_inspect",
  "active_scroll",
  "active_tap",
  "active_multi",
];

/**
 * Arranges plots in a grid with a common toolbar.
 *
 * @param children Rows of plots, or a flat list with `ncols`. Null leaves a cell empty.
 * @param options Number of columns, size of the plots, and the toolbar.
 * @throws {TypeError} If a child is not a UI element, a flat list has no `ncols`, or nested lists
 * have one.
 * @throws {RangeError} If `toolbar_location` is not a side of the plot.
 *
 * @example
 * ```ts
 * import { gridplot } from "@bokeh/server/layouts";
 * import { figure } from "@bokeh/server/plotting";
 *
 * gridplot([figure(), figure(), figure()], { ncols: 2, width: 250, height: 250 });
 * ```
 */
export function gridplot(
  children: readonly (UIElement | null)[] | readonly (readonly (UIElement | null)[])[],
  options: GridPlotOptions = {},
): GridPlot {
  const { sizing_mode = null, toolbar_location = "above", merge_tools = true } = options;
  if (toolbar_location !== null && !LOCATIONS.includes(toolbar_location)) {
    throw new RangeError(
      `Cannot place the toolbar at ${JSON.stringify(toolbar_location)}: expected ${LOCATIONS.join(", ")}`,
    );
  }
  const toolbars: Toolbar[] = [];
  const placed: [LayoutDOM, number, number][] = [];
  toRows(children, options.ncols).forEach((row, y) =>
    row.forEach((item, x) => {
      if (item === null) return;
      if (!(item instanceof UIElement)) throw new TypeError(`Cannot put ${item} into a grid: it is not a UI element`);
      if (!(item instanceof LayoutDOM)) return;
      if (merge_tools) toolbars.push(...takeToolbars(item));
      if (options.width !== undefined) item.width = options.width;
      if (options.height !== undefined) item.height = options.height;
      applySizing(item, sizing_mode);
      placed.push([item, y, x]);
    })
  );
  const toolbar = mergeToolbars(toolbars, merge_tools, options.toolbar_options ?? {});
  return new GridPlot({ children: placed, toolbar, toolbar_location, sizing_mode });
}

function toRows(
  children: readonly (UIElement | null)[] | readonly (readonly (UIElement | null)[])[],
  ncols: number | undefined,
): (readonly (UIElement | null)[])[] {
  const isNested = children.some((child) => Array.isArray(child));
  if (ncols === undefined) {
    if (children.length > 0 && !isNested) throw new TypeError("Cannot make a grid of a flat list: ncols is missing");
    return children as (readonly (UIElement | null)[])[];
  }
  if (isNested) throw new TypeError("Cannot make a grid of nested lists: ncols is for flat lists only");
  const flat = children as readonly (UIElement | null)[];
  return Array.from({ length: Math.ceil(flat.length / ncols) }, (_, i) => flat.slice(i * ncols, (i + 1) * ncols));
}

/** Returns the toolbars of all plots in a layout, and hides them. */
function takeToolbars(item: LayoutDOM): Toolbar[] {
  const plots = [...item.references()].filter((model) => model instanceof Plot);
  return plots.map((plot) => {
    plot.toolbar_location = null;
    return plot.toolbar;
  });
}

function mergeToolbars(toolbars: readonly Toolbar[], mergeTools: boolean, options: ToolbarOptions): Toolbar {
  const all = toolbars.flatMap((toolbar) => [...toolbar.tools]);
  const tools = mergeTools ? groupTools(all, makeShared) : all;
  const attributes: Record<string, unknown> = {};
  for (const name of TOOLBAR_ATTRIBUTES) {
    if (Object.hasOwn(options, name)) attributes[name] = options[name];
    else if (toolbars.length > 0) {
      attributes[name] = commonValue(
        name,
        toolbars.map((toolbar) => proxyOf(toolbar[name], tools)),
      );
    }
  }
  return new Toolbar({ tools, ...attributes });
}

/**
 * Returns the single tool that replaces a tool of every plot, or null if there is none for the
 * class.
 */
function makeShared(tool: Tool): Tool | null {
  for (const cls of [SaveTool, CopyTool, ExamineTool, FullscreenTool]) {
    if (tool instanceof cls) return new cls();
  }
  return null;
}

function proxyOf(active: unknown, tools: readonly (Tool | ToolProxy)[]): unknown {
  return tools.find((tool) => tool instanceof ToolProxy && tool.tools.some((inner) => inner === active)) ?? active;
}

function commonValue(name: string, values: readonly unknown[]): unknown {
  if (new Set(values).size > 1) {
    warnAuthor("plotting", `The plots of a grid have different values of toolbar.${name}: the last is used`);
  }
  return values.at(-1);
}
