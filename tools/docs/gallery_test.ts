import { assertEquals, assertThrows } from "@std/assert";
import { exampleNames, examplePath } from "../../tests/gallery/twins.ts";
import { galleryPage, headingOf } from "./gallery.ts";

Deno.test("headingOf() reads the first line", () => {
  assertEquals(headingOf("// Lines: three curves.\n// More: x"), { title: "Lines", text: "three curves." });
  assertThrows(() => headingOf("import 1;\n// Lines: three"), SyntaxError);
});

Deno.test("docs/gallery.md lists every example", async () => {
  const headings = exampleNames().map((name) => [name, headingOf(Deno.readTextFileSync(examplePath(name)))] as const);
  const written = await Deno.readTextFile(new URL("../../docs/gallery.md", import.meta.url));
  assertEquals(written, galleryPage(new Map(headings)), "Run tools/docs/gallery.ts");
});
