import { assertEquals } from "@std/assert";
import type { DocJson } from "../../protocol/message.ts";
import { differences, normalizeDocument } from "./normalize.ts";

function documentOf(...roots: unknown[]): DocJson {
  return { version: "3.10.2", title: "t", roots };
}

function normalize(...roots: unknown[]) {
  return normalizeDocument({ doc: documentOf(...roots), buffers: new Map() });
}

Deno.test("normalizeDocument: numbers ids in the order of traversal", () => {
  const inner = { type: "object", name: "Range1d", id: "p7", attributes: { start: 1 } };
  assertEquals(normalize({ type: "object", name: "Plot", id: "p1", attributes: { x: inner, y: { id: "p7" } } }), {
    title: "t",
    roots: [{
      model: "Plot",
      id: "#1",
      attributes: { x: { model: "Range1d", id: "#2", attributes: { start: 1 } }, y: { ref: "#2" } },
    }],
  });
});

Deno.test("normalizeDocument: converts arrays to lists and sorts sets", () => {
  const buffers = new Map([["b1", new Uint8Array(Float64Array.of(1, NaN).buffer)]]);
  const array = { type: "bytes", data: { id: "b1" } };
  const ndarray = { type: "ndarray", array, shape: [2], dtype: "float64", order: "little" };
  assertEquals(
    normalizeDocument({ doc: documentOf(ndarray), buffers }),
    normalize([1, { type: "number", value: "nan" }]),
  );
  assertEquals(
    differences(normalize({ type: "set", entries: ["b", "a"] }), normalize({ type: "set", entries: ["a", "b"] })),
    [],
  );
});

Deno.test("differences: states the path of each difference", () => {
  assertEquals(differences(normalize({ a: [1, 2] }), normalize({ a: [1, 3], b: null })), [
    "/roots/0/a/1: 2 against 3",
    "/roots/0/b: only in the second: null",
  ]);
});
