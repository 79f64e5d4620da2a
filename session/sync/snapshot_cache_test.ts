import { assertEquals, assertInstanceOf, assertStrictEquals, assertStringIncludes } from "@std/assert";
import { Document } from "../../document/document.ts";
import { Theme } from "../../document/themes/theme.ts";
import { CustomJS, Div, Slider } from "../../models/gen/classes.ts";
import { pullDocument, type PullSource, pullTurn } from "./snapshot_cache.ts";
import { ManualClock } from "../../common/manual_clock.ts";

interface Heard extends PullSource {
  doc: Document;
  slider: Slider;
  clock: ManualClock;
}

function heardDocument(): Heard {
  const doc = new Document();
  const slider = new Slider({ start: 0, end: 10, value: 1 });
  doc.add_root(slider);
  doc.onEvent(() => {});
  return { doc, document: doc, slider, clock: new ManualClock() };
}

function configOf(id: string): unknown {
  return { type: "object", name: "DocumentConfig", id };
}

Deno.test("pullDocument writes a document once until it changes", () => {
  const source = heardDocument();
  const first = pullDocument(source);
  assertStrictEquals(pullDocument(source).content, first.content);
  assertStrictEquals(pullDocument(source).buffers, first.buffers);
});

Deno.test("pullDocument tells of every change", () => {
  const source = heardDocument();
  const { doc, slider } = source;
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
    const before = pullDocument(source).content;
    assertEquals(before.includes(expected), false, `${expected} is there before`);
    change();
    assertStringIncludes(pullDocument(source).content, expected);
  }
});

Deno.test("pullDocument tells of changes that are held back", () => {
  const source = heardDocument();
  const { doc, slider } = source;
  pullDocument(source);
  doc.hold("collect");
  slider.value = 5;
  assertStringIncludes(pullDocument(source).content, '"value":5');
  slider.value = 6;
  assertStringIncludes(pullDocument(source).content, '"value":6');
  doc.unhold();
  assertStringIncludes(pullDocument(source).content, '"value":6');
});

Deno.test("pullDocument keeps documents apart", () => {
  const one = heardDocument();
  const other = heardDocument();
  other.doc.title = "Another";
  const first = pullDocument(one);
  assertStringIncludes(pullDocument(other).content, "Another");
  assertEquals(pullDocument(one).content, first.content);
});

Deno.test("pullTurn has a long document wait that has changed since it was written, and no other", async () => {
  const source = heardDocument();
  const { doc, slider, clock } = source;
  pullDocument(source);
  slider.value = 2;
  assertEquals(pullTurn(source), undefined);
  doc.add_root(new Div({ text: "x".repeat(1_000_000) }));
  pullDocument(source);
  assertEquals(pullTurn(source), undefined);
  slider.value = 3;
  const turn = pullTurn(source);
  assertInstanceOf(turn, Promise);
  assertStrictEquals(pullTurn(source), turn);
  pullDocument(source);
  assertEquals(pullTurn(source), undefined);
  slider.value = 4;
  await clock.tick(60);
  await turn;
  assertEquals(pullTurn(source), undefined);
});
