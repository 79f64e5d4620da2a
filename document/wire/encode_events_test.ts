import { assertEquals } from "@std/assert";
import { ClearInput } from "../../models/events.ts";
import { Column, ColumnDataSource, CustomJS, Div, FileInput, Scatter } from "../../models/mod.ts";
import type { PatchEvent } from "../../protocol/patch.ts";
import { Document } from "../document.ts";
import type { DocumentEvent } from "../events/events.ts";
import { syncOf } from "../document_sync.ts";

/** Creates a document of which clients have a snapshot, and batches of its events since then. */
function setUp() {
  const doc = new Document();
  const out = new Div({ name: "out" });
  const box = new Column({ name: "box", children: [out] });
  const source = new ColumnDataSource({ data: { x: [1], y: [2] } });
  box.tags = [source];
  doc.add_root(box);
  const client = {};
  syncOf(doc).noteSnapshot(client);
  let events: DocumentEvent[] = [];
  syncOf(doc).onEvent((event) => events.push(event));
  const batch = () => {
    const taken = events;
    events = [];
    return taken;
  };
  /** Returns the encoded events for one client, or for all. */
  const encoded = (audience?: object, taken = batch()) => {
    const { events, models } = syncOf(doc).encode(taken, { clients: [audience ?? client], for: audience });
    syncOf(doc).noteSent(models, [audience ?? client], audience === undefined ? [] : [client]);
    return events;
  };
  return { doc, out, box, source, client, batch, encoded };
}

function full(model: Div, attributes: Record<string, unknown>): unknown {
  return { type: "object", name: model.type, id: model.id, attributes };
}

Deno.test("encode() encodes each type of event as Bokeh does", () => {
  const { doc, out, source, encoded } = setUp();
  out.text = "changed";
  doc.title = "New title";
  source.stream({ x: [4], y: [5] }, 5);
  source.patch({ y: [[0, 9], [{ start: 1, stop: 2, step: null }, [8]]] });
  source.data = { x: [1], y: [3] };
  source.data["y"] = [4];
  doc.send_message("ping", { a: 1 });
  doc.add_periodic_callback(() => {}, 1);
  const model = { id: source.id };
  const columns = (...entries: unknown[]) => ({ type: "map", entries });
  const slice = { type: "slice", start: 1, stop: 2, step: null };
  const expected: PatchEvent[] = [
    { kind: "ModelChanged", model: { id: out.id }, attr: "text", new: "changed" },
    { kind: "TitleChanged", title: "New title" },
    { kind: "ColumnsStreamed", model, attr: "data", data: columns(["x", [4]], ["y", [5]]), rollover: 5 },
    { kind: "ColumnsPatched", model, attr: "data", patches: columns(["y", [[0, 9], [slice, [8]]]]) },
    { kind: "ColumnDataChanged", model, attr: "data", data: columns(["x", [1]], ["y", [3]]), cols: null },
    { kind: "ColumnDataChanged", model, attr: "data", data: columns(["y", [4]]), cols: ["y"] },
    { kind: "MessageSent", msg_type: "ping", msg_data: { type: "map", entries: [["a", 1]] } },
  ];
  assertEquals(encoded(), expected);
});

Deno.test("encode() writes arrays into buffers", () => {
  const { doc, source, batch } = setUp();
  source.stream({ x: Float64Array.of(6), y: Float64Array.of(7) });
  const { buffers } = syncOf(doc).encode(batch(), { clients: [] });
  assertEquals(buffers.map(({ data }) => new Float64Array(data.slice().buffer)), [
    Float64Array.of(6),
    Float64Array.of(7),
  ]);
});

Deno.test("encode() encodes events of models", () => {
  const { doc, box, encoded } = setUp();
  const file = new FileInput();
  box.children = [file];
  syncOf(doc).sendEvent(new ClearInput({ model: file }));
  assertEquals(encoded()[1], {
    kind: "MessageSent",
    msg_type: "bokeh_event",
    msg_data: { type: "event", name: "clear_input", values: { type: "map", entries: [["model", { id: file.id }]] } },
  });
});

Deno.test("encode() encodes visual properties as values or fields", () => {
  const { doc, encoded } = setUp();
  const glyph = new Scatter();
  doc.add_root(glyph);
  encoded();
  glyph.fill_color = "red";
  assertEquals((encoded()[0] as { new: unknown }).new, { type: "value", value: "red" });
});

Deno.test("encode() omits events that the audience caused", () => {
  const { out, encoded, batch } = setUp();
  const [one, two] = [{}, {}];
  out.setv("text", "by one", { changeSource: one });
  out.text = "by the server";
  const events = batch();
  const texts = (audience?: object) => encoded(audience, events).map((event) => "new" in event && event.new);
  assertEquals(texts(one), ["by the server"]);
  assertEquals(texts(two), ["by one", "by the server"]);
  assertEquals(texts(), ["by one", "by the server"]);
});

Deno.test("encode() writes a new model in full at its first occurrence, for each client that was not sent it", () => {
  const { doc, box, out, client, encoded, batch } = setUp();
  const other = {};
  syncOf(doc).noteSnapshot(other);
  const added = new Div({ text: "new" });
  box.children = [out, added];
  doc.add_root(added);
  const events = batch();
  const encodedFor = (receiver: object) => syncOf(doc).encode(events, { clients: [receiver], for: receiver });
  for (const [receiver, others] of [[client, [other]], [other, [client]]] as const) {
    assertEquals(encodedFor(receiver).events, [
      {
        kind: "ModelChanged",
        model: { id: box.id },
        attr: "children",
        new: [{ id: out.id }, full(added, { text: "new" })],
      },
      { kind: "RootAdded", model: { id: added.id } },
    ]);
    syncOf(doc).noteSent(encodedFor(receiver).models, [receiver], others);
  }
  box.tags = [added];
  assertEquals((encoded()[0] as { new: unknown }).new, [{ id: added.id }]);
});

Deno.test("encode() omits changes that are part of a model written in full", () => {
  const { doc, encoded } = setUp();
  const source = new ColumnDataSource({ data: { x: [1] } });
  doc.add_root(source);
  source.stream({ x: [2] });
  source.name = "streamed";
  const [only, ...others] = encoded();
  assertEquals(others, []);
  const { attributes } = (only as { model: { attributes: Record<string, unknown> } }).model;
  assertEquals(attributes["data"], { type: "map", entries: [["x", [1, 2]]] });
  assertEquals(attributes["name"], "streamed");
  source.stream({ x: [3] });
  assertEquals(encoded().map(({ kind }) => kind), ["ColumnsStreamed"]);
});

Deno.test("encode() encodes column data without rows that were added later", () => {
  const { source, encoded } = setUp();
  source.stream({ x: [2], y: [3] });
  source.data = { ...source.data };
  source.stream({ x: [4], y: [5] });
  const reps = encoded().map((event) => "data" in event && event.data);
  assertEquals(reps[1], { type: "map", entries: [["x", [1, 2]], ["y", [2, 3]]] });
});

Deno.test("encode() encodes the value of the model, not that of trigger()", () => {
  const { out, encoded } = setUp();
  out.text = "held";
  encoded();
  const received: unknown[] = [];
  out.on_change("text", (_attr, old, value) => received.push(old, value));
  out.trigger("text", "old", "new");
  assertEquals(received, ["old", "new"]);
  assertEquals(encoded(), [{ kind: "ModelChanged", model: { id: out.id }, attr: "text", new: "held" }]);
});

Deno.test("encode() omits changes of removed models", () => {
  const { box, out, encoded } = setUp();
  box.children = [];
  out.text = "gone";
  assertEquals(encoded().map((event) => "attr" in event && event.attr), ["children"]);
});

Deno.test("encode() writes a model in full when it is added again", () => {
  const { box, out, encoded } = setUp();
  box.children = [];
  encoded();
  box.children = [out];
  assertEquals((encoded()[0] as { new: unknown }).new, [full(out, { name: "out" })]);
});

Deno.test("encode() distinguishes events before a snapshot from held ones", () => {
  const { doc, box, encoded } = setUp();
  const added = new Div();
  doc.hold();
  box.children = [added];
  assertEquals(encoded(), []);
  doc.unhold();
  assertEquals((encoded()[0] as { new: unknown }).new, [{ type: "object", name: "Div", id: added.id }]);
});

Deno.test("noteSnapshot() makes the models known to a client, to_json() does not", () => {
  const { doc, box, client, batch, encoded } = setUp();
  const added = new Div();
  box.children = [added];
  const model = { type: "object", name: "Div", id: added.id };
  doc.to_json();
  assertEquals((encoded()[0] as { new: unknown }).new, [model]);
  const late = new Div();
  box.tags = [late];
  batch();
  syncOf(doc).noteSnapshot(client);
  box.children = [late];
  assertEquals((encoded()[0] as { new: unknown }).new, [{ id: late.id }]);
});

Deno.test("encode() writes an incomplete model that a later event of the batch has removed", () => {
  const { out, encoded } = setUp();
  const incomplete = new CustomJS();
  out.tags = [incomplete];
  const added = { kind: "ModelChanged", model: { id: out.id }, attr: "tags" } as const;
  const rep = { type: "object", name: "CustomJS", id: incomplete.id };
  out.tags = [];
  assertEquals(encoded(), [{ ...added, new: [rep] }, { ...added, new: [] }]);
});
