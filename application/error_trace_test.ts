import { assertEquals } from "@std/assert";
import { authorTrace } from "./error_trace.ts";

const LIBRARY = new URL("load.ts", import.meta.url).href;

function errorAt(stack: string, cause?: unknown): Error {
  return Object.assign(new Error("out of cheese", { cause }), { stack });
}

Deno.test("authorTrace keeps the author's lines, and those of causes", () => {
  const cause = errorAt(`TypeError: inner\n    at f (file:///apps/b.ts:2:1)\n    at g (${LIBRARY}:3:4)`);
  const error = errorAt(`Error: outer\n    at (${LIBRARY}:1:2)\n    at file:///apps/a.ts:5:38`, cause);
  assertEquals(
    authorTrace(error),
    "Error: outer\n    at file:///apps/a.ts:5:38\nCaused by: TypeError: inner\n    at f (file:///apps/b.ts:2:1)",
  );
});

Deno.test("authorTrace leaves our lines out where a cause has the author's", () => {
  const cause = errorAt("TypeError: inner\n    at f (file:///apps/b.ts:2:1)");
  assertEquals(
    authorTrace(errorAt(`Error: ours\n    at (${LIBRARY}:1:2)`, cause)),
    "Error: ours\nCaused by: TypeError: inner\n    at f (file:///apps/b.ts:2:1)",
  );
});

Deno.test("authorTrace keeps a stack without a line of the author's, or leaves it out", () => {
  const error = errorAt(`Error: ours\n    at (${LIBRARY}:1:2)`);
  assertEquals(authorTrace(error), error.stack);
  assertEquals(authorTrace(error, "none"), "Error: ours");
});

Deno.test("authorTrace names files as their author does, without versions and colors", () => {
  const error = errorAt(
    'TypeError: Module not found "file:///apps/b.ts?dev=2".\n    at \u001b[36mfile:///apps/a.ts?dev=2:6:21\u001b[0m',
  );
  assertEquals(
    authorTrace(error),
    'TypeError: Module not found "file:///apps/b.ts".\n    at file:///apps/a.ts:6:21',
  );
});
