import { assertEquals } from "@std/assert";
import { optionsPage } from "./generate_options.ts";

Deno.test("docs/options.md is what its generator makes", async () => {
  assertEquals(await Deno.readTextFile(new URL("../docs/options.md", import.meta.url)), optionsPage());
});
