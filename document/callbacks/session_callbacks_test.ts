import { assertEquals, assertStrictEquals, assertThrows } from "@std/assert";
import { curdoc } from "../curdoc.ts";
import { Document } from "../document.ts";
import { without_document_lock } from "./unlocked.ts";
import { syncOf } from "../document_sync.ts";

Deno.test("add_periodic_callback() and remove_periodic_callback() emit events", () => {
  const doc = new Document();
  const received: unknown[] = [];
  syncOf(doc).onEvent((event) => received.push([event.kind, "callback" in event && event.callback]));
  const handle = doc.add_periodic_callback(() => {}, 50);
  assertEquals([handle.kind, handle.milliseconds, handle.unlocked], ["periodic", 50, false]);
  assertEquals(doc.session_callbacks, [handle]);
  doc.remove_periodic_callback(handle);
  assertEquals(doc.session_callbacks, []);
  assertEquals(received, [["SessionCallbackAdded", handle], ["SessionCallbackRemoved", handle]]);
  assertThrows(() => doc.remove_periodic_callback(handle), Error, "was already removed");
});

Deno.test("a callback that runs once is removed when it runs", () => {
  const doc = new Document();
  let documentInside: Document | undefined;
  const handle = doc.add_timeout_callback(() => documentInside = curdoc(), 10);
  handle.callback();
  assertStrictEquals(documentInside, doc);
  assertEquals(doc.session_callbacks, []);
  assertThrows(() => doc.remove_timeout_callback(handle), Error, "has already run");
});

Deno.test("the same function may be added several times", () => {
  const doc = new Document();
  const fn = () => {};
  const [one, two] = [doc.add_next_tick_callback(fn), doc.add_next_tick_callback(fn)];
  doc.remove_next_tick_callback(one);
  assertEquals(doc.session_callbacks, [two]);
});

Deno.test("without_document_lock() returns a marked function and does not mark the given one", () => {
  const doc = new Document();
  const fn = (n = 1) => n + 1;
  const marked = without_document_lock(fn);
  assertEquals(marked(2), 3);
  assertEquals(doc.add_next_tick_callback(() => marked()).unlocked, false);
  assertEquals(doc.add_next_tick_callback(marked).unlocked, true);
  assertEquals(doc.add_next_tick_callback(fn).unlocked, false);
});

Deno.test("add_periodic_callback() and add_timeout_callback() throw for invalid durations", () => {
  const doc = new Document();
  for (const period of [0, -1, NaN, Infinity]) {
    assertThrows(() => doc.add_periodic_callback(() => {}, period), RangeError, "not a valid period");
  }
  assertThrows(() => doc.add_timeout_callback(() => {}, -1), RangeError, "not a valid delay");
  assertEquals(doc.session_callbacks, []);
});
