import { assertEquals, assertThrows } from "@std/assert";
import { namesPage } from "./make_names.ts";

Deno.test("docs/names.md tells of every name of Bokeh", async () => {
  const written = await Deno.readTextFile(new URL("../docs/names.md", import.meta.url));
  assertEquals(written, namesPage(), "Run tools/make_names.ts");
});

Deno.test("namesPage() refuses names that are neither here nor explained", () => {
  assertThrows(() => namesPage({ "bokeh.layouts": ["row", "spiral"] }), Error, "layouts.spiral");
});
