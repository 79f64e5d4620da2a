import { assert, assertEquals, assertRejects, assertStrictEquals, assertThrows } from "@std/assert";
import actions from "../tests/fixtures/documents/actions.json" with { type: "json" };
import errors from "../tests/fixtures/documents/errors.json" with { type: "json" };
import requestinfo from "../tests/fixtures/documents/requestinfo.json" with { type: "json" };
import sliders from "../tests/fixtures/documents/sliders.json" with { type: "json" };
import { DocumentReady, Tap } from "../models/events.ts";
import { Button, Column, ColumnDataSource, CustomJS, Div, Plot, Slider } from "../models/mod.ts";
import type { DocJson } from "../protocol/message.ts";
import { BOKEH_VERSION } from "../protocol/version.ts";
import { curdoc } from "./curdoc.ts";
import { Document } from "./document.ts";
import type { DocumentEvent } from "./events/events.ts";
import type { SessionContext } from "./document.ts";
import { without_document_lock } from "./callbacks/unlocked.ts";
import { createDocument, syncOf } from "./document_sync.ts";
import { sessionContext } from "./document_test_support.ts";

const context = sessionContext({ destroyed: true });

function kinds(doc: Document): string[] {
  const received: string[] = [];
  syncOf(doc).onEvent((event) => received.push(event.kind));
  return received;
}

Deno.test("onEvent() receives events in causal order, before their callbacks run", () => {
  const doc = new Document();
  const [one, two] = [new Div({ name: "one" }), new Div({ name: "two" })];
  doc.add_root(one);
  doc.add_root(two);
  const received: string[] = [];
  const numbers: number[] = [];
  syncOf(doc).onEvent((event) => {
    if (event.kind === "ModelChanged") received.push(`${event.model.name}`);
    numbers.push(event.seq);
  });
  one.on_change("text", (_attr, _old, value) => {
    received.push("callback");
    two.text = value;
  });
  one.text = "a";
  assertEquals(received, ["one", "callback", "two"]);
  assertEquals(numbers[1], numbers[0]! + 1);
});

Deno.test("on_change() of a document runs after the callbacks of the model", () => {
  const doc = new Document();
  const div = new Div();
  doc.add_root(div);
  const received: string[] = [];
  const callback = (event: DocumentEvent) => received.push(event.kind);
  doc.on_change(callback, callback);
  div.on_change("text", () => received.push("model"));
  div.text = "a";
  assertEquals(received, ["model", "ModelChanged"]);
  doc.remove_on_change(callback);
  div.text = "b";
  assertEquals(received, ["model", "ModelChanged", "model"]);
  assertThrows(() => doc.remove_on_change(callback), Error, "was not added");
});

Deno.test("setting an equal value emits no event", () => {
  const doc = new Document({ title: "same" });
  const div = new Div({ text: "same" });
  doc.add_root(div);
  const received = kinds(doc);
  div.text = "same";
  doc.title = "same";
  doc.add_root(div);
  doc.remove_root(new Div());
  assertEquals(received, []);
});

Deno.test("changes of roots and title emit events", () => {
  const doc = new Document();
  const received = kinds(doc);
  const div = new Div();
  doc.add_root(div);
  doc.title = "New";
  doc.add_root(new Div());
  doc.clear();
  assertEquals(received, ["RootAdded", "TitleChanged", "RootAdded", "RootRemoved", "RootRemoved"]);
  assertEquals([doc.roots, doc.models, doc.title], [[], [], "New"]);
  assertThrows(() => doc.title = JSON.parse("null"), TypeError, "is not a string");
});

Deno.test("curdoc() returns the document in callbacks and after await", async () => {
  const doc = new Document();
  const div = new Div();
  doc.add_root(div);
  const received: Document[] = [];
  div.on_change("text", async () => {
    received.push(curdoc());
    await Promise.resolve();
    received.push(curdoc());
  });
  div.text = "a";
  await syncOf(doc).settled();
  assertEquals(received.map((inside) => inside === doc), [true, true]);
  assert(curdoc() !== doc);
  assertStrictEquals(curdoc(), curdoc());
});

Deno.test("runAs() nests", () => {
  const [one, two] = [new Document(), new Document()];
  syncOf(one).runAs(() => {
    assertStrictEquals(syncOf(two).runAs(curdoc), two);
    assertStrictEquals(curdoc(), one);
  });
});

Deno.test("settled() waits for async callbacks and for the callbacks that these trigger", async () => {
  const doc = new Document();
  const [one, two] = [new Div(), new Div()];
  doc.add_root(one);
  doc.add_root(two);
  const done: string[] = [];
  one.on_change("text", async () => {
    await Promise.resolve();
    two.text = "caused";
  });
  two.on_change("text", async () => {
    await Promise.resolve();
    await Promise.resolve();
    done.push("two");
  });
  assert(syncOf(doc).isSettled);
  one.text = "a";
  assert(!syncOf(doc).isSettled);
  await syncOf(doc).settled();
  assert(syncOf(doc).isSettled);
  assertEquals(done, ["two"]);
});

Deno.test("settled() does not wait for unlocked callbacks, whose errors go to onBackgroundError", async () => {
  const doc = new Document();
  const div = new Div();
  doc.add_root(div);
  const failed = Promise.withResolvers<unknown>();
  syncOf(doc).onBackgroundError = failed.resolve;
  div.on_change("text", without_document_lock(() => new Promise(() => {})));
  div.on_change("text", without_document_lock(() => Promise.reject("on purpose")));
  div.text = "a";
  await syncOf(doc).settled();
  assertEquals(await failed.promise, "on purpose");
});

Deno.test("settled() throws each error once", async () => {
  const doc = new Document();
  const div = new Div();
  doc.add_root(div);
  div.on_change("text", async () => await Promise.reject(new Error("on purpose")));
  div.text = "a";
  await assertRejects(() => syncOf(doc).settled(), Error, "on purpose");
  await syncOf(doc).settled();
  div.on_change("text", () => Promise.reject(new Error("another")));
  div.text = "b";
  await assertRejects(() => syncOf(doc).settled(), AggregateError, "2 callbacks failed");
});

Deno.test("an assignment throws the error of its callback, and the value stays", () => {
  const doc = new Document();
  const div = new Div();
  doc.add_root(div);
  const received = kinds(doc);
  div.on_change("text", () => {
    throw new Error("on purpose");
  });
  assertThrows(() => div.text = "a", Error, "on purpose");
  assertEquals([div.text, received], ["a", ["ModelChanged"]]);
});

Deno.test("on_event() of a document accepts events of documents only", () => {
  const doc = new Document();
  doc.on_event(DocumentReady, () => {});
  doc.on_event("client_reconnected", () => {});
  assertThrows(() => doc.on_event(Tap, () => {}), TypeError, "event of models");
  assertThrows(() => doc.on_event("no_such", () => {}), TypeError, "no such event");
  assertThrows(() => doc.on_event(DocumentReady, JSON.parse("5")), TypeError, "not a function");
});

Deno.test("js_on_event() adds callbacks to the JSON form", () => {
  const doc = new Document();
  const button = new Button();
  doc.add_root(button);
  const callback = new CustomJS({ args: { button }, code: "button.label = 'ready'" });
  doc.js_on_event("document_ready", callback);
  const { callbacks } = doc.to_json();
  const attributes = { args: { type: "map", entries: [["button", { id: button.id }]] }, code: callback.code };
  const written = { type: "object", name: "CustomJS", id: callback.id, attributes };
  assertEquals(callbacks, { type: "map", entries: [["document_ready", [written]]] });
  assertEquals(Document.from_json(doc.to_json()).to_json().callbacks, callbacks);
  assertThrows(() => doc.js_on_event("document_ready", button), TypeError, "not a callback model");
});

Deno.test("set_select() sets attributes of the models that select() finds", () => {
  const doc = new Document();
  doc.add_root(new Column({ children: [new Div({ name: "a" }), new Div({ name: "b" })] }));
  doc.set_select({ type: Div, name: "a" }, { text: "found" });
  assertEquals(doc.select(Div).map((div) => div.text), ["found", ""]);
  assertThrows(() => doc.select_one(Div), Error, "2 match");
  assertEquals(doc.select_one({ name: "c" }), null);
  assertEquals(doc.get_model_by_name<Div>("a").text, "found");
});

Deno.test("select() finds models that are default values", () => {
  const doc = new Document();
  const plot = new Plot();
  doc.add_root(plot);
  assertEquals(doc.select({ type: "Title" }), [plot.title]);
});

for (const { content: { doc: json } } of [actions, errors, requestinfo]) {
  Deno.test(`snapshot() serializes a document as Python does (${json.title})`, () => {
    const doc = { ...json as DocJson, version: BOKEH_VERSION };
    assertEquals(syncOf(Document.from_json(json as DocJson)).snapshot(), { doc, buffers: [] });
  });
}

Deno.test("snapshot() writes arrays unchanged into buffers", () => {
  const { buffers, content: { doc: json } } = sliders;
  const data = Object.entries(buffers).map(([id, base64]) => [id, Uint8Array.fromBase64(base64)] as const);
  const doc = Document.from_json(json as DocJson, new Map(data));
  assertEquals(syncOf(doc).snapshot().buffers.map((buffer) => buffer.data), data.map(([, bytes]) => bytes));
  assertEquals(syncOf(doc).snapshot({ deferred: false }).buffers, []);
});

Deno.test("config equals Python's by default", () => {
  const { config } = new Document().to_json();
  assertEquals(config, {
    type: "object",
    name: "DocumentConfig",
    id: "p1001",
    attributes: { notifications: { type: "object", name: "Notifications", id: "p1002" } },
  });
});

Deno.test("to_json() and from_json() are inverse, arrays included", () => {
  const doc = new Document({ title: "Arrays" });
  doc.add_root(new ColumnDataSource({ data: { x: Float64Array.of(1, NaN), y: ["a", null], z: [Infinity, 1] } }));
  const copy = Document.from_json_string(JSON.stringify(doc.to_json()));
  assertEquals(copy.to_json(), doc.to_json());
  assertEquals(copy.select_one(ColumnDataSource).data["x"], Float64Array.of(1, NaN));
});

Deno.test("replace_with_json() replaces everything or nothing", () => {
  const doc = new Document({ title: "old" });
  doc.add_root(new Div({ name: "old" }));
  const other = new Document({ title: "new" });
  other.add_root(new Div({ name: "new" }));
  const json = other.to_json();
  for (
    const wrong of [{ title: 5 }, { config: { type: "object", name: "Div", id: "x" } }, { roots: [5] }, {
      callbacks: { no: [] },
    }]
  ) {
    assertThrows(() => doc.replace_with_json({ ...json, ...wrong } as DocJson), Error, "Cannot apply the document");
  }
  assertEquals([doc.title, doc.get_model_by_name("old")], ["old", doc.roots[0]]);
  doc.replace_with_json(json);
  assertEquals(doc.to_json(), json);
});

Deno.test("validate() finds empty layouts and plots without renderers", () => {
  const doc = new Document();
  doc.add_root(new Column());
  doc.add_root(new Plot());
  doc.add_root(new Column({ children: [new Slider({ start: 0, end: 1, value: 0 })] }));
  assertEquals(doc.validate().map(({ code }) => code), [1002, 1000]);
});

Deno.test("destroy() runs on_session_destroyed callbacks and releases all models", async () => {
  const doc = new Document();
  const div = new Div();
  doc.add_root(div);
  const received = kinds(doc);
  doc.add_periodic_callback(() => {}, 5);
  const ran: unknown[] = [];
  const callback = (given: SessionContext) => ran.push([given === context, curdoc() === doc]);
  doc.on_session_destroyed(callback, callback, () => {
    throw new Error("on purpose");
  }, async () => {
    await Promise.resolve();
    ran.push("async");
  });
  await assertRejects(() => syncOf(doc).destroy(context), Error, "on purpose");
  await syncOf(doc).destroy(context);
  assertEquals(ran, [[true, true], "async"]);
  assertEquals(received, ["SessionCallbackAdded", "SessionCallbackRemoved"]);
  assertEquals([syncOf(doc).destroyed, doc.roots, div.document], [true, [], null]);
});

Deno.test("methods of a document have no effect after destroy(), and warn once", async () => {
  const warnings: string[] = [];
  const doc = createDocument({ warn: (message) => warnings.push(message) });
  const timer = doc.add_periodic_callback(() => {}, 5);
  await syncOf(doc).destroy(context);
  doc.remove_periodic_callback(timer);
  doc.remove_next_tick_callback(doc.add_next_tick_callback(() => {}));
  doc.add_timeout_callback(() => {}, 1);
  doc.add_root(new Div());
  doc.title = "late";
  doc.send_message("type", 1);
  {
    using _hold = doc.hold();
    doc.clear();
  }
  doc.unhold();
  assertEquals([doc.session_callbacks, doc.roots, doc.title], [[], [], "Bokeh Application"]);
  assertEquals(warnings, [
    "Ignored a change of a document whose session was destroyed: stop timers in on_session_destroyed",
  ]);
});

Deno.test("destroy() does not wait for a callback that never ends", async () => {
  const doc = new Document();
  const div = new Div();
  doc.add_root(div);
  div.on_change("text", () => new Promise(() => {}));
  div.text = "a";
  await syncOf(doc).destroy(context);
  assert(syncOf(doc).destroyed);
});
