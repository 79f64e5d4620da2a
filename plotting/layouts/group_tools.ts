import { matches } from "../../models/values/equality.ts";
import { type Tool, ToolProxy } from "../../models/gen/classes.ts";

const IGNORED = new Set(["overlay", "renderers"]);

/**
 * Groups tools of the same class whose properties are equal, apart from the plot that they belong
 * to. Each group becomes one `ToolProxy`, which acts on all plots.
 *
 * @param tools Tools of several plots. Proxies are returned unchanged.
 * @param makeShared Returns one tool that replaces all tools of a class, or null to group them.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { group_tools } from "@bokeh/server/layouts";
 * import { PanTool, ResetTool } from "@bokeh/server/models";
 *
 * const grouped = group_tools([new PanTool(), new ResetTool(), new PanTool()]);
 * assertEquals(grouped.length, 2);
 * ```
 */
export function groupTools(
  tools: readonly (Tool | ToolProxy)[],
  makeShared: (tool: Tool) => Tool | null = () => null,
): (Tool | ToolProxy)[] {
  const grouped: (Tool | ToolProxy)[] = [];
  const byType = new Map<string, Tool[]>();
  for (const tool of tools) {
    if (tool instanceof ToolProxy) grouped.push(tool);
    else byType.set(tool.type, [...byType.get(tool.type) ?? [], tool]);
  }
  for (const entries of byType.values()) {
    const shared = makeShared(entries[0]!);
    if (shared !== null) grouped.push(shared);
    else grouped.push(...alike(entries).map((group) => new ToolProxy({ tools: group })));
  }
  return grouped;
}

function alike(tools: readonly Tool[]): Tool[][] {
  const groups: { values: Record<string, unknown>; tools: Tool[] }[] = [];
  for (const tool of tools) {
    const values = Object.fromEntries(
      Object.entries(tool.properties_with_values()).filter(([name]) => !IGNORED.has(name)),
    );
    const group = groups.find((group) => matches(group.values, values));
    if (group === undefined) groups.push({ values, tools: [tool] });
    else group.tools.push(tool);
  }
  return groups.map((group) => group.tools);
}
