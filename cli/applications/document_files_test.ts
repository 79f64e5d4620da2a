import { assertEquals, assertRejects } from "@std/assert";
import type { Document } from "../../document/document.ts";
import { CommandError } from "../exit.ts";
import { Settings } from "../settings/settings.ts";
import { writeDocuments } from "./document_files.ts";

const APPS = ["sliders", "stream"].map((name) =>
  decodeURIComponent(new URL(`../../tests/apps/${name}.ts`, import.meta.url).pathname)
);

const FILES = {
  bokehVersion: "3.10.0",
  ending: "txt",
  settings: new Settings(),
  content: (doc: Document) => doc.title,
};

Deno.test("writeDocuments() writes each application to its output file", async () => {
  const folder = await Deno.makeTempDir();
  const output = [`${folder}/one.txt`, `${folder}/two.txt`];
  await writeDocuments(APPS, { ...FILES, output });
  assertEquals(await Promise.all(output.map((path) => Deno.readTextFile(path))), ["Sliders", "Stream"]);
  await assertRejects(() => writeDocuments(APPS, { ...FILES, output: [...output, "more"] }), CommandError, "3 files");
  await Deno.remove(folder, { recursive: true });
});

Deno.test("writeDocuments() passes arguments to applications", async () => {
  const folder = await Deno.makeTempDir();
  await Deno.writeTextFile(
    `${folder}/app.ts`,
    "export default (doc) => { doc.title = doc.session_context?.serverContext.argv.join() ?? 'alone'; }",
  );
  const output = [`${folder}/out.txt`];
  for (const [args, title] of [[["a", "--b"], "a,--b"], [undefined, "alone"]] as const) {
    await writeDocuments([`${folder}/app.ts`], { ...FILES, output, args });
    assertEquals(await Deno.readTextFile(output[0]!), title);
  }
  await Deno.remove(folder, { recursive: true });
});
