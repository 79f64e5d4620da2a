import { assertEquals } from "@std/assert";
import { transferablesIn } from "./transferables.ts";

Deno.test("transferablesIn() finds whole buffers in lists, maps, sets and objects", () => {
  const arrays = Array.from({ length: 4 }, () => new Float64Array(2));
  const [a, b, c, d] = arrays;
  const view = new Float64Array(new ArrayBuffer(16), 8);
  const found = transferablesIn({ list: [{ a }], map: new Map([[1, b]]), set: new Set([c]), d, view, again: a });
  assertEquals(new Set(found), new Set(arrays.map(({ buffer }) => buffer)));
});

Deno.test("transferablesIn() searches only a part of collections with many items", () => {
  const items = Array.from({ length: 300_000 }, (_, i) => [`${i}`, i] as const);
  for (const value of [new Map(items), new Set(items), Object.fromEntries(items), items]) {
    assertEquals(transferablesIn(value), []);
  }
});
