import { assertEquals } from "@std/assert";
import { optionsPage } from "./options_page.ts";

Deno.test("docs/options.md is up to date", async () => {
  assertEquals(await Deno.readTextFile(new URL("../../docs/options.md", import.meta.url)), optionsPage());
});
