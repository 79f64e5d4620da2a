import { assertEquals, assertThrows } from "@std/assert";
import { namesPage } from "./names_page.ts";

Deno.test("docs/names.md is up to date and lists every public name of Bokeh", async () => {
  const written = await Deno.readTextFile(new URL("../../docs/names.md", import.meta.url));
  assertEquals(written, namesPage(), "Run tools/docs/names_page.ts");
});

Deno.test("namesPage() throws for a name that does not exist and has no reason", () => {
  assertThrows(() => namesPage({ "bokeh.layouts": ["row", "spiral"] }), Error, "layouts.spiral");
});
