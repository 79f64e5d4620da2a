import { assert, assertEquals } from "@std/assert";
import { repeated } from "./check.ts";

Deno.test("repeated() returns each repeated item once", () => {
  assertEquals(repeated(["a", "b", "c"]), []);
  assertEquals(repeated(["a", "b", "c", "b", "a", "b"]), ["b", "a"]);
});

Deno.test("repeated() takes linear time", () => {
  const items = Array.from({ length: 60_000 }, (_, i) => `item ${i}`);
  const start = performance.now();
  assertEquals(repeated([...items, "item 7"]), ["item 7"]);
  assert(performance.now() - start < 3000, `${performance.now() - start} ms`);
});
