import { assertEquals, assertNotStrictEquals, assertStrictEquals, assertStringIncludes } from "@std/assert";
import { Document } from "../document/document.ts";
import { Theme } from "../document/theme.ts";
import { CustomJS, Div, Slider } from "../models/gen/classes.ts";
import { forgetPull, pullDocument } from "./latest_pull.ts";

function heardDocument(): { doc: Document; slider: Slider } {
  const doc = new Document();
  const slider = new Slider({ start: 0, end: 10, value: 1 });
  doc.add_root(slider);
  doc.onEvent(() => {});
  return { doc, slider };
}

function configOf(id: string): unknown {
  return { type: "object", name: "DocumentConfig", id };
}

Deno.test("pullDocument writes a document once until it changes", () => {
  const { doc } = heardDocument();
  const first = pullDocument(doc);
  assertStrictEquals(pullDocument(doc).content, first.content);
  assertStrictEquals(pullDocument(doc).buffers, first.buffers);
});

Deno.test("pullDocument tells of every change", () => {
  const { doc, slider } = heardDocument();
  const changes: [change: () => void, expected: string][] = [
    [() => slider.value = 7, '"value":7'],
    [() => slider.tags.push("tagged"), '"tagged"'],
    [() => doc.title = "Other", '"Other"'],
    [() => doc.add_root(new Div({ text: "added" })), '"added"'],
    [() => doc.js_on_event("document_ready", new CustomJS({ code: "ready()" })), '"ready()"'],
    [() => doc.theme = new Theme({ attrs: { Slider: { bar_color: "teal" } } }), '"teal"'],
    [() => doc.replaceWith({ title: "Other", roots: [], config: configOf("c1") }), '"c1"'],
    [() => doc.replaceWith({ title: "Other", roots: [], config: configOf("c2") }), '"c2"'],
  ];
  doc.add_root(new Div());
  for (const [change, expected] of changes) {
    const before = pullDocument(doc).content;
    assertEquals(before.includes(expected), false, `${expected} is there before`);
    change();
    assertStringIncludes(pullDocument(doc).content, expected);
  }
});

Deno.test("pullDocument tells of changes that are held back", () => {
  const { doc, slider } = heardDocument();
  pullDocument(doc);
  doc.hold("collect");
  slider.value = 5;
  assertStringIncludes(pullDocument(doc).content, '"value":5');
  slider.value = 6;
  assertStringIncludes(pullDocument(doc).content, '"value":6');
  doc.unhold();
  assertStringIncludes(pullDocument(doc).content, '"value":6');
});

Deno.test("pullDocument keeps documents apart, and lets go of one that has ended", () => {
  const one = heardDocument().doc;
  const other = heardDocument().doc;
  other.title = "Another";
  const first = pullDocument(one);
  assertStringIncludes(pullDocument(other).content, "Another");
  assertEquals(pullDocument(one).content, first.content);
  const again = pullDocument(one);
  forgetPull(one);
  assertNotStrictEquals(pullDocument(one).buffers, again.buffers);
});
