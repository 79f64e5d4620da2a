import { assertEquals, assertThrows } from "@std/assert";
import { tileProvider } from "./tile_providers.ts";

Deno.test("tileProvider() ignores case, spaces and punctuation", () => {
  const expected = "https://a.basemaps.cartocdn.com/light_all/{z}/{x}/{y}.png";
  for (const name of ["CartoDB Positron", "cartodb.positron", "CARTODBPOSITRON"]) {
    assertEquals(tileProvider(name, false).url, expected);
  }
  assertEquals(tileProvider("OSM", false).max_zoom, 19);
});

Deno.test("tileProvider() requests tiles of twice the resolution if the provider has them", () => {
  const sharp = tileProvider("CartoDB Positron retina", false);
  assertEquals(sharp.url, "https://a.basemaps.cartocdn.com/light_all/{z}/{x}/{y}@2x.png");
  assertEquals(sharp.pixel_ratio, 2);
  assertEquals(tileProvider("OSM", true).pixel_ratio, 1);
});

Deno.test("tileProvider() suggests similar names for unknown ones", () => {
  assertThrows(() => tileProvider("CartoDB Pozitron", false), RangeError, "cartodbpositron");
});
