import { toolRecipe } from "../models/behaviors/tool_aliases.ts";
import { matches } from "../models/values/equality.ts";
import { HoverTool, type Template, Tool, type Toolbar } from "../models/gen/classes.ts";
import { makeModel } from "../models/base/make_model.ts";
import { warnAuthor } from "../models/diagnostics/warn_author.ts";

/** The tools of a figure, unless it is told otherwise. */
export const DEFAULT_TOOLS = "pan,wheel_zoom,auto_box_zoom,save,reset,help";

/** What a hover tool shows: HTML, a template, or rows of a label and what stands beside it. */
export type Tooltips = Template | string | readonly (readonly string[])[] | null;

/** Which tool is active at first: the tool, its name among the figure's `tools`, `"auto"`, or null for none. */
export type ActiveTool = Tool | string | null;

/** The kinds of gestures that one tool of each kind can be active for. */
export const GESTURES = ["active_drag", "active_inspect", "active_scroll", "active_tap", "active_multi"] as const;

/** Tools, and which of them were made from which name. */
export interface ResolvedTools {
  /** All tools in their order on the toolbar. */
  tools: Tool[];
  /** Those that were named. */
  byName: Map<string, Tool>;
}

/** Makes the tools that are meant: tools that are given come first, then those that are named. */
export function resolveTools(input: string | readonly (Tool | string)[], tooltips: Tooltips = null): ResolvedTools {
  const parts = typeof input === "string" ? [input] : input;
  const tools = parts.filter((part) => part instanceof Tool);
  const byName = new Map<string, Tool>();
  for (const part of parts) {
    if (part instanceof Tool) continue;
    if (typeof part !== "string") {
      throw new TypeError(`Cannot use ${part} as a tool: expected a tool or the name of one`);
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
 * Sets the tools that are active at first.
 *
 * @throws {RangeError} if a name is not among the figure's tools.
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
