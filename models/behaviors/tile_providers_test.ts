import { assertEquals, assertThrows } from "@std/assert";
import { tileProvider } from "./tile_providers.ts";

Deno.test("tileProvider() knows a provider by any spelling of its name", () => {
  const expected = "https://a.basemaps.cartocdn.com/light_all/{z}/{x}/{y}.png";
  for (const name of ["CartoDB Positron", "cartodb.positron", "CARTODBPOSITRON"]) {
    assertEquals(tileProvider(name, false).url, expected);
  }
  assertEquals(tileProvider("OSM", false).max_zoom, 19);
});

Deno.test("tileProvider() asks for sharper tiles where there are some", () => {
  const sharp = tileProvider("CartoDB Positron retina", false);
  assertEquals(sharp.url, "https://a.basemaps.cartocdn.com/light_all/{z}/{x}/{y}@2x.png");
  assertEquals(sharp.pixel_ratio, 2);
  assertEquals(tileProvider("OSM", true).pixel_ratio, 1);
});

Deno.test("tileProvider() refuses an unknown name with similar ones", () => {
  assertThrows(() => tileProvider("CartoDB Pozitron", false), RangeError, "cartodbpositron");
});
