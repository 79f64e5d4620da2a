import { assertEquals } from "@std/assert";
import { parseCores, pinned } from "./placement.ts";

Deno.test("parseCores: reads ranges and single cores", () => {
  assertEquals(parseCores("0-2,5,7-8\n"), [0, 1, 2, 5, 7, 8]);
  assertEquals(parseCores("3"), [3]);
});

Deno.test("pinned: puts taskset before the command", () => {
  assertEquals(pinned(1, ["deno", "run"]), ["taskset", "--cpu-list", "1", "deno", "run"]);
  assertEquals(pinned([1, 2], ["deno"]), ["taskset", "--cpu-list", "1,2", "deno"]);
});
