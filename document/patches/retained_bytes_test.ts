import { assert, assertEquals, assertThrows } from "@std/assert";
import { ColumnDataSource, Div } from "../../models/mod.ts";
import type { PatchEvent } from "../../protocol/patch.ts";
import { MemoryPool } from "../../protocol/memory_pool.ts";
import { PatchError } from "./patch_error.ts";
import { createDocument, syncOf } from "../document_sync.ts";

const MEBIBYTE = 2 ** 20;
const CLIENT = {};

/** Creates a document with a `Div` and a data source, and functions that change it as a client. */
function retaining({ limit = 20 * MEBIBYTE, pool = new MemoryPool(0) } = {}) {
  const doc = createDocument({ retention: { limit, pool } });
  const div = new Div();
  const numbers = Array.from({ length: 1000 }, (_, i) => i);
  const source = new ColumnDataSource({ data: { x: numbers, t: numbers.map(String), n: Float64Array.from(numbers) } });
  doc.add_root(div);
  doc.add_root(source);
  const apply = (...events: object[]) => syncOf(doc).applyPatch(events as unknown as PatchEvent[], undefined, CLIENT);
  const set = (attr: string, value: unknown) =>
    apply({ kind: "ModelChanged", model: { id: div.id }, attr, new: value });
  const data = { model: { id: source.id }, attr: "data" };
  const total = () => {
    void doc.models; // sweeps: removes models without references
    return syncOf(doc).retainedBytes;
  };
  return { doc, div, source, data, apply, set, total, pool };
}

function root(id: string, text: string): object {
  return { kind: "RootAdded", model: { type: "object", name: "Div", id, attributes: { text } } };
}

const LONG = "x".repeat(MEBIBYTE);

Deno.test("RetainedBytes does not count values of the application", () => {
  const { doc, div, total } = retaining();
  div.text = LONG;
  doc.add_root(new Div({ text: LONG }));
  assertEquals(total(), 0);
});

Deno.test("RetainedBytes counts a value of a client until it is replaced", () => {
  const { div, set, total } = retaining();
  for (let i = 0; i < 100; i++) set("text", LONG + i);
  assert(total() > MEBIBYTE && total() < 3 * MEBIBYTE, String(total()));
  set("text", "short");
  assert(total() < 1000, String(total()));
  set("text", LONG);
  div.text = "mine";
  assertEquals(total(), 0);
});

Deno.test("RetainedBytes counts models of a client until they are removed", () => {
  const { apply, total } = retaining();
  for (let i = 0; i < 50; i++) {
    apply(root(`d${i}`, LONG));
    assert(total() > MEBIBYTE);
    apply({ kind: "RootRemoved", model: { id: `d${i}` } });
    assertEquals(total(), 0);
  }
});

Deno.test("RetainedBytes does not add up streamed rows that were dropped, and edited cells", () => {
  const { apply, data, total } = retaining();
  for (let i = 0; i < 3000; i++) {
    apply({ kind: "ColumnsStreamed", ...data, data: { x: [i], t: ["x".repeat(1000)], n: [i] }, rollover: 1000 });
  }
  assert(total() > MEBIBYTE && total() < 6 * MEBIBYTE, String(total()));
  const before = total();
  for (let i = 0; i < 3000; i++) {
    apply({ kind: "ColumnsPatched", ...data, patches: { t: [[i % 1000, "y".repeat(1000)]], n: [[i % 1000, i]] } });
  }
  assert(total() < before + 2 * MEBIBYTE, String(total()));
});

Deno.test("a patch over the limit changes nothing, and removing models frees memory", () => {
  const { doc, apply, set, total } = retaining();
  for (let i = 0; i < 9; i++) apply(root(`d${i}`, LONG));
  const before = JSON.stringify(doc.to_json());
  assertThrows(() => apply(root("d9", LONG), root("d10", LONG)), PatchError, "bytes that the document retains");
  assertThrows(() => set("text", LONG.repeat(2)), PatchError, "bytes that the document retains");
  assertEquals(JSON.stringify(doc.to_json()), before);
  apply({ kind: "RootRemoved", model: { id: "d0" } });
  apply(root("d9", LONG));
  assert(total() < 20 * MEBIBYTE);
});

Deno.test("a pushed document replaces the bytes of the previous one", () => {
  const { doc, total } = retaining();
  for (let i = 0; i < 20; i++) {
    const roots = Array.from({ length: 6 }, (_, j) => (root(`d${i}-${j}`, LONG) as { model: unknown }).model);
    syncOf(doc).replaceWith({ title: "t", roots, version: "3.10.2" }, undefined, CLIENT);
  }
  assert(total() > 6 * MEBIBYTE && total() < 19 * MEBIBYTE, String(total()));
  const roots = Array.from({ length: 12 }, (_, j) => (root(`e${j}`, LONG) as { model: unknown }).model);
  assertThrows(
    () => syncOf(doc).replaceWith({ title: "t", roots, version: "3.10.2" }),
    PatchError,
    "bytes that the document",
  );
});

Deno.test("a full pool stops the growth of large documents and accepts small changes of others", async () => {
  const pool = new MemoryPool(10 * MEBIBYTE);
  const greedy = retaining({ pool });
  const modest = retaining({ pool });
  for (let i = 0; i < 4; i++) greedy.apply(root(`d${i}`, LONG));
  assertThrows(() => greedy.apply(root("d4", LONG)), PatchError, "bytes that the document retains");
  modest.set("text", "x".repeat(1000));
  assertThrows(() => modest.set("text", LONG), PatchError, "bytes that the document retains");
  await syncOf(greedy.doc).destroy({} as never);
  modest.set("text", LONG);
  await syncOf(modest.doc).destroy({} as never);
  assertEquals(pool.used, 0);
});

Deno.test("RetainedBytes counts models together with the model that contains them", () => {
  const { doc, apply, total } = retaining();
  const plots = Array.from({ length: 100 }, () => ({ type: "object", name: "Plot" }));
  apply({ kind: "RootAdded", model: { type: "object", name: "Div", id: "d", attributes: { tags: plots } } });
  assert(doc.models.length > 500);
  assert(total() > 500 * doc.models.length, String(total()));
});

Deno.test("many small documents cannot exceed a full pool without limit", () => {
  const pool = new MemoryPool(20 * MEBIBYTE);
  for (let i = 0; i < 60; i++) {
    const { set } = retaining({ pool });
    try {
      set("text", "x".repeat(0.4 * MEBIBYTE));
    } catch (error) {
      assert(error instanceof PatchError);
    }
  }
  assert(pool.used > 35 * MEBIBYTE && pool.used <= 36 * MEBIBYTE, `${pool.used} bytes`);
});
