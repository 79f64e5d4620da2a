import { assertEquals } from "@std/assert";
import { ClearInput } from "../../models/events.ts";
import { Column, ColumnDataSource, Div, FileInput, Scatter } from "../../models/mod.ts";
import type { PatchEvent } from "../../protocol/patch.ts";
import { Document } from "../document.ts";
import type { DocumentEvent } from "../events/events.ts";
import { syncOf } from "../document_sync.ts";

/** A document that clients know, and its events since then, batch by batch. */
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
  /** What one client is sent, or all clients are. */
  const heard = (audience?: object, taken = batch()) => {
    const { events, models } = syncOf(doc).encode(taken, { clients: [audience ?? client], for: audience });
    syncOf(doc).noteSent(models, [audience ?? client], audience === undefined ? [] : [client]);
    return events;
  };
  return { doc, out, box, source, client, batch, heard };
}

function full(model: Div, attributes: Record<string, unknown>): unknown {
  return { type: "object", name: model.type, id: model.id, attributes };
}

Deno.test("encode() writes each kind of event as Bokeh does", () => {
  const { doc, out, source, heard } = setUp();
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
  assertEquals(heard(), expected);
});

Deno.test("encode() puts arrays into buffers", () => {
  const { doc, source, batch } = setUp();
  source.stream({ x: Float64Array.of(6), y: Float64Array.of(7) });
  const { buffers } = syncOf(doc).encode(batch(), { clients: [] });
  assertEquals(buffers.map(({ data }) => new Float64Array(data.slice().buffer)), [
    Float64Array.of(6),
    Float64Array.of(7),
  ]);
});

Deno.test("encode() writes events of models", () => {
  const { doc, box, heard } = setUp();
  const file = new FileInput();
  box.children = [file];
  syncOf(doc).sendEvent(new ClearInput({ model: file }));
  assertEquals(heard()[1], {
    kind: "MessageSent",
    msg_type: "bokeh_event",
    msg_data: { type: "event", name: "clear_input", values: { type: "map", entries: [["model", { id: file.id }]] } },
  });
});

Deno.test("encode() writes visual properties as values or fields", () => {
  const { doc, heard } = setUp();
  const glyph = new Scatter();
  doc.add_root(glyph);
  heard();
  glyph.fill_color = "red";
  assertEquals((heard()[0] as { new: unknown }).new, { type: "value", value: "red" });
});

Deno.test("encode() leaves out what the audience caused", () => {
  const { out, heard, batch } = setUp();
  const [one, two] = [{}, {}];
  out.setv("text", "by one", { changeSource: one });
  out.text = "by the server";
  const events = batch();
  const texts = (audience?: object) => heard(audience, events).map((event) => "new" in event && event.new);
  assertEquals(texts(one), ["by the server"]);
  assertEquals(texts(two), ["by one", "by the server"]);
  assertEquals(texts(), ["by one", "by the server"]);
});

Deno.test("encode() writes a new model in full where it first appears, to each client that was not sent it", () => {
  const { doc, box, out, client, heard, batch } = setUp();
  const other = {};
  syncOf(doc).noteSnapshot(other);
  const added = new Div({ text: "new" });
  box.children = [out, added];
  doc.add_root(added);
  const events = batch();
  const encoded = (receiver: object) => syncOf(doc).encode(events, { clients: [receiver], for: receiver });
  for (const [receiver, others] of [[client, [other]], [other, [client]]] as const) {
    assertEquals(encoded(receiver).events, [
      {
        kind: "ModelChanged",
        model: { id: box.id },
        attr: "children",
        new: [{ id: out.id }, full(added, { text: "new" })],
      },
      { kind: "RootAdded", model: { id: added.id } },
    ]);
    syncOf(doc).noteSent(encoded(receiver).models, [receiver], others);
  }
  box.tags = [added];
  assertEquals((heard()[0] as { new: unknown }).new, [{ id: added.id }]);
});

Deno.test("encode() does not tell again what a model written in full shows already", () => {
  const { doc, heard } = setUp();
  const source = new ColumnDataSource({ data: { x: [1] } });
  doc.add_root(source);
  source.stream({ x: [2] });
  source.name = "streamed";
  const [only, ...others] = heard();
  assertEquals(others, []);
  const { attributes } = (only as { model: { attributes: Record<string, unknown> } }).model;
  assertEquals(attributes["data"], { type: "map", entries: [["x", [1, 2]]] });
  assertEquals(attributes["name"], "streamed");
  source.stream({ x: [3] });
  assertEquals(heard().map(({ kind }) => kind), ["ColumnsStreamed"]);
});

Deno.test("encode() tells of column data as it was before rows were added to it", () => {
  const { source, heard } = setUp();
  source.stream({ x: [2], y: [3] });
  source.data = { ...source.data };
  source.stream({ x: [4], y: [5] });
  const reps = heard().map((event) => "data" in event && event.data);
  assertEquals(reps[1], { type: "map", entries: [["x", [1, 2]], ["y", [2, 3]]] });
});

Deno.test("encode() tells clients what a model holds, whatever was triggered", () => {
  const { out, heard } = setUp();
  out.text = "held";
  heard();
  const told: unknown[] = [];
  out.on_change("text", (_attr, old, value) => told.push(old, value));
  out.trigger("text", "old", "new");
  assertEquals(told, ["old", "new"]);
  assertEquals(heard(), [{ kind: "ModelChanged", model: { id: out.id }, attr: "text", new: "held" }]);
});

Deno.test("encode() says nothing of models that have left", () => {
  const { box, out, heard } = setUp();
  box.children = [];
  out.text = "gone";
  assertEquals(heard().map((event) => "attr" in event && event.attr), ["children"]);
});

Deno.test("encode() writes a model in full again when it comes back", () => {
  const { box, out, heard } = setUp();
  box.children = [];
  heard();
  box.children = [out];
  assertEquals((heard()[0] as { new: unknown }).new, [full(out, { name: "out" })]);
});

Deno.test("encode() knows what came before a hold from what came under it", () => {
  const { doc, box, heard } = setUp();
  const added = new Div();
  doc.hold();
  box.children = [added];
  assertEquals(heard(), []);
  doc.unhold();
  assertEquals((heard()[0] as { new: unknown }).new, [{ type: "object", name: "Div", id: added.id }]);
});

Deno.test("a snapshot that a client is sent makes models known to it, to_json() does not", () => {
  const { doc, box, client, batch, heard } = setUp();
  const added = new Div();
  box.children = [added];
  const model = { type: "object", name: "Div", id: added.id };
  doc.to_json();
  assertEquals((heard()[0] as { new: unknown }).new, [model]);
  const late = new Div();
  box.tags = [late];
  batch();
  syncOf(doc).noteSnapshot(client);
  box.children = [late];
  assertEquals((heard()[0] as { new: unknown }).new, [{ id: late.id }]);
});
