import { assertEquals, assertStrictEquals, assertThrows } from "@std/assert";
import * as palettes from "./mod.ts";
import { paletteByName } from "./palette_by_name.ts";

Deno.test("palettes are exported by name, by size and by group", () => {
  assertStrictEquals(palettes.Category10[3], palettes.Category10_3);
  assertStrictEquals(palettes.all_palettes.Viridis[256], palettes.Viridis256);
  assertStrictEquals(palettes.d3.Category20b[20], palettes.Category20b_20);
  assertStrictEquals(paletteByName("Set1_9"), palettes.Set1_9);
  assertThrows(() => paletteByName("toString"), RangeError, "toString");
});

Deno.test("palettes have the number of colors in their names", () => {
  const exports: Record<string, unknown> = palettes;
  for (const name of palettes.__palettes__) {
    const palette = exports[name];
    assertStrictEquals(palette, paletteByName(name));
    assertEquals(Array.isArray(palette) && palette.length, Number(name.match(/\d+$/)?.[0]), name);
  }
  assertEquals(palettes.__palettes__.length, 506);
});

Deno.test("small_palettes omits the well-known palettes of 256 colors", () => {
  assertEquals(Object.keys(palettes.small_palettes["Viridis"]!), ["3", "4", "5", "6", "7", "8", "9", "10", "11"]);
  assertEquals(palettes.Reds256, palettes.small_palettes["Reds"]![256]);
});
