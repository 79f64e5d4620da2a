import { assertEquals, assertStringIncludes } from "@std/assert";
import { Div } from "../models/mod.ts";
import { embedElement, rootElements, rootsOfItem } from "./render_item.ts";

Deno.test("embedElement returns an empty element for a root or a whole document", () => {
  assertEquals(
    embedElement({ elementid: "e", id: "p1" }),
    '<div id="e" data-root-id="p1" style="display: contents;"></div>',
  );
  assertEquals(embedElement({ elementid: "e" }), '<div id="e" style="display: contents;"></div>');
});

Deno.test("embedElement escapes ids of models", () => {
  const element = embedElement({ elementid: "e", id: '"></div><script>alert(1)</script>' });
  assertStringIncludes(element, 'data-root-id="&quot;&gt;&lt;/div&gt;');
});

Deno.test("rootElements assigns an element to each root, in order", () => {
  const roots = [new Div({ text: "a", name: "first" }), new Div({ text: "b" })];
  const elements = rootElements(roots);
  const item = rootsOfItem(elements);
  assertEquals(item.root_ids, roots.map((root) => root.id));
  assertEquals(new Set(Object.values(item.roots)).size, 2);
  assertEquals(elements.map((element) => element.name), ["first", null]);
});
