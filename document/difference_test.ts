import { assert, assertEquals, assertThrows } from "@std/assert";
import { Document } from "@bokeh/server";
import { column } from "@bokeh/server/layouts";
import { Button, ColumnDataSource, Div, Model, Slider } from "@bokeh/server/models";
import { figure } from "@bokeh/server/plotting";
import { applyDifference } from "./difference.ts";
import { syncOf } from "./document_sync.ts";

/** Returns a copy of a document, as a client pulls it. */
function pulled(server: Document): Document {
  const client = new Document();
  const { doc, buffers } = syncOf(server).snapshot({ deferred: true });
  syncOf(client).replaceWith(JSON.parse(JSON.stringify(doc)), new Map(buffers.map(({ id, data }) => [id, data])));
  return client;
}

/** Applies the difference and compares the documents. */
function refresh(client: Document, server: Document): void {
  const { doc, buffers } = syncOf(server).snapshot({ deferred: true });
  const received = JSON.parse(JSON.stringify(doc));
  applyDifference(syncOf(client), { doc: received, buffers: new Map(buffers.map(({ id, data }) => [id, data])) }, {});
  assertEquals(valuesOf(client), valuesOf(server));
}

/** Returns all values of all models including defaults, with models as their ids. */
function valuesOf(doc: Document): Record<string, unknown> {
  const values = (model: Model) =>
    Object.entries(model.properties_with_values()).map(([attr, value]) => [attr, plain(model.wireValue(attr, value))]);
  const models = [...doc.models, doc.config].map((model) => [model.id, Object.fromEntries(values(model))]);
  return { ...Object.fromEntries(models), title: doc.title, roots: doc.roots.map((root) => root.id) };
}

function plain(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (value instanceof Model) return value.id;
  if (Array.isArray(value) || ArrayBuffer.isView(value)) return Array.from(value as unknown[], plain);
  if (value instanceof Map || value instanceof Set) return plain([...value]);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plain(item)]));
}

function sliderDocument(): Document {
  const doc = new Document({ title: "Before" });
  doc.add_root(new Slider({ name: "slider", start: 0, end: 10, value: 1, title: "mine" }));
  doc.add_root(new Div({ name: "div", text: "text" }));
  return doc;
}

Deno.test("applyDifference() changes differing values and keeps the model objects", () => {
  const server = sliderDocument();
  const client = pulled(server);
  const slider = client.get_model_by_name<Slider>("slider");
  const received: unknown[] = [];
  slider.on_change("value", (_attr, old, value) => received.push([old, value]));
  slider.value = 3;
  server.get_model_by_name<Slider>("slider").value = 5;
  server.title = "After";
  refresh(client, server);
  assertEquals(client.get_model_by_name<Slider>("slider"), slider);
  assertEquals(received, [[1, 3], [3, 5]]);
});

Deno.test("applyDifference() reverts values that the server does not have", () => {
  const server = sliderDocument();
  const client = pulled(server);
  client.get_model_by_name<Slider>("slider").update({ orientation: "vertical", tags: ["mine"] });
  client.add_root(new Button({ label: "mine" }));
  client.config.notify_connection_status = false;
  refresh(client, server);
  assertEquals(client.get_model_by_name<Slider>("slider").orientation, "horizontal");
});

Deno.test("applyDifference() makes no change if nothing differs", () => {
  const server = sliderDocument();
  const client = pulled(server);
  client.on_change((event) => {
    throw new Error(`Cannot be: ${event.kind}`);
  });
  refresh(client, server);
});

Deno.test("applyDifference() creates a new model before others refer to it", () => {
  const server = sliderDocument();
  const client = pulled(server);
  const fresh = new Button({ label: "fresh" });
  const slider = server.get_model_by_name<Slider>("slider");
  server.clear();
  server.add_root(column([fresh, slider]));
  slider.tags = [fresh, { deep: [fresh] }];
  fresh.tags = [slider];
  const mine = client.get_model_by_name<Slider>("slider");
  refresh(client, server);
  assertEquals(client.get_model_by_name<Slider>("slider"), mine);
  assert((mine.tags as unknown[])[0] instanceof Button);
});

Deno.test("applyDifference() updates columns and plots", () => {
  const server = new Document();
  const source = new ColumnDataSource({ data: { x: Float64Array.of(1, 2), y: [1, null] } });
  const plot = figure();
  plot.line({ x: "x", y: "y", source });
  server.add_root(plot);
  const client = pulled(server);
  const theirs = client.select_one(ColumnDataSource);
  source.stream({ x: [3], y: [4] });
  plot.scatter({ x: "x", y: "y", source });
  refresh(client, server);
  assertEquals(client.select_one(ColumnDataSource), theirs);
  assertEquals([...theirs.data.x!], [1, 2, 3]);
});

Deno.test("applyDifference() keeps the order of roots", () => {
  const server = sliderDocument();
  const client = pulled(server);
  const [first] = server.roots;
  server.remove_root(first!);
  server.add_root(first!);
  refresh(client, server);
  assertEquals(client.roots.map((root) => root.type), ["Div", "Slider"]);
});

Deno.test("applyDifference() replaces everything if an id belongs to another class", () => {
  const client = pulled(sliderDocument());
  const server = new Document();
  const taken = new Button({ name: "slider", label: "now" });
  server.add_root(new Div({ text: "first" }));
  server.add_root(taken);
  const [slider] = client.roots;
  assertEquals(server.roots[0]!.id, slider!.id);
  refresh(client, server);
  assertEquals(client.get_model_by_name("slider")?.type, "Button");
});

Deno.test("applyDifference() throws for an invalid document and changes nothing", () => {
  const server = sliderDocument();
  const client = pulled(server);
  const before = client.to_json();
  const { doc } = syncOf(server).snapshot();
  const wrong = JSON.parse(JSON.stringify(doc).replace('"value":1', '"value":"much"'));
  assertThrows(
    () => applyDifference(syncOf(client), { doc: { ...wrong, title: "no" }, buffers: new Map() }, {}),
    Error,
    "value",
  );
  assertEquals(client.to_json(), before);
});
