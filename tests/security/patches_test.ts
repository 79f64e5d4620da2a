/** Invalid patches: after ERROR the document is unchanged for all clients. */

import { assert, assertEquals } from "@std/assert";
import { gzipSync } from "node:zlib";
import { testAttacks } from "../kit/attack_series.ts";
import { idOf, type Json, message } from "../kit/messages.ts";
import { type WireClient } from "../kit/wire_client.ts";

/** Returns the JSON of a document without the ids of buffers, which differ in each reply. */
async function stateOf(client: WireClient): Promise<string> {
  return JSON.stringify(await client.pull()).replaceAll(/"data":\{"id":"[^"]*"\}/g, "");
}

const nan = { type: "number", value: "nan" };

/** Returns invalid events by description. The ids are those of models of a document. */
function wrongEvents(slider: string, source: string, out: string): Record<string, unknown> {
  const set = (id: unknown, attr: unknown, value: unknown) => ({
    kind: "ModelChanged",
    model: { id },
    attr,
    new: value,
  });
  const stream = (data: unknown, rollover: unknown = null) => ({
    kind: "ColumnsStreamed",
    model: { id: source },
    attr: "data",
    data,
    rollover,
  });
  const patch = (patches: unknown) => ({ kind: "ColumnsPatched", model: { id: source }, attr: "data", patches });
  const replace = (data: unknown, cols: unknown = null) => ({
    kind: "ColumnDataChanged",
    model: { id: source },
    attr: "data",
    data,
    cols,
  });
  const row = { x: [4], t: ["d"], n: [4], w: [[7, 8]] };
  const bytes = (data: unknown) => ({ type: "bytes", data });
  const array = (fields: object) => ({
    type: "ndarray",
    array: bytes(""),
    shape: [0],
    dtype: "float64",
    order: "little",
    ...fields,
  });
  return {
    "no kind": {},
    "unknown kind": { kind: "Nope" },
    "kind __proto__": { kind: "__proto__" },
    "kind is a number": { kind: 1 },
    "unknown model": set("nope", "value", 1),
    "model __proto__": set("__proto__", "value", 1),
    "model constructor": set("constructor", "value", 1),
    "model id is a number": set(7, "value", 1),
    "model id is null": set(null, "value", 1),
    "no model": { kind: "ModelChanged", attr: "value", new: 1 },
    "model is a text": { kind: "ModelChanged", model: slider, attr: "value", new: 1 },
    "attr is a number": set(slider, 7, 1),
    "attr is missing": { kind: "ModelChanged", model: { id: slider }, new: 1 },
    "value is missing": { kind: "ModelChanged", model: { id: slider }, attr: "value" },
    "text for a number": set(slider, "value", "high"),
    "list for a number": set(slider, "value", [1]),
    "object for a number": set(slider, "value", { a: 1 }),
    "number for a text": set(out, "text", 3),
    "null for a text": set(out, "text", null),
    "unknown type": set(out, "text", { type: "nope" }),
    "type __proto__": set(out, "tags", [{ type: "__proto__" }]),
    "unknown model type": set(out, "tags", [{ type: "object", name: "Nope", id: "x" }]),
    "model type constructor": set(out, "tags", [{ type: "object", name: "constructor", id: "x" }]),
    "model with wrong attribute": set(out, "tags", [{
      type: "object",
      name: "Slider",
      id: "x",
      attributes: { value: "a" },
    }]),
    "unknown reference": set(out, "tags", [{ id: "p999999" }]),
    "unknown symbol": set(out, "tags", [{ type: "symbol", name: "x" }]),
    "unknown buffer": set(out, "tags", [bytes({ id: "nope" })]),
    "bytes that are no base64": set(out, "tags", [bytes("%%%")]),
    "bytes that are no gzip": set(out, "tags", [bytes("AAAA")]),
    "unknown dtype": set(out, "tags", [array({ dtype: "nope", array: bytes("H4sIAAAAAAAAAwMAAAAAAAAAAAA=") })]),
    "wrong byte order": set(out, "tags", [array({ order: "middle" })]),
    "shape that does not fit": set(out, "tags", [array({ shape: [3] })]),
    "negative shape": set(out, "tags", [array({ shape: [-1] })]),
    "huge shape": set(out, "tags", [array({ shape: [1e9, 1e9] })]),
    "number of no kind": set(slider, "value", { type: "number", value: "ten" }),
    "slice of texts": set(out, "tags", [{ type: "slice", start: "a" }]),
    "map of half entries": set(out, "tags", [{ type: "map", entries: [[1]] }]),
    "map of no list": set(out, "tags", [{ type: "map", entries: 3 }]),
    "stream of a text": stream({ ...row, x: "abc" }),
    "stream of a column more": stream({ ...row, more: [1] }),
    "stream of a column less": stream({ x: [4] }),
    "stream of uneven columns": stream({ ...row, x: [4, 5] }),
    "stream of null": stream(null),
    "stream of a list": stream([1]),
    "rollover is negative": stream(row, -1),
    "rollover is a fraction": stream(row, 1.5),
    "rollover is a text": stream(row, "2"),
    "rollover is NaN": stream(row, nan),
    "rollover is a list": stream(row, [2]),
    "patch of an unknown column": patch({ nope: [[0, 1]] }),
    "patch of column __proto__": patch({ type: "map", entries: [["__proto__", [[0, 1]]]] }),
    "patch past the end": patch({ x: [[3, 1]] }),
    "patch before the start": patch({ x: [[-1, 1]] }),
    "patch at a fraction": patch({ x: [[0.5, 1]] }),
    "patch at a text": patch({ x: [["0", 1]] }),
    "patch at null": patch({ x: [[null, 1]] }),
    "patch of no pair": patch({ x: [[0]] }),
    "patch of no list": patch({ x: 3 }),
    "patch that begins well": patch({ x: [[0, 77], [3, 78]] }),
    "slice that grows": patch({ x: [[{ type: "slice", start: 0, stop: 2, step: null }, [1, 2, 3]]] }),
    "slice that shrinks": patch({ x: [[{ type: "slice", start: 0, stop: 3, step: null }, [1]]] }),
    "slice past the end": patch({
      x: [[{ type: "slice", start: 0, stop: 9, step: null }, [1, 2, 3, 4, 5, 6, 7, 8, 9]]],
    }),
    "slice of step 0": patch({ x: [[{ type: "slice", start: 0, stop: 2, step: 0 }, [1, 2]]] }),
    "slice of a negative step": patch({ x: [[{ type: "slice", start: 2, stop: 0, step: -1 }, [1, 2]]] }),
    "slice of a number": patch({ x: [[{ type: "slice", start: 0, stop: 2, step: null }, 7]] }),
    "index of three": patch({ w: [[[0, 0, 0], 1]] }),
    "index into the row past its end": patch({ w: [[[0, 9], 1]] }),
    "columns are a list": replace([1, 2]),
    "columns of no source": { kind: "ColumnDataChanged", model: { id: slider }, attr: "data", data: {} },
    "columns are texts": replace({ x: "abc" }),
    "cols is a number": replace({ x: [1] }, 7),
    "title is a number": { kind: "TitleChanged", title: 3 },
    "title is a list": { kind: "TitleChanged", title: ["a"] },
    "title is null": { kind: "TitleChanged", title: null },
    "title is NaN": { kind: "TitleChanged", title: nan },
    "no title": { kind: "TitleChanged" },
    "root is no model": { kind: "RootAdded", model: 3 },
    "root is a map": { kind: "RootAdded", model: { type: "map", entries: [] } },
    "root is unknown": { kind: "RootAdded", model: { id: "nope" } },
    "unknown root removed": { kind: "RootRemoved", model: { id: "nope" } },
    "message without a type": { kind: "MessageSent", msg_data: 1 },
    "event without a name": { kind: "MessageSent", msg_type: "bokeh_event", msg_data: { type: "event" } },
    "unknown event": {
      kind: "MessageSent",
      msg_type: "bokeh_event",
      msg_data: { type: "event", name: "nope", values: {} },
    },
    "event __proto__": {
      kind: "MessageSent",
      msg_type: "bokeh_event",
      msg_data: { type: "event", name: "__proto__", values: {} },
    },
    "event of an unknown model": {
      kind: "MessageSent",
      msg_type: "bokeh_event",
      msg_data: { type: "event", name: "button_click", values: { type: "map", entries: [["model", { id: "nope" }]] } },
    },
  };
}

testAttacks("Patches: an invalid one is answered with ERROR and changes nothing", {}, async (server, attack) => {
  await attack("alone, and after or before a valid event", async () => {
    using client = await server.client("wrong-patches");
    using peer = await server.client("wrong-patches");
    const doc = await client.pull();
    const before = await stateOf(client);
    const events = wrongEvents(idOf(doc, "slider"), idOf(doc, "source"), idOf(doc, "out"));
    const right = { kind: "TitleChanged", title: "half" };
    for (const [name, wrong] of Object.entries(events)) {
      for (const patch of [[wrong], [right, wrong], [wrong, right]]) {
        const reply = await client.ask("PATCH-DOC", { events: patch });
        assertEquals(reply?.type, "ERROR", name);
        assert(!/\.ts|node_modules|at \w+ \(/.test(reply!.content.text), `${name}: ${reply!.content.text}`);
      }
    }
    assertEquals(await stateOf(client), before);
    // The peer has received no patch: its next message is the reply to its request.
    await peer.send(...message("SERVER-INFO-REQ"));
    assertEquals((await peer.next())?.type, "SERVER-INFO-REPLY");
  });
  await attack("an unknown attribute is ignored, as other versions of BokehJS have others", async () => {
    using client = await server.client();
    const doc = await client.pull();
    for (const attr of ["nope", "__proto__", "constructor", "hasOwnProperty", "document", "id", "type", "#values"]) {
      const event = { kind: "ModelChanged", model: { id: idOf(doc, "slider") }, attr, new: 1 };
      assertEquals(await client.patch(event), "OK", attr);
    }
    assertEquals(await stateOf(client), JSON.stringify(doc).replaceAll(/"data":\{"id":"[^"]*"\}/g, ""));
  });
  await attack("columns can have the name __proto__", async () => {
    using client = await server.client();
    const source = idOf(await client.pull(), "source");
    const map = (entries: Json[]) => ({ type: "map", entries });
    const model = { id: source };
    const data = map([["__proto__", [1, 2]], ["constructor", [3, 4]]]);
    assertEquals(await client.patch({ kind: "ColumnDataChanged", model, attr: "data", data, cols: null }), "OK");
    const more = map([["__proto__", [5]], ["constructor", [6]]]);
    assertEquals(
      await client.patch({ kind: "ColumnsStreamed", model, attr: "data", data: more, rollover: null }),
      "OK",
    );
    const patches = map([["__proto__", [[0, 9]]]]);
    assertEquals(await client.patch({ kind: "ColumnsPatched", model, attr: "data", patches }), "OK");
    const text = await stateOf(client);
    assert(text.includes('["__proto__",[9,2,5]]') && text.includes('["constructor",[3,4,6]]'), text.slice(0, 900));
  });
  await attack("circular references of models are accepted", async () => {
    using client = await server.client();
    const out = idOf(await client.pull(), "out");
    const b = { type: "object", name: "Div", id: "b", attributes: { tags: [{ id: "a" }] } };
    const a = { type: "object", name: "Div", id: "a", attributes: { tags: [b] } };
    const reply = await client.patch({ kind: "ModelChanged", model: { id: out }, attr: "tags", new: [a] });
    assert(reply === "OK" || reply === "ERROR");
    assertEquals((await client.pull()).title, "Attacked");
  });
  await attack("decompression bombs are answered with ERROR and take little memory", async () => {
    using client = await server.client();
    const out = idOf(await client.pull(), "out");
    for (const megabytes of [64, 200]) {
      const data = gzipSync(new Uint8Array(megabytes * 1024 * 1024)).toString("base64");
      await server.resetPeakMemory();
      const before = await server.memory();
      const event = { kind: "ModelChanged", model: { id: out }, attr: "tags", new: [{ type: "bytes", data }] };
      assertEquals(await client.patch(event), "ERROR");
      assert(await server.peakMemory() - before < 48, `${await server.peakMemory() - before} MiB of ${megabytes}`);
    }
  });
  await attack("changes of a callback that throws later are sent to all clients", async () => {
    using client = await server.client("throws");
    using peer = await server.client("throws");
    const doc = await client.pull();
    await peer.pull();
    const event = { kind: "ModelChanged", model: { id: idOf(doc, "action") }, attr: "value", new: "throw" };
    assertEquals(await client.patch(event), "ERROR");
    const received = await peer.next();
    assertEquals(received?.type, "PATCH-DOC");
    assertEquals(received!.content.events.map((event: Json) => event.new), ["throw", "before the throw"]);
    assertEquals(await stateOf(client), await stateOf(peer));
  });
  await attack("an invalid pushed document replaces nothing", async () => {
    using client = await server.client();
    const before = await stateOf(client);
    const docs = [
      { title: 3, roots: [] },
      { title: "x", roots: [3] },
      { title: "x", roots: [{ type: "object", name: "Nope", id: "a" }] },
      { title: "x", roots: [{ id: "nope" }] },
      { title: "x", roots: [{ type: "object", name: "Slider", id: "a", attributes: { value: "z" } }] },
      { title: "x", roots: [], config: 3 },
      { title: "x", roots: [], callbacks: 3 },
      { title: "x", roots: [], defs: 3 },
    ];
    for (const doc of docs) assertEquals((await client.ask("PUSH-DOC", { doc }))?.type, "ERROR", JSON.stringify(doc));
    assertEquals(await stateOf(client), before);
  });
  await attack("a patch with 100,000 events or models is answered and blocks others only briefly", async () => {
    using client = await server.client();
    using other = await server.client();
    const out = idOf(await client.pull(), "out");
    const events = Array.from(
      { length: 100_000 },
      (_, i) => ({ kind: "ModelChanged", model: { id: out }, attr: "text", new: `${i}` }),
    );
    const models = Array.from({ length: 100_001 }, (_, i) => ({ type: "object", name: "Selection", id: `m${i}` }));
    await client.send(...message("PATCH-DOC", { events }));
    await client.send(
      ...message("PATCH-DOC", { events: [{ kind: "ModelChanged", model: { id: out }, attr: "tags", new: models }] }),
    );
    const started = performance.now();
    assertEquals((await other.ask("SERVER-INFO-REQ"))?.type, "SERVER-INFO-REPLY");
    assert(performance.now() - started < 5000);
    assertEquals((await client.next(20))?.type, "OK");
    assertEquals((await client.next(20))?.type, "ERROR");
  });
});
