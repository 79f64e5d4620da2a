/**
 * Creates the tools of figures from options.
 *
 * @module
 */

import { toolRecipe } from "../models/behaviors/tool_aliases.ts";
import { matches } from "../models/values/equality.ts";
import { HoverTool, type Template, Tool, type Toolbar } from "../models/gen/classes.ts";
import { makeModel } from "../models/spec/registry.ts";
import { warnAuthor } from "../models/diagnostics/warn_author.ts";

/** Default tools of a figure. */
export const DEFAULT_TOOLS = "pan,wheel_zoom,auto_box_zoom,save,reset,help";

/**
 * Content of a hover tool: HTML, a template, or rows of a label and a value, as in
 * `["count", "@counts"]`.
 */
export type Tooltips = Template | string | readonly (readonly string[])[] | null;

/**
 * Tool that is initially active: a tool, a name from the figure's `tools`, `"auto"`, or null for
 * none.
 */
export type ActiveTool = Tool | string | null;

/** Options of a toolbar for active tools. One tool can be active for each. */
export const GESTURES = ["active_drag", "active_inspect", "active_scroll", "active_tap", "active_multi"] as const;

/** Tools of a figure. */
export interface ResolvedTools {
  /** All tools, in the order of the toolbar. */
  tools: Tool[];
  /** The tools that were created from names. */
  byName: Map<string, Tool>;
}

/**
 * Creates the tools that an option stands for. Tool models come first, followed by tools that were
 * given by name.
 *
 * @param input Tool models, names, or a string of names separated by commas.
 * @param tooltips Content of the hover tool. Adds a hover tool if there is none.
 * @throws {TypeError} If an item is neither a tool nor a string.
 * @throws {RangeError} If there is no tool of a name.
 */
export function resolveTools(input: string | readonly (Tool | string)[], tooltips: Tooltips = null): ResolvedTools {
  const parts = typeof input === "string" ? [input] : input;
  const tools = parts.filter((part) => part instanceof Tool);
  const byName = new Map<string, Tool>();
  for (const part of parts) {
    if (part instanceof Tool) continue;
    if (typeof part !== "string") {
      throw new TypeError(`Cannot use ${part} as a tool: expected a tool or its name`);
    }
    for (const name of part.split(",").map((name) => name.trim()).filter((name) => name !== "")) {
      const { type, attributes } = toolRecipe(name);
      const tool = makeModel<Tool>(type, attributes);
      tools.push(tool);
      byName.set(name, tool);
    }
  }
  warnAboutRepeated(tools);
  if (tooltips !== null) setTooltips(tools, tooltips);
  return { tools, byName };
}

/**
 * Sets the tools of a toolbar that are initially active.
 *
 * @throws {RangeError} If a name is not among the figure's tools.
 */
export function activateTools(
  toolbar: Toolbar,
  byName: ReadonlyMap<string, Tool>,
  active: Record<typeof GESTURES[number], ActiveTool | readonly Tool[]>,
): void {
  for (const gesture of GESTURES) {
    const wanted = active[gesture];
    const tool = typeof wanted === "string" && wanted !== "auto" ? byName.get(wanted) : wanted;
    if (tool === undefined) {
      throw new RangeError(`Cannot set ${gesture} to ${JSON.stringify(wanted)}: no tool of that name is in tools`);
    }
    toolbar.set(gesture, tool);
  }
}

function setTooltips(tools: Tool[], tooltips: Tooltips): void {
  const hover = tools.find((tool) => tool instanceof HoverTool);
  if (hover === undefined) tools.push(makeModel<HoverTool>("HoverTool", { tooltips }));
  else hover.set("tooltips", tooltips);
}

function warnAboutRepeated(tools: readonly Tool[]): void {
  const repeated = tools.filter((tool, i) => tools.some((other, j) => j < i && areAlike(tool, other)));
  if (repeated.length > 0) {
    warnAuthor("plotting", `Tools are repeated: ${repeated.map((tool) => tool.type).join(", ")}`);
  }
}

function areAlike(tool: Tool, other: Tool): boolean {
  return tool.type === other.type && matches(tool.properties_with_values(), other.properties_with_values());
}
