import { assertEquals } from "@std/assert";
import type { ColumnData } from "../../models/columns/columns.ts";
import { ColumnDataSource } from "../../models/gen/classes.ts";
import { changeEvent } from "./change_event.ts";

function streamed(data: ColumnData): ColumnData {
  const model = new ColumnDataSource();
  const event = changeEvent({
    model,
    attr: "data",
    old: {},
    value: {},
    hint: { kind: "ColumnsStreamed", data, rollover: null, isWhole: false },
  });
  return { ...event.kind === "ColumnsStreamed" ? event.data : {} };
}

Deno.test("changeEvent() copies columns of every type", () => {
  const data = {
    bytes: Uint8Array.of(1, 2, 3),
    floats: Float64Array.of(0.5, -1, NaN),
    big: BigInt64Array.of(1n, -2n, 3n),
    half: Int16Array.of(-7, 8, 9),
    part: Float32Array.of(0, 1, 2, 3, 4).subarray(1, 4),
    list: ["a", "b", "c"],
    none: new Float64Array(0),
  };
  const kept = streamed(data);
  const before = structuredClone(data);
  data.bytes.fill(0);
  data.floats.fill(0);
  data.big.fill(0n);
  data.half.fill(0);
  data.part.fill(0);
  data.list.push("d");
  assertEquals(kept, { ...before, part: Float32Array.of(1, 2, 3) });
});

Deno.test("changeEvent() copies long columns", () => {
  const data = { x: new Float64Array(10_000).fill(1), y: new Uint8Array(10_000).fill(2) };
  const kept = streamed(data);
  const before = structuredClone(data);
  data.x.fill(0);
  data.y.fill(0);
  assertEquals(kept, before);
});
