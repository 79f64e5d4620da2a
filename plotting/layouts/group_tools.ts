import { matches } from "../../models/values/equality.ts";
import { type Tool, ToolProxy } from "../../models/gen/classes.ts";

const IGNORED = new Set(["overlay", "renderers"]);

/**
 * Groups tools of one class that differ in nothing but the plot they belong to, each group behind one proxy.
 *
 * @param makeShared makes the one tool that stands for all of its class; null for tools that are grouped
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
