import { assertEquals, assertInstanceOf, assertStrictEquals, assertStringIncludes } from "@std/assert";
import { DEFAULT_LIMITS } from "../../common/limits.ts";
import { Document } from "../../document/document.ts";
import { Theme } from "../../document/themes/theme.ts";
import { CustomJS, Div, Slider } from "../../models/gen/classes.ts";
import { SessionSnapshots } from "./session_snapshots.ts";
import { ManualClock } from "../../common/manual_clock.ts";
import { syncOf } from "../../document/document_sync.ts";

interface Fixture {
  doc: Document;
  slider: Slider;
  clock: ManualClock;
  snapshots: SessionSnapshots;
}

function createFixture(): Fixture {
  const doc = new Document();
  const slider = new Slider({ start: 0, end: 10, value: 1 });
  doc.add_root(slider);
  syncOf(doc).onEvent(() => {});
  const clock = new ManualClock();
  return { doc, slider, clock, snapshots: new SessionSnapshots(syncOf(doc), clock, DEFAULT_LIMITS) };
}

function configOf(id: string): unknown {
  return { type: "object", name: "DocumentConfig", id };
}

Deno.test("SessionSnapshots.take encodes a document once until it changes", () => {
  const { snapshots } = createFixture();
  const first = snapshots.take();
  assertStrictEquals(snapshots.take().content, first.content);
  assertStrictEquals(snapshots.take().buffers, first.buffers);
});

Deno.test("SessionSnapshots.take includes every change", () => {
  const { doc, slider, snapshots } = createFixture();
  const changes: [change: () => void, expected: string][] = [
    [() => slider.value = 7, '"value":7'],
    [() => slider.tags.push("tagged"), '"tagged"'],
    [() => doc.title = "Other", '"Other"'],
    [() => doc.add_root(new Div({ text: "added" })), '"added"'],
    [() => doc.js_on_event("document_ready", new CustomJS({ code: "ready()" })), '"ready()"'],
    [() => doc.theme = new Theme({ attrs: { Slider: { bar_color: "teal" } } }), '"teal"'],
    [() => syncOf(doc).replaceWith({ title: "Other", roots: [], config: configOf("c1") }), '"c1"'],
    [() => syncOf(doc).replaceWith({ title: "Other", roots: [], config: configOf("c2") }), '"c2"'],
  ];
  doc.add_root(new Div());
  for (const [change, expected] of changes) {
    const before = snapshots.take().content;
    assertEquals(before.includes(expected), false, `${expected} is there before`);
    change();
    assertStringIncludes(snapshots.take().content, expected);
  }
});

Deno.test("SessionSnapshots.take includes changes during a hold", () => {
  const { doc, slider, snapshots } = createFixture();
  snapshots.take();
  doc.hold("collect");
  slider.value = 5;
  assertStringIncludes(snapshots.take().content, '"value":5');
  slider.value = 6;
  assertStringIncludes(snapshots.take().content, '"value":6');
  doc.unhold();
  assertStringIncludes(snapshots.take().content, '"value":6');
});

Deno.test("SessionSnapshots.take distinguishes documents", () => {
  const one = createFixture();
  const other = createFixture();
  other.doc.title = "Another";
  const first = one.snapshots.take();
  assertStringIncludes(other.snapshots.take().content, "Another");
  assertEquals(one.snapshots.take().content, first.content);
});

Deno.test("SessionSnapshots.turn delays a long document that has changed since it was encoded, and no other", async () => {
  const { doc, slider, clock, snapshots } = createFixture();
  snapshots.take();
  slider.value = 2;
  assertEquals(snapshots.turn(), undefined);
  doc.add_root(new Div({ text: "x".repeat(1_000_000) }));
  snapshots.take();
  assertEquals(snapshots.turn(), undefined);
  slider.value = 3;
  const turn = snapshots.turn();
  assertInstanceOf(turn, Promise);
  assertStrictEquals(snapshots.turn(), turn);
  snapshots.take();
  assertEquals(snapshots.turn(), undefined);
  slider.value = 4;
  await clock.tick(60);
  await turn;
  assertEquals(snapshots.turn(), undefined);
});
