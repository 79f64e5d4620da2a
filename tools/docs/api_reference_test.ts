import { assertEquals } from "@std/assert";
import { warningsIn } from "./api_reference.ts";

Deno.test("warningsIn leaves out warnings about packages of npm", () => {
  const ours = `Warning Failed resolving types of "nothing".\n    at file:///here/mod.ts:3:1\n`;
  const theirs = `Warning Could not find package 'electron'.\n    at file:///cache/npm/host/types.d.ts:1:2\n`;
  assertEquals(warningsIn(`${theirs}${ours}Written 7119 files to "docs/api"\n`), [ours]);
});

Deno.test("the reference is written without a warning, with pages for the main functions and a model", async () => {
  const folder = await Deno.makeTempDir();
  const { code, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", decodeURIComponent(new URL("api_reference.ts", import.meta.url).pathname), folder],
    stdin: "null",
  }).output();
  assertEquals(code, 0, new TextDecoder().decode(stderr));
  for (const page of ["index", "~/serveBokeh", "models/~/Slider", "testing/~/openSession", "embed/~/fileHtml"]) {
    await Deno.stat(`${folder}/${page}.html`);
  }
  await Deno.remove(folder, { recursive: true });
});
