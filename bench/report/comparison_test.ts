import { assertEquals } from "@std/assert";
import type { Goal, Line, Unit } from "../line.ts";
import type { Row } from "../run_lines.ts";
import { compare, compareCpu, goalText } from "./comparison.ts";

function row(unit: Unit, goal: Goal, values: Record<string, number>): Row {
  const line: Line = {
    id: "a",
    title: "a",
    unit,
    servers: [],
    goal,
    measure: () => Promise.reject(new Error("unused")),
  };
  const cells = Object.entries(values).map(([server, value]) => [server, { value, values: [value] }]);
  return { line, cells: Object.fromEntries(cells) };
}

Deno.test("compare: computes ratios of rates to Python with TCP_NODELAY and to the bare server", () => {
  const { python, bare, reached } = compare(
    row("/s", { python: 10, bare: 0.6 }, { python: 1, nodelay: 10, ours: 100, bare: 200 }),
  );
  assertEquals([python, bare, reached], [10, 0.5, false]);
});

Deno.test("compare: lower is better for times and memory", () => {
  const found = compare(row("KB", { python: 5, bare: 0.5, atMost: 60 }, { nodelay: 300, ours: 50, bare: 30 }));
  assertEquals([found.python, found.bare, found.reached], [6, 0.6, true]);
  assertEquals(compare(row("ms", { atMost: 100 }, { ours: 101 })).reached, false);
});

Deno.test("compare: ignores goals without results", () => {
  assertEquals(compare(row("/s", { python: 10 }, { ours: 100 })), {});
  assertEquals(compare({ ...row("/s", {}, {}), cells: { ours: { failure: "no" } } }), {});
});

Deno.test("compare: judges the CPU time of several processes by that of one", () => {
  const { line } = row("/s", { relativeCpu: 1.1 }, {});
  const reached = (relativeCpu: number) =>
    compare({ line, cells: { ours: { value: 1, values: [1], relativeCpu } } }).reached;
  assertEquals([reached(1.1), reached(1.2)], [true, false]);
  assertEquals(compare({ line, cells: { ours: { value: 1, values: [1] } } }).reached, undefined);
  assertEquals(goalText(line), "CPU ≤ 1.1×");
});

Deno.test("goalText: lists all goals", () => {
  assertEquals(goalText(row("KB", { python: 5, bare: 0.5, atMost: 60 }, {}).line), "5×, 50 %, ≤ 60 KB");
});

Deno.test("compareCpu: compares CPU times for any unit", () => {
  const { line } = row("/s", { python: 100 }, {});
  const cells = { nodelay: { value: 1, values: [1], cpu: 20 }, ours: { value: 9, values: [9], cpu: 2 } };
  assertEquals(compareCpu({ line, cells }), { python: 10 });
});
