import { assert, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { Document } from "../../document/document.ts";
import { built_in_themes, Theme } from "../../document/themes.ts";
import { ColumnDataSource, Div, TeX } from "../../models/mod.ts";
import { figure } from "../../plotting/mod.ts";
import { components } from "./components.ts";
import { fileHtml } from "./file_html.ts";
import { jsonItem } from "./json_item.ts";

/** Returns the documents in the JSON of a page. */
function documentsOf(html: string): Record<string, { title: string; roots: { id: string }[] }> {
  return JSON.parse(/<script type="application\/json"[^>]*>\s*(.*?)\s*<\/script>/s.exec(html)![1]!);
}

Deno.test("fileHtml returns a page with a document that loads the needed parts of BokehJS from the CDN", async () => {
  const html = await fileHtml(new Div({ text: "</script>hello" }), { title: "A <title>" });
  assertStringIncludes(html, "<title>A &lt;title&gt;</title>");
  assertStringIncludes(html, "https://cdn.bokeh.org/bokeh/release/bokeh-widgets-3.10.0.min.js");
  assert(!html.includes("bokeh-tables") && !html.includes("</script>hello"));
  const [entry] = Object.entries(documentsOf(html));
  assertStringIncludes(html, `"docid":"${entry?.[0]}"`);
  assertStringIncludes(html, `data-root-id="${entry?.[1].roots[0]?.id}"`);
});

Deno.test("fileHtml accepts a document, and uses its title and all its roots", async () => {
  const doc = new Document({ title: "Mine" });
  doc.add_root(new Div({ text: "one" }));
  doc.add_root(new Div({ text: "two" }));
  const html = await fileHtml(doc);
  assertStringIncludes(html, "<title>Mine</title>");
  assertEquals(html.match(/data-root-id/g)?.length, 2);
  assertEquals(doc.roots.length, 2);
});

Deno.test("fileHtml embeds BokehJS in the page if resources is inline", async () => {
  const html = await fileHtml(new Div({ text: "" }), { resources: "inline" });
  assert(html.length > 1_500_000 && !/<script[^>]* src=/.test(html));
});

Deno.test("fileHtml renders a template", async () => {
  const template =
    "{% from macros import embed %}<i>{{ word }}</i>{{ bokeh_js }}{{ embed(roots[0]) }}{{ plot_script }}";
  const html = await fileHtml(new Div({ text: "" }), { template, templateVariables: { word: "a & b" } });
  assertStringIncludes(html, "<i>a &amp; b</i><script");
  assertStringIncludes(html, "data-root-id");
});

Deno.test("components returns elements in the form of its argument", () => {
  const [a, b] = [new Div({ text: "a" }), new Div({ text: "b" })];
  assertStringIncludes(components(a).div, `data-root-id="${a.id}"`);
  assertEquals(components([a, b]).div.length, 2);
  const { script, div } = components({ left: a, right: b });
  assertStringIncludes(div.right, `data-root-id="${b.id}"`);
  assert(script.startsWith("<script>") && script.endsWith("</script>"));
});

Deno.test("the script of components contains the data of the models", () => {
  const { script } = components(new ColumnDataSource({ data: { x: Float64Array.of(1, 2, 3) } }));
  assertStringIncludes(script, "ndarray");
  new Function(script.slice("<script>".length, -"</script>".length));
});

Deno.test("jsonItem returns the argument of embed_item", async () => {
  const model = new Div({ text: "hello" });
  const item = jsonItem(model, "target");
  const bokehs = JSON.parse(
    await Deno.readTextFile(new URL("../../tests/fixtures/embed/json_item.json", import.meta.url)),
  );
  assertEquals(Object.keys(item).toSorted(), Object.keys(bokehs).toSorted());
  assertEquals([item.target_id, item.root_id, item.version], ["target", model.id, item.doc.version]);
  assertEquals(item.doc.roots.length, 1);
});

Deno.test("models of no document belong to none after they were serialized", () => {
  const model = new TeX({ text: "x" });
  jsonItem(model);
  assertEquals(model.document, null);
  new Document().add_root(model);
});

Deno.test("models of a document can be serialized without the others", () => {
  const doc = new Document();
  const [a, b] = [new Div({ text: "a" }), new Div({ text: "b" })];
  doc.add_root(a);
  doc.add_root(b);
  assertEquals(jsonItem(b).doc.roots.length, 1);
  assertEquals(doc.roots.length, 2);
  assertThrows(() => components([a, new Div({ text: "c" })]), TypeError, "different documents");
  assertThrows(() => components([]), TypeError, "none");
});

Deno.test("models are serialized with the given theme", async () => {
  const written = (text: string) =>
    [...text.matchAll(/"background_fill_color":\s*"(#\w+)"/g)].map(([, color]) => color);
  const plot = figure();
  assertEquals(written(JSON.stringify(jsonItem(plot))), []);
  assertEquals(written(JSON.stringify(jsonItem(plot, null, { theme: "dark_minimal" }))), ["#20262B"]);
  const doc = new Document({ theme: "caliber" });
  const kinds: string[] = [];
  doc.on_change(({ kind }) => kinds.push(kind));
  doc.add_root(plot);
  const theme = new Theme({ attrs: { Plot: { background_fill_color: "#123456" } } });
  assertEquals(written(await fileHtml(doc, { theme })), ["#123456"]);
  assertEquals(written(components(plot, { theme: null }).script), []);
  assertEquals([doc.theme, kinds], [built_in_themes.caliber, ["RootAdded"]]);
  assertThrows(() => components(plot, { theme: "dark" as "contrast" }), RangeError, "dark_minimal");
});

Deno.test("models can be embedded separately and then together, in any form", async () => {
  const [a, b] = [new Div({ text: "a" }), new Div({ text: "b" })];
  for (const model of [a, b]) {
    components(model);
    await fileHtml(model);
  }
  const together = components([a, b]);
  assert(a.id !== b.id);
  assertStringIncludes(together.script, a.id);
  assertStringIncludes(together.script, b.id);
  assertEquals((await fileHtml([a, b])).match(/data-root-id/g)?.length, 2);
  const doc = new Document();
  doc.add_root(a);
  doc.add_root(b);
  assertEquals(doc.roots.length, 2);
});
