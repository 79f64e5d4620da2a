import { assertEquals, assertStrictEquals } from "@std/assert";
import { type Column, type ColumnData } from "./columns.ts";
import { ColumnDataSource } from "../gen/classes.ts";

Deno.test("stream() does not change other sources with the same columns", () => {
  const first = new ColumnDataSource({ data: { x: Float64Array.of(1), name: ["a"] } });
  first.stream({ x: [2], name: ["b"] });
  const second = new ColumnDataSource({ data: first.data });
  const third = new ColumnDataSource({ data: { x: first.data.x, name: first.data.name } });
  first.stream({ x: [3], name: ["c"] });
  second.stream({ x: [30], name: ["d"] });
  third.data.name = first.data.name;
  first.stream({ x: [4], name: ["e"] });
  assertEquals([...first.data.x], [1, 2, 3, 4]);
  assertEquals([...second.data.x], [1, 2, 30]);
  assertEquals([...third.data.x], [1, 2]);
  assertEquals([first, second, third].map(({ data }) => [...data.name].join("")), ["abce", "abd", "abc"]);
});

Deno.test("patch() does not change other sources with the same columns", () => {
  const first = new ColumnDataSource({ data: { x: Float64Array.of(1), name: ["a"] } });
  first.stream({ x: [2], name: ["b"] });
  const second = new ColumnDataSource({ data: { ...first.data } });
  first.patch({ x: [[0, 10]], name: [[0, "z"]] });
  assertEquals([[...first.data.x], [...second.data.x]], [[10, 2], [1, 2]]);
  assertEquals([[...first.data.name], [...second.data.name]], [["z", "b"], ["a", "b"]]);
});

Deno.test("stream() appends in place, also after one column was replaced", () => {
  const source = new ColumnDataSource({ data: { x: Float64Array.of(1), y: Float64Array.of(1) } });
  source.stream({ x: [2], y: [2] });
  const { buffer } = memoryOf(source, "x");
  source.data = { ...source.data, y: Float64Array.of(5, 6) };
  source.stream({ x: [3], y: [7] }, 2);
  assertStrictEquals(memoryOf(source, "x").buffer, buffer);
  assertEquals([[...source.data.x], [...source.data.y]], [[2, 3], [6, 7]]);
});

Deno.test("stream() keeps integer arrays if the new rows are integers", () => {
  const grown = (column: Column, ...extra: Column[]) => {
    const source = new ColumnDataSource({ data: { x: column } });
    for (const x of extra) source.stream({ x });
    return source.data.x;
  };
  assertEquals(grown(Int32Array.of(1), [2], Uint8Array.of(3)), Int32Array.of(1, 2, 3));
  assertEquals(grown(Uint8Array.of(1), [300]), Int32Array.of(1, 300));
  assertEquals(grown(Int32Array.of(1), [2 ** 31]), Float64Array.of(1, 2 ** 31));
  assertEquals(grown(Int32Array.of(1), [2], [0.5]), Float64Array.of(1, 2, 0.5));
  assertEquals(grown(Uint32Array.of(2 ** 32 - 1), Int8Array.of(-1)), Float64Array.of(2 ** 32 - 1, -1));
  assertEquals(grown([1], Int32Array.of(2)), Float64Array.of(1, 2));
});

function memoryOf(source: ColumnDataSource, name: string): Float64Array {
  const column: Column | undefined = (source.rawValue("data") as ColumnData)[name];
  if (!(column instanceof Float64Array)) throw new TypeError(`Cannot look at ${name}: it is not an array of numbers`);
  return column;
}
