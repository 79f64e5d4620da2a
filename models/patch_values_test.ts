import { assertEquals, assertThrows } from "@std/assert";
import { Document } from "../document/document.ts";
import { ColumnDataSource } from "./mod.ts";

Deno.test("patch() takes null and moments for places of numbers", () => {
  const source = new ColumnDataSource({ data: { x: Float64Array.of(1, 2, 3), y: ["a", null, "c"] } });
  const doc = new Document();
  doc.add_root(source);
  const heard: unknown[] = [];
  doc.on_change((event) => heard.push(event.kind === "ColumnsPatched" ? event.patches["x"] : event.kind));
  source.patch({ x: [[0, null], [{ start: 1 }, [new Date(5), null]]], y: [[0, null]] });
  assertEquals(source.data, { x: Float64Array.of(NaN, 5, NaN), y: [null, null, "c"] });
  assertEquals(heard, [[[0, NaN], [{ start: 1 }, [5, NaN]]]]);
  source.patch({ x: [[0, Temporal.Instant.fromEpochMilliseconds(7)]] });
  assertEquals(source.data["x"], Float64Array.of(7, 5, NaN));
  assertThrows(() => source.patch({ x: [[0, {}]] }), TypeError, "it holds numbers, got object");
});

Deno.test("patch() refuses null for places of whole numbers", () => {
  const source = new ColumnDataSource({ data: { x: Int32Array.of(1) } });
  assertThrows(() => source.patch({ x: [[0, null]] }), TypeError, "it holds numbers, got null");
});
