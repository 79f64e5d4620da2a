import { assert, assertEquals, assertRejects, assertStrictEquals, assertThrows } from "@std/assert";
import { ButtonClick, DocumentReady, Tap } from "../../models/events.ts";
import { Button, Column, ColumnDataSource, Div, Plot, Slider } from "../../models/mod.ts";
import type { PatchEvent } from "../../protocol/patch.ts";
import { stateOf } from "../document.ts";
import type { DocumentEvent } from "../events/events.ts";
import { PatchError } from "./patch_error.ts";
import { createDocument, syncOf } from "../document_sync.ts";

const client = {};

function setUp() {
  const warnings: string[] = [];
  const doc = createDocument({ warn: (message) => warnings.push(message) });
  const slider = new Slider({ name: "slider", start: 0, end: 10, value: 1 });
  const out = new Div({ name: "out" });
  const button = new Button({ name: "button" });
  const source: ColumnDataSource = new ColumnDataSource({
    name: "source",
    data: { x: [0, 1, 2], y: Float64Array.of(0, 1, 2) },
  });
  const box = new Column({ name: "box", children: [slider, out, button], tags: [source] });
  doc.add_root(box);
  const events: DocumentEvent[] = [];
  const patch = (...list: object[]) => syncOf(doc).applyPatch(list as PatchEvent[], new Map(), client);
  syncOf(doc).onEvent((event) => events.push(event));
  return { doc, slider, out, button, source, box, events, patch, warnings };
}

function change(model: { id: string }, attr: string, value: unknown): object {
  return {
    kind: "ModelChanged",
    model: { id: model.id },
    attr,
    new: value,
  };
}

function map(columns: object): object {
  return { type: "map", entries: Object.entries(columns) };
}

function stream(model: { id: string }, data: object, rollover: unknown = null): object {
  return {
    kind: "ColumnsStreamed",
    model: { id: model.id },
    attr: "data",
    data: map(data),
    rollover,
  };
}

function places(model: { id: string }, patches: object): object {
  return {
    kind: "ColumnsPatched",
    model: { id: model.id },
    attr: "data",
    patches: map(patches),
  };
}

function message(name: string, values: object): object {
  return {
    kind: "MessageSent",
    msg_type: "bokeh_event",
    msg_data: { type: "event", name, values: map(values) },
  };
}

function newDiv(id: string, attributes: object = {}): object {
  return { type: "object", name: "Div", id, attributes };
}

Deno.test("applyPatch() changes models, and changes of callbacks have no source", () => {
  const { slider, out, events, patch } = setUp();
  slider.on_change("value", (_attr, _old, value) => out.text = String(value));
  patch(change(slider, "value", 5));
  assertEquals([slider.value, out.text], [5, "5"]);
  assertEquals(events.map((event) => event.changeSource === client), [true, false]);
});

Deno.test("applyPatch() streams, patches and replaces columns", () => {
  const { source, events, patch } = setUp();
  patch(stream(source, { x: [3], y: [3] }, 3), places(source, { y: [[2, 9]] }));
  assertEquals([Array.from(source.data["x"]!), Array.from(source.data["y"]!)], [[1, 2, 3], [1, 2, 9]]);
  const columns = { kind: "ColumnDataChanged", model: { id: source.id }, attr: "data" };
  patch({ ...columns, cols: ["y"], data: map({ y: [7, 8, 9] }) });
  assertEquals([Array.from(source.data["x"]!), Array.from(source.data["y"]!)], [[1, 2, 3], [7, 8, 9]]);
  patch({ ...columns, cols: null, data: map({ z: [1] }) });
  assertEquals(Object.keys(source.data), ["z"]);
  assertEquals(events.map(({ kind }) => kind), [
    "ColumnsStreamed",
    "ColumnsPatched",
    "ColumnDataChanged",
    "ColumnDataChanged",
  ]);
  assert(events.every(({ changeSource }) => changeSource === client));
});

Deno.test("applyPatch() checks columns as changed by earlier events of the patch", () => {
  const { source, patch } = setUp();
  patch(stream(source, { x: [3], y: [3] }), places(source, { x: [[3, 30]] }), stream(source, { x: [4], y: [4] }, 4));
  assertEquals(Array.from(source.data["x"]!), [1, 2, 30, 4]);
  assertThrows(
    () => patch(stream(source, { x: [5], y: [5] }, 2), places(source, { x: [[3, 0]] })),
    PatchError,
    "index 3",
  );
  patch(change(source, "data", map({ x: [], y: [] })), stream(source, { x: [1], y: [1] }));
  assertEquals(Array.from(source.data["x"]!), [1]);
});

Deno.test("applyPatch() changes no columns for an invalid patch that streams and patches them", () => {
  const { source, patch } = setUp();
  const grid = Float64Array.of(1, 2);
  source.data = { x: [0, 1, 2], y: Float64Array.of(0, 1, 2), g: [grid, grid, grid] };
  patch(stream(source, { x: [3], y: [3], g: [[1]] }), places(source, { x: [[0, 9]], y: [[0, 9]], g: [[[0, 1], 9]] }));
  const before = JSON.stringify(Object.values(source.data));
  const again = places(source, { x: [[1, 5]], y: [[1, 5]], g: [[[0, 0], 5]] });
  const more = stream(source, { x: [4], y: [4], g: [[1]] }, 3);
  const wrong = places(source, { x: [[99, 0]] });
  for (const events of [[again, again], [more, again], [again, more, again, more]]) {
    assertThrows(() => patch(...events, wrong), PatchError, "index 99");
    assertEquals(JSON.stringify(Object.values(source.data)), before);
  }
});

Deno.test("applyPatch() removes models whose rows are overwritten or dropped", () => {
  const { doc, source, patch } = setUp();
  const gone = () => !doc.models.some(({ id }) => ["a", "b"].includes(id));
  patch(stream(source, { x: [newDiv("a")], y: [3] }));
  assert(doc.get_model_by_id("a"));
  patch(places(source, { x: [[3, 1]] }));
  assert(gone());
  patch(places(source, { x: [[{ type: "slice", start: 0, stop: 1, step: null }, [newDiv("b")]]] }));
  assert(doc.get_model_by_id("b"));
  patch(stream(source, { x: [1], y: [1] }, 4));
  assert(gone());
});

Deno.test("applyPatch() adds and removes many roots in order", () => {
  const { doc, patch, box } = setUp();
  const names = Array.from({ length: 200 }, (_, i) => `r${i}`);
  patch(...names.map((id) => ({ kind: "RootAdded", model: newDiv(id) })), {
    kind: "RootRemoved",
    model: { id: "r7" },
  }, { kind: "RootAdded", model: { id: box.id } });
  assertEquals(doc.roots.map(({ id }) => id), [box.id, ...names.filter((name) => name !== "r7")]);
  patch(...doc.roots.map(({ id }) => ({ kind: "RootRemoved", model: { id } })));
  assertEquals(doc.roots, []);
});

Deno.test("applyPatch() accepts columns with names of members of Object.prototype", () => {
  const { source, patch } = setUp();
  const entries = [["__proto__", [1]], ["constructor", [2]]];
  patch({ ...change(source, "data", { type: "map", entries }) });
  patch({ ...stream(source, {}), data: { type: "map", entries: [["__proto__", [3]], ["constructor", [4]]] } });
  assertEquals(Object.keys(source.data), ["__proto__", "constructor"]);
  assertEquals(Array.from(Object.values(source.data)[0]!), [1, 3]);
});

Deno.test("applyPatch() accepts columns of different lengths, as Python's server does", () => {
  const { source, patch } = setUp();
  patch(change(source, "data", map({ x: [1], y: [1, 2] })));
  assertEquals(Object.values(source.data), [[1], [1, 2]]);
  patch({
    kind: "ColumnDataChanged",
    model: { id: source.id },
    attr: "data",
    cols: ["x"],
    data: map({ x: [5, 6, 7] }),
  });
  assertEquals(Object.values(source.data), [[5, 6, 7], [1, 2]]);
});

const wrongPatches: [what: string, (s: ReturnType<typeof setUp>) => object, text: string][] = [
  ["an unknown model", () => change({ id: "nothing-such" }, "value", 1), "nothing-such"],
  ["an unknown kind", () => ({ kind: "NoSuchKind" }), "NoSuchKind"],
  ["a value of the wrong kind", ({ slider }) => change(slider, "value", "x"), "Slider.value"],
  [
    "a value in a new model of the wrong kind",
    () => ({ kind: "RootAdded", model: newDiv("n", { width: "x" }) }),
    "width",
  ],
  ["an unknown class", () => ({ kind: "RootAdded", model: { type: "object", name: "NoSuch", id: "n" } }), "NoSuch"],
  ["a root that is no model", () => ({ kind: "RootAdded", model: 5 }), "model"],
  ["a title that is no text", () => ({ kind: "TitleChanged", title: { type: "number", value: "nan" } }), "title"],
  ["an attribute that is no text", ({ slider }) => ({ ...change(slider, "value", 1), attr: 5 }), "attr"],
  ["ragged rows", ({ source }) => stream(source, { x: [1], y: [1, 2] }), "length"],
  ["rows of too few columns", ({ source }) => stream(source, { x: [1] }), "y"],
  ["rows that are texts", ({ source }) => stream(source, { x: "ab", y: "cd" }), "x"],
  ["a bad rollover", ({ source }) => stream(source, { x: [1], y: [1] }, -1), "rollover"],
  ["a rollover that is a text", ({ source }) => stream(source, { x: [1], y: [1] }, "1"), "rollover"],
  ["places outside", ({ source }) => places(source, { x: [[0, 1], [3, 1]] }), "index 3"],
  [
    "columns by a number",
    ({ source }) => ({
      kind: "ColumnDataChanged",
      model: { id: source.id },
      attr: "data",
      cols: 7,
      data: map({ x: [1], y: [1] }),
    }),
    "cols",
  ],
  [
    "a slice that grows",
    ({ source }) => places(source, { x: [[{ type: "slice", start: 0, stop: 1, step: null }, [1, 2]]] }),
    "slice",
  ],
  ["places of no column", ({ source }) => places(source, { z: [[0, 1]] }), "z"],
  ["rows for a model without columns", ({ out }) => stream(out, { x: [1] }), "is not column data"],
  [
    "rows for another attribute",
    ({ source }) => ({ ...stream(source, { x: [1], y: [1] }), attr: "tags" }),
    "is not column data",
  ],
  ["an unknown event", () => message("no_such", {}), "no_such"],
  ["an event that is none", () => ({ kind: "MessageSent", msg_type: "bokeh_event", msg_data: 5 }), "event"],
  ["an event of an unknown model", () => message("button_click", { model: { id: "unknown" } }), "unknown"],
  ["an event of a wrong model", ({ out }) => message("button_click", { model: { id: out.id } }), "ButtonClick"],
];

for (const [what, make, text] of wrongPatches) {
  Deno.test(`applyPatch() throws for ${what} and changes nothing`, async () => {
    const state = setUp();
    const { doc, slider, out, events, patch } = state;
    const before = doc.to_json();
    const good = [
      change(slider, "value", 5),
      { kind: "RootAdded", model: newDiv("client-div") },
      { kind: "TitleChanged", title: "Changed" },
      change(out, "text", "changed"),
    ];
    const error = assertThrows(() => patch(...good, make(state)), PatchError, text);
    assertEquals(error.publicText, error.message);
    assertEquals(doc.to_json(), before);
    assertEquals(events, []);
    await syncOf(doc).settled();
  });
}

Deno.test("applyPatch() ignores attributes that a class does not have", () => {
  const { slider, patch, warnings } = setUp();
  patch(change(slider, "no_such_attribute", 1), change(slider, "value", 2));
  assertEquals(slider.value, 2);
  assertEquals(warnings.length, 1);
});

Deno.test("applyPatch() ignores changes of removed models", () => {
  const { out, box, slider, patch, warnings } = setUp();
  box.children = [slider];
  patch(change(out, "text", "late"), change(slider, "value", 2));
  assertEquals([out.text, slider.value], ["", 2]);
  patch(change(box, "tags", [{ id: out.id }]));
  assertEquals(box.tags.length, 1);
  assertEquals(warnings.length, 2);
});

Deno.test("applyPatch() adds a removed model that is sent in full", () => {
  const { doc, out, box, slider, patch } = setUp();
  box.children = [slider];
  patch({ kind: "RootAdded", model: newDiv(out.id, { text: "back" }) }, change(out, "name", "again"));
  assertEquals(doc.get_model_by_name<Div>("again").text, "back");
});

Deno.test("encode() writes a model of a client in full for other clients only", () => {
  const { doc, box, events, patch } = setUp();
  const other = {};
  for (const each of [client, other]) syncOf(doc).noteSnapshot(each);
  box.on_change("name", () => box.tags = [...doc.roots]);
  patch({ kind: "RootAdded", model: newDiv("client-div", { text: "mine" }) }, change(box, "name", "renamed"));
  const batch = events.splice(0);
  const encoded = (receiver: object) => {
    const { events, models } = syncOf(doc).encode(batch, { clients: [receiver], for: receiver });
    syncOf(doc).noteSent(models, [receiver], [client, other].filter((each) => each !== receiver));
    return events;
  };
  const tags = [{ id: box.id }, { id: "client-div" }];
  assertEquals(encoded(client), [{ kind: "ModelChanged", model: { id: box.id }, attr: "tags", new: tags }]);
  assertEquals(encoded(other)[0], { kind: "RootAdded", model: newDiv("client-div", { text: "mine" }) });
  box.children = [doc.roots[1] as Div];
  const [later] = syncOf(doc).encode(events.splice(0), { clients: [client, other] }).events;
  assertEquals(later, { kind: "ModelChanged", model: { id: box.id }, attr: "children", new: [{ id: "client-div" }] });
});

Deno.test("ids of a client are not allocated again, even by callbacks of the same patch", () => {
  const { doc, slider, box, patch } = setUp();
  const next = `p${Number(stateOf(doc).allocateId().slice(1)) + 1}`;
  slider.on_change("value", () => box.children = [...box.children, new Div({ name: "made" })]);
  patch(change(slider, "value", 2), { kind: "RootAdded", model: newDiv(next) });
  assert(doc.get_model_by_name<Div>("made").id !== next);
  assertStrictEquals(doc.roots[1], doc.get_model_by_id(next));
});

Deno.test("applyPatch() makes all changes despite an error in a callback", async () => {
  const { doc, slider, out, events, patch } = setUp();
  slider.on_change("value", () => {
    out.text = "before the error";
    throw new Error("on purpose");
  });
  patch(change(slider, "value", 5), { kind: "TitleChanged", title: "After" });
  assertEquals([slider.value, out.text, doc.title], [5, "before the error", "After"]);
  assertEquals(events.map(({ kind }) => kind), ["ModelChanged", "ModelChanged", "TitleChanged"]);
  await assertRejects(() => syncOf(doc).settled(), Error, "on purpose");
});

Deno.test("applyPatch() runs callbacks of events", () => {
  const { doc, button, patch } = setUp();
  const received: unknown[] = [];
  button.on_event(ButtonClick, (event) => received.push(["model", event.model]));
  doc.on_event(DocumentReady, (event) => received.push(event.event_name));
  doc.on_message("bokeh_event", () => received.push("message"));
  patch(message("button_click", { model: { id: button.id } }), message("document_ready", {}));
  assertEquals(received, [["model", button], "message", "document_ready", "message"]);
});

Deno.test("applyPatch() converts fields of events", () => {
  const { doc, patch } = setUp();
  const plot = new Plot();
  doc.add_root(plot);
  let tapped: Tap | undefined;
  plot.on_event(Tap, (event) => tapped = event);
  patch(message("tap", { model: { id: plot.id }, sx: 1, sy: 2, x: { type: "number", value: "nan" }, y: 4 }));
  assertEquals([tapped?.sx, tapped?.x, tapped?.modifiers], [1, NaN, null]);
});

Deno.test("applyPatch() runs callbacks of messages", () => {
  const { doc, events, patch } = setUp();
  const received: unknown[] = [];
  const listener = (data: unknown) => received.push(data);
  doc.on_message("ping", listener);
  const ping = { kind: "MessageSent", msg_type: "ping", msg_data: { type: "map", entries: [["a", [1, null]]] } };
  patch(ping, { kind: "MessageSent", msg_type: "other" });
  assertEquals(JSON.stringify(received), '[{"a":[1,null]}]');
  doc.remove_on_message("ping", listener);
  patch(ping);
  assertEquals([received.length, events], [1, []]);
});

Deno.test("applyPatch() removes roots and sets attributes that only clients set", () => {
  const { doc, box, events, patch } = setUp();
  const plot = new Plot();
  doc.add_root(plot);
  events.length = 0;
  patch(change(plot, "inner_width", 300), { kind: "RootRemoved", model: { id: box.id } });
  assertEquals([plot.inner_width, doc.roots], [300, [plot]]);
  assertEquals(events.map(({ kind, changeSource }) => [kind, changeSource === client]), [["ModelChanged", true], [
    "RootRemoved",
    true,
  ]]);
});

Deno.test("replaceWith() accepts models with ids that the document had", () => {
  const { doc, slider, events } = setUp();
  const json = doc.to_json();
  slider.value = 7;
  events.length = 0;
  syncOf(doc).replaceWith(json, new Map(), client);
  assertEquals(doc.get_model_by_name<Slider>("slider").value, 1);
  assertEquals(events.map(({ kind, changeSource }) => [kind, changeSource === client]), [["RootRemoved", true], [
    "RootAdded",
    true,
  ]]);
  assertEquals(slider.document, null);
  assertEquals(doc.to_json(), json);
});
