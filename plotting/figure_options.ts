import { type BaseText, type FigureProps, Title, type Tool } from "../models/gen/classes.ts";
import type { Attributes } from "../models/base/model_types.ts";
import { classSpec } from "../models/spec/registry.ts";
import { suggest } from "../models/diagnostics/suggest.ts";
import type { AxisLocation } from "./axes.ts";
import type { AxisType, RangeLike } from "./ranges.ts";
import { type ActiveTool, DEFAULT_TOOLS, type Tooltips } from "./tools.ts";

/** What can be said of a figure beyond the attributes of its model. */
export interface FigureSetup {
  /**
   * The tools on its toolbar: tools, names, or names in one text.
   * @default {"pan,wheel_zoom,auto_box_zoom,save,reset,help"}
   */
  tools: string | readonly (Tool | string)[];
  /**
   * What its hover tool shows, which is added if there is none.
   * @default {null}
   */
  tooltips: Tooltips;
  /**
   * The x-range: a range, two ends, categories, or null for one that follows the data.
   * @default {null}
   */
  x_range: RangeLike;
  /**
   * The y-range.
   * @default {null}
   */
  y_range: RangeLike;
  /**
   * What the x-axis shows, null for no axis.
   * @default {"auto"}
   */
  x_axis_type: AxisType;
  /**
   * What the y-axis shows, null for no axis.
   * @default {"auto"}
   */
  y_axis_type: AxisType;
  /**
   * Minor ticks between two major ones of the x-axis.
   * @default {"auto"}
   */
  x_minor_ticks: number | "auto" | null;
  /**
   * Minor ticks between two major ones of the y-axis.
   * @default {"auto"}
   */
  y_minor_ticks: number | "auto" | null;
  /**
   * Where the x-axis stands, null for nowhere.
   * @default {"below"}
   */
  x_axis_location: Extract<AxisLocation, "above" | "below"> | null;
  /**
   * Where the y-axis stands, null for nowhere.
   * @default {"left"}
   */
  y_axis_location: Extract<AxisLocation, "left" | "right"> | null;
  /**
   * What the x-axis is labeled.
   * @default {""}
   */
  x_axis_label: string | BaseText | null;
  /**
   * What the y-axis is labeled.
   * @default {""}
   */
  y_axis_label: string | BaseText | null;
  /**
   * The drag tool that is active at first.
   * @default {"auto"}
   */
  active_drag: ActiveTool;
  /**
   * The inspect tools that are active at first.
   * @default {"auto"}
   */
  active_inspect: ActiveTool | readonly Tool[];
  /**
   * The scroll tool that is active at first.
   * @default {"auto"}
   */
  active_scroll: ActiveTool;
  /**
   * The tap tool that is active at first.
   * @default {"auto"}
   */
  active_tap: ActiveTool;
  /**
   * The gesture tool that is active at first.
   * @default {"auto"}
   */
  active_multi: ActiveTool;
}

/** Options of `figure()`: its setup and the attributes of its model. */
export interface FigureOptions
  extends Partial<FigureSetup>, Omit<Attributes<FigureProps>, keyof FigureSetup | "title"> {
  /**
   * The title above the plot, null for none.
   * @default {""}
   */
  title?: string | FigureProps["title"] | null;
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

/** Parts the options into the setup, with its defaults, and the attributes of the model. */
export function splitOptions(options: object): { setup: FigureSetup; attributes: Record<string, unknown> } {
  const setup: Record<string, unknown> = {};
  const attributes: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(options)) {
    if (value === undefined) continue;
    if (Object.hasOwn(DEFAULTS, name)) setup[name] = value;
    else attributes[name] = value;
  }
  return { setup: { ...DEFAULTS, ...setup }, attributes };
}

/** Attributes with a title that is given as text as the model of it. */
export function withTitle(attributes: Record<string, unknown>): Record<string, unknown> {
  const { title } = attributes;
  return typeof title === "string" ? { ...attributes, title: new Title({ text: title }) } : attributes;
}

/**
 * Refuses attributes that a type of plot has not.
 *
 * @throws {TypeError} with the names of similar options.
 */
export function checkNames(type: string, names: readonly string[]): void {
  const spec = classSpec(type);
  for (const name of names) {
    if (spec.property(name) !== undefined) continue;
    const known = [...Array.from(spec.properties(), ({ attr }) => attr), ...Object.keys(DEFAULTS)];
    throw new TypeError(
      `Cannot make a ${type.toLowerCase()} with ${name}: there is no such option${suggest(name, known)}`,
    );
  }
}
