import { assertEquals } from "@std/assert";
import config from "../deno.json" with { type: "json" };
import { authorTrace, isLibraryModule } from "./error_trace.ts";

const LIBRARY = new URL("load.ts", import.meta.url).href;

function errorAt(stack: string, cause?: unknown): Error {
  return Object.assign(new Error("out of cheese", { cause }), { stack });
}

Deno.test("authorTrace keeps the lines of the author's code, also in causes", () => {
  const cause = errorAt(`TypeError: inner\n    at f (file:///apps/b.ts:2:1)\n    at g (${LIBRARY}:3:4)`);
  const error = errorAt(`Error: outer\n    at (${LIBRARY}:1:2)\n    at file:///apps/a.ts:5:38`, cause);
  assertEquals(
    authorTrace(error),
    "Error: outer\n    at file:///apps/a.ts:5:38\nCaused by: TypeError: inner\n    at f (file:///apps/b.ts:2:1)",
  );
});

Deno.test("authorTrace removes lines of the package if only a cause has lines of the author's code", () => {
  const cause = errorAt("TypeError: inner\n    at f (file:///apps/b.ts:2:1)");
  assertEquals(
    authorTrace(errorAt(`Error: ours\n    at (${LIBRARY}:1:2)`, cause)),
    "Error: ours\nCaused by: TypeError: inner\n    at f (file:///apps/b.ts:2:1)",
  );
});

Deno.test("authorTrace keeps or removes a stack without lines of the author's code", () => {
  const error = errorAt(`Error: ours\n    at (${LIBRARY}:1:2)`);
  assertEquals(authorTrace(error), error.stack);
  assertEquals(authorTrace(error, "none"), "Error: ours");
});

Deno.test("authorTrace removes queries and colors", () => {
  const error = errorAt(
    'TypeError: Module not found "file:///apps/b.ts?dev=2".\n    at \u001b[36mfile:///apps/a.ts?dev=2:6:21\u001b[0m',
  );
  assertEquals(
    authorTrace(error),
    'TypeError: Module not found "file:///apps/b.ts".\n    at file:///apps/a.ts:6:21',
  );
});

Deno.test("isLibraryModule knows all published folders of the package", async () => {
  const root = new URL("../", import.meta.url);
  const unknown: string[] = [];
  for await (const { name, isDirectory } of Deno.readDir(root)) {
    if (!isDirectory || name.startsWith(".") || name === "node_modules") continue;
    if (config.publish.exclude.includes(`${name}/`)) continue;
    if (!isLibraryModule(new URL(`${name}/module.ts`, root).href)) unknown.push(name);
  }
  assertEquals(unknown, []);
});
