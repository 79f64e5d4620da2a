import { assertEquals, assertThrows } from "@std/assert";
import { Document } from "../../document/document.ts";
import type { DocumentEvent } from "../../document/events/events.ts";
import { ColumnDataSource } from "../mod.ts";
import { ndarray } from "../wire/ndarray.ts";

/** Returns a data source in a document, and the events of its changes. */
function watched(
  data: Record<string, ArrayLike<unknown>>,
): { source: ColumnDataSource; events: DocumentEvent[] } {
  const source = new ColumnDataSource({ data });
  const doc = new Document();
  doc.add_root(source);
  const events: DocumentEvent[] = [];
  doc.on_change((event) => events.push(event));
  return { source, events };
}

Deno.test("patch() accepts null, dates and times for elements of number arrays", () => {
  const { source, events } = watched({ x: Float64Array.of(1, 2, 3), y: ["a", null, "c"] });
  source.patch({ x: [[0, null], [{ start: 1 }, [new Date(5), null]]], y: [[0, null]] });
  assertEquals(source.data, { x: Float64Array.of(NaN, 5, NaN), y: [null, null, "c"] });
  const [event] = events;
  assertEquals(event?.kind === "ColumnsPatched" && event.patches.x, [[0, NaN], [{ start: 1 }, [5, NaN]]]);
  source.patch({ x: [[0, Temporal.Instant.fromEpochMilliseconds(7)]] });
  assertEquals(source.data["x"], Float64Array.of(7, 5, NaN));
  assertThrows(
    () => source.patch({ x: [[0, {}]] }),
    TypeError,
    "Cannot patch column x: it is a Float64Array, which cannot hold an object",
  );
});

Deno.test("patch() converts dates in the same way as assignments and streams", () => {
  const day = Temporal.PlainDate.from("2024-02-29");
  const time = Date.UTC(2024, 1, 29);
  const { source } = watched({ list: [day], typed: Float64Array.of(0), dates: Int32Array.of(0) });
  source.stream({ list: [day], typed: [0], dates: [0] });
  source.patch({ list: [[0, day], [{ start: 1 }, [day]]], typed: [[0, day]], dates: [[0, new Date(7)], [1, day]] });
  assertEquals(source.data.list, [time, time]);
  assertEquals([source.data.typed[0], [...source.data.dates]], [time, [7, time]]);
});

/**
 * A column, a value that its type cannot represent exactly, and the column after a patch of its
 * first row.
 */
const WIDENED: readonly [column: ArrayLike<unknown>, value: unknown, after: ArrayLike<unknown>][] = [
  [Int32Array.of(1, 2), NaN, Float64Array.of(NaN, 2)],
  [Int32Array.of(1, 2), 1.5, Float64Array.of(1.5, 2)],
  [Int32Array.of(1, 2), 2 ** 31, Float64Array.of(2 ** 31, 2)],
  [Int32Array.of(1, 2), -Infinity, Float64Array.of(-Infinity, 2)],
  [Int32Array.of(1, 2), null, [null, 2]],
  [Int32Array.of(1, 2), 2n ** 40n, Float64Array.of(2 ** 40, 2)],
  [Uint8Array.of(1, 2), 256, Int32Array.of(256, 2)],
  [Uint8Array.of(1, 2), -1, Int32Array.of(-1, 2)],
  [Uint8ClampedArray.of(1, 2), 300, Int32Array.of(300, 2)],
  [Uint16Array.of(1, 2), 65536, Int32Array.of(65536, 2)],
  [Int8Array.of(1, 2), 128, Int32Array.of(128, 2)],
  [Uint32Array.of(1, 2 ** 32 - 1), -1, Float64Array.of(-1, 2 ** 32 - 1)],
  [Float32Array.of(1, 2), 0.1, Float64Array.of(0.1, 2)],
  [Float32Array.of(1, 2), 1e300, Float64Array.of(1e300, 2)],
];

for (const [column, value, after] of WIDENED) {
  const name = `${column.constructor.name} and ${String(value)}`;
  Deno.test(`patch() widens a column whose type cannot represent a value: ${name}`, () => {
    const { source, events } = watched({ x: column, label: ["a", "b"] });
    source.patch({ x: [[0, value]], label: [[1, "c"]] });
    assertEquals(source.data, { x: after, label: ["a", "c"] });
    const [event] = events;
    assertEquals(event?.kind === "ColumnDataChanged" && event.cols, ["x", "label"]);
    assertEquals(event?.kind === "ColumnDataChanged" && event.data, { x: after, label: ["a", "c"] });
    assertEquals(Array.from(column), column instanceof Uint32Array ? [1, 2 ** 32 - 1] : [1, 2]);

    const sliced = watched({ x: column });
    sliced.source.patch({ x: [[{ start: 0, stop: 1 }, [value]]] });
    assertEquals(sliced.source.data.x, after);
    assertEquals(sliced.events.map(({ kind }) => kind), ["ColumnDataChanged"]);

    const streamed = watched({ x: column });
    streamed.source.stream({ x: [typeof value === "bigint" ? Number(value) : value] });
    assertEquals(streamed.source.data.x.constructor, after.constructor);
  });
}

Deno.test("patch() keeps the type of a column that can represent the values", () => {
  const kept: readonly [ArrayLike<unknown>, unknown][] = [
    [Int32Array.of(1), 2 ** 31 - 1],
    [Uint8Array.of(1), 255],
    [Float32Array.of(1), 0.5],
    [Float32Array.of(1), NaN],
    [Float64Array.of(1), 1e300],
    [Int32Array.of(1), 7n],
  ];
  for (const [column, value] of kept) {
    const { source, events } = watched({ x: column });
    source.patch({ x: [[0, value]] });
    assertEquals(source.data.x.constructor, column.constructor);
    assertEquals(Object.is(source.data.x[0], Number(value)), true);
    assertEquals(events.map(({ kind }) => kind), ["ColumnsPatched"]);
  }
  const { source } = watched({ x: BigInt64Array.of(1n, 2n) });
  source.patch({ x: [[0, 2n ** 62n], [1, 5]] });
  assertEquals(source.data.x, BigInt64Array.of(2n ** 62n, 5n));
});

Deno.test("patch() throws for values that no number array can hold, and names the column, its type and the value", () => {
  const refused: readonly [ArrayLike<unknown>, unknown, string][] = [
    [Int32Array.of(1), "a", 'Cannot patch column x: it is a Int32Array, which cannot hold "a" (string)'],
    [Float64Array.of(1), true, "it is a Float64Array, which cannot hold true (boolean)"],
    [Float64Array.of(1), undefined, "it is a Float64Array, which cannot hold undefined"],
    [Float64Array.of(1), 2n ** 60n + 1n, "it is a Float64Array, which cannot hold 1152921504606846977 (bigint)"],
    [BigInt64Array.of(1n), 1.5, "it is a BigInt64Array, which cannot hold 1.5 (number)"],
    [BigInt64Array.of(1n), 2n ** 63n, "it is a BigInt64Array, which cannot hold 9223372036854775808 (bigint)"],
    [BigUint64Array.of(1n), -1, "it is a BigUint64Array, which cannot hold -1 (bigint)"],
    [BigInt64Array.of(1n), null, "it is a BigInt64Array, which cannot hold null"],
  ];
  for (const [column, value, text] of refused) {
    const { source, events } = watched({ x: column });
    assertThrows(() => source.patch({ x: [[0, value]] }), TypeError, text);
    assertThrows(() => source.patch({ x: [[{ start: 0 }, [value]]] }), TypeError, text);
    assertEquals([source.data.x, events.length], [column, 0]);
  }
});

Deno.test("patch() throws for indices of other types, and describes them", () => {
  const image = ndarray(Uint8Array.of(1, 2, 3, 4), [2, 2]);
  const { source, events } = watched({ image: [image] });
  const refused: readonly [index: unknown, text: string][] = [
    [new Uint8Array(9), "a Uint8Array of 9 items is not an index"],
    [new Map(), "a Map is not an index"],
    ["0", '"0" (string) is not an index'],
    [[[0], 0, 0], "index [0] (array) is outside its 1 rows"],
    [[new Uint8Array(9), 0, 0], "index a Uint8Array of 9 items is outside its 1 rows"],
    [[0, new Uint8Array(9), 0], "a Uint8Array of 9 items is not an index"],
    [{ start: new Uint8Array(9) }, "start of a slice must be a non-negative integer, got a Uint8Array of 9 items"],
  ];
  for (const [index, text] of refused) {
    assertThrows(() => source.patch({ image: [[index as number, [image]]] }), Error, text);
  }
  assertEquals(events, []);
});

Deno.test("patch() widens the array in a row whose type cannot represent a value", () => {
  const image = ndarray(Uint8Array.of(1, 2, 3, 4), [2, 2]);
  const { source, events } = watched({ image: [image, image] });
  source.patch({ image: [[[0, 1, { start: 0, stop: 2 }], [300, 0.5]]] });
  const [changed, other] = source.data.image;
  assertEquals(changed, ndarray(Float64Array.of(1, 2, 300, 0.5), [2, 2]));
  assertEquals(other, image);
  assertEquals([...image], [1, 2, 3, 4]);
  assertEquals(events.map((event) => event.kind === "ColumnDataChanged" && event.cols), [["image"]]);
  source.patch({ image: [[[0, 0, 0], null]] });
  assertEquals(source.data.image[0][0], NaN);
  assertThrows(
    () => source.patch({ image: [[[1, 0, 0], null]] }),
    TypeError,
    "Cannot patch row 1 of column image: it is a Uint8Array, which cannot hold null",
  );
  assertThrows(() => source.patch({ image: [[[1, 0, 0], "a"]] }), TypeError, 'cannot hold "a" (string)');
});
