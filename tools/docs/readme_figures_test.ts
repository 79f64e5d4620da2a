import { assertEquals, assertThrows } from "@std/assert";
import { withFigures } from "./readme_figures.ts";

function read(path: string): Promise<string> {
  return Deno.readTextFile(new URL(`../../${path}`, import.meta.url));
}

Deno.test("README.md has the figures of docs/performance.md", async () => {
  const readme = await read("README.md");
  assertEquals(readme, withFigures(readme, await read("docs/performance.md")));
});

Deno.test("withFigures takes the figures from the page, and throws if one is missing", async () => {
  const [readme, performance] = [await read("README.md"), await read("docs/performance.md")];
  const faster = performance.replace(/(\| page GET \(a session each\).*?)[\d.,]+×/, "$1321×");
  assertEquals(/answers (\d+) times/.exec(withFigures(readme, faster))![1], "321");
  assertThrows(() => withFigures(readme, performance.replaceAll("page GET", "page")), TypeError, "page GET");
});
