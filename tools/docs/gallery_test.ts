import { assertEquals, assertThrows } from "@std/assert";
import { appHeadings, appsPage, galleryHeadings, galleryPage, headingOf } from "./gallery.ts";

Deno.test("headingOf() reads the first line", () => {
  assertEquals(headingOf("// Lines: three curves.\n// More: x"), { title: "Lines", text: "three curves." });
  assertThrows(() => headingOf("import 1;\n// Lines: three"), SyntaxError);
});

Deno.test("docs/gallery.md and docs/apps.md list every example", async () => {
  const written = (name: string) => Deno.readTextFile(new URL(`../../docs/${name}`, import.meta.url));
  assertEquals(await written("gallery.md"), galleryPage(galleryHeadings()), "Run tools/docs/gallery.ts");
  assertEquals(await written("apps.md"), appsPage(appHeadings()), "Run tools/docs/gallery.ts");
});
