/**
 * Options of figures: their types, defaults and checks.
 *
 * @module
 */

import { type BaseText, type FigureProps, Title, type Tool } from "../models/gen/classes.ts";
import type { Attributes } from "../models/base/model_types.ts";
import { classSpec } from "../models/spec/registry.ts";
import { suggest } from "../models/diagnostics/suggest.ts";
import type { AxisLocation } from "./axes.ts";
import type { AxisType, RangeLike } from "./ranges.ts";
import { type ActiveTool, DEFAULT_TOOLS, type Tooltips } from "./tools.ts";

/** Options of {@linkcode figure} that are not properties of the plot model. */
export interface FigureSetup {
  /**
   * Tools of the toolbar: tool models, names, or one string of names separated by commas.
   *
   * @default {"pan,wheel_zoom,auto_box_zoom,save,reset,help"}
   */
  tools: string | readonly (Tool | string)[];
  /**
   * Content of the hover tool. Adds a hover tool if there is none.
   *
   * @default {null}
   */
  tooltips: Tooltips;
  /**
   * Range of the x-axis: a range model, two bounds, a list of categories, or null for a range that
   * follows the data.
   *
   * @default {null}
   */
  x_range: RangeLike;
  /**
   * Range of the y-axis, as `x_range`.
   *
   * @default {null}
   */
  y_range: RangeLike;
  /**
   * Type of the x-axis; null for no axis. `"auto"` chooses by the range: categorical, datetime or
   * linear.
   *
   * @default {"auto"}
   */
  x_axis_type: AxisType;
  /**
   * Type of the y-axis; null for no axis. `"auto"` chooses by the range: categorical, datetime or
   * linear.
   *
   * @default {"auto"}
   */
  y_axis_type: AxisType;
  /**
   * Number of minor ticks between two major ticks of the x-axis, greater than 1; null for none.
   * `"auto"` is 10 on a logarithmic axis, and 5 otherwise.
   *
   * @default {"auto"}
   */
  x_minor_ticks: number | "auto" | null;
  /**
   * Number of minor ticks between two major ticks of the y-axis, as `x_minor_ticks`.
   *
   * @default {"auto"}
   */
  y_minor_ticks: number | "auto" | null;
  /**
   * Side of the plot for the x-axis; null hides it.
   *
   * @default {"below"}
   */
  x_axis_location: Extract<AxisLocation, "above" | "below"> | null;
  /**
   * Side of the plot for the y-axis; null hides it.
   *
   * @default {"left"}
   */
  y_axis_location: Extract<AxisLocation, "left" | "right"> | null;
  /**
   * Label of the x-axis.
   *
   * @default {""}
   */
  x_axis_label: string | BaseText | null;
  /**
   * Label of the y-axis.
   *
   * @default {""}
   */
  y_axis_label: string | BaseText | null;
  /**
   * Drag tool that is initially active.
   *
   * @default {"auto"}
   */
  active_drag: ActiveTool;
  /**
   * Inspection tools that are initially active.
   *
   * @default {"auto"}
   */
  active_inspect: ActiveTool | readonly Tool[];
  /**
   * Scroll tool that is initially active.
   *
   * @default {"auto"}
   */
  active_scroll: ActiveTool;
  /**
   * Tap tool that is initially active.
   *
   * @default {"auto"}
   */
  active_tap: ActiveTool;
  /**
   * Multi-gesture tool that is initially active.
   *
   * @default {"auto"}
   */
  active_multi: ActiveTool;
}

/** Options of {@linkcode figure}: its setup, and the properties of the plot model. */
export interface FigureOptions
  extends Partial<FigureSetup>, Omit<Attributes<FigureProps>, keyof FigureSetup | "title"> {
  /**
   * Title above the plot; null for none.
   *
   * @default {""}
   */
  title?: string | FigureProps["title"] | null;
  /**
   * Text for users who cannot see the plot, which the pages of a server follow by its glyphs, axes
   * and ranges. Sets `aria-description` of `html_attributes`.
   */
  description?: string;
}

const DEFAULTS: FigureSetup = {
  tools: DEFAULT_TOOLS,
  tooltips: null,
  x_range: null,
  y_range: null,
  x_axis_type: "auto",
  y_axis_type: "auto",
  x_minor_ticks: "auto",
  y_minor_ticks: "auto",
  x_axis_location: "below",
  y_axis_location: "left",
  x_axis_label: "",
  y_axis_label: "",
  active_drag: "auto",
  active_inspect: "auto",
  active_scroll: "auto",
  active_tap: "auto",
  active_multi: "auto",
};

/**
 * Splits options into the setup, completed with its defaults, and the attributes of the plot model.
 */
export function splitOptions(options: object): { setup: FigureSetup; attributes: Record<string, unknown> } {
  const setup: Record<string, unknown> = {};
  const attributes: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(options)) {
    if (value === undefined) continue;
    if (Object.hasOwn(DEFAULTS, name)) setup[name] = value;
    else if (name !== "description") attributes[name] = value;
  }
  const { description, html_attributes = {} } = options as FigureOptions;
  if (description !== undefined) {
    attributes.html_attributes = { "aria-description": description, ...html_attributes };
  }
  return { setup: { ...DEFAULTS, ...setup }, attributes };
}

/** Replaces a title that is a string by a `Title` model. */
export function withTitle(attributes: Record<string, unknown>): Record<string, unknown> {
  const { title } = attributes;
  return typeof title === "string" ? { ...attributes, title: new Title({ text: title }) } : attributes;
}

/**
 * Checks that a plot class has all properties that are to be set.
 *
 * @throws {TypeError} If a property does not exist. The message suggests similar options.
 */
export function checkNames(type: string, names: readonly string[]): void {
  const spec = classSpec(type);
  for (const name of names) {
    if (spec.property(name) !== undefined) continue;
    const known = [...Array.from(spec.properties(), ({ attr }) => attr), ...Object.keys(DEFAULTS), "description"];
    throw new TypeError(
      `Cannot create a ${type.toLowerCase()} with ${name}: the option does not exist${suggest(name, known)}`,
    );
  }
}
