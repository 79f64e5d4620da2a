import { assertEquals, assertStringIncludes } from "@std/assert";
import type { Sample } from "../line.ts";
import type { Row } from "../run_lines.ts";
import { tables } from "./markdown.ts";

function row(title: string, sample: Sample): Row {
  const measure = () => Promise.reject(new Error("unused"));
  return {
    line: { id: title, title, unit: "/s", servers: ["ours"], goal: { relativeCpu: 1.1 }, measure },
    cells: { ours: { ...sample, values: [sample.value] } },
  };
}

Deno.test("tables: compares several processes with one", () => {
  const several: Sample = {
    value: 0.21,
    relativeCpu: 1.05,
    largestShare: 0.58,
    further: { cpuOfBase: 0.2, cpuOfSeparate: 0.19, cpuOfParent: 0.01 },
  };
  const text = tables([row("2 processes: patch", several), row("patch", { value: 1 })], ["ours"]);
  const section = text.slice(text.indexOf("## Several processes"));
  const cells = section.split("\n").filter((line) => line.startsWith("|")).slice(2)
    .map((line) => line.split("|").slice(1, -1).map((cell) => cell.trim()));
  assertEquals(cells, [["2 processes: patch", "0.2", "0.19", "0.21", "0.01", "1.05×", "58 %"]]);
  assertStringIncludes(text, "| CPU ≤ 1.1× |     yes |");
});

Deno.test("tables: has no section about several processes if none was measured", () => {
  assertEquals(tables([row("patch", { value: 1 })], ["ours"]).includes("Several processes"), false);
});
