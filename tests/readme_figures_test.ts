/** The figures in README.md equal those in docs/performance.md. */

import { assertEquals } from "@std/assert";

const [README, PERFORMANCE] = await Promise.all(
  ["../README.md", "../docs/performance.md"].map((path) => Deno.readTextFile(new URL(path, import.meta.url))),
) as [string, string];
const FRACTIONS: Readonly<Record<string, number>> = { half: 2, third: 3, quarter: 4, fifth: 5, sixth: 6 };

/** Returns the cells of the rows of the first table whose work begins with `work`. */
function rows(work: string): string[][] {
  const [table = ""] = PERFORMANCE.split(/\n\n(?=\| work)/).slice(1);
  const cells = table.split("\n\n")[0]!.split("\n").map((line) => line.split("|").slice(1).map((cell) => cell.trim()));
  const found = cells.filter(([name]) => name!.startsWith(work));
  if (found.length === 0) throw new Error(`docs/performance.md has no row ${work}`);
  return found;
}

/** Returns how many times Python's figures are those of this server, rounded down, in the order of the rows. */
function timesPython(work: string): number[] {
  return rows(work).map(([, , , , times]) => Math.floor(parseFloat(times!)));
}

function claims(pattern: RegExp): string[] {
  const [, ...claimed] = pattern.exec(README.replaceAll(/\s+/g, " ")) ?? [];
  return claimed;
}

Deno.test("README.md: figure of pages", () => {
  assertEquals(
    claims(/answers (\d+) times as many page requests/).map(Number),
    timesPython("page GET (a session each)"),
  );
});

Deno.test("README.md: range of figures of patches", () => {
  const measured = timesPython("patch, callback of 200 sines, answer");
  assertEquals(claims(/handles (\d+) to (\d+) times as many patches/).map(Number), [
    Math.min(...measured),
    Math.max(...measured),
  ]);
});

Deno.test("README.md: figure of memory of sessions", () => {
  const [fraction, sessions] = claims(/uses a (\w+) of the memory for each of (\d+) sessions/);
  const measured = timesPython(`memory per idle session of sliders with its websocket, ${sessions} sessions`);
  assertEquals(FRACTIONS[fraction!], measured[0]);
});

Deno.test("README.md: figure of time to the first page", () => {
  const [claimed] = claims(/first page ([\d.]+) seconds after the start/);
  const [[, , measured]] = rows("cold start to the first page, from the checkout") as [string[]];
  assertEquals(Number(claimed), Math.round(parseFloat(measured!) / 100) / 10);
});

Deno.test("README.md: has no other figures", () => {
  const [paragraph] = claims(/(Compared with `bokeh serve`.*?): \[all measurements\]/);
  assertEquals(paragraph!.match(/\d[\d.,]*/g)?.length, 5);
});
