import { assert, assertFalse } from "@std/assert";
import { matches } from "./equality.ts";
import { ndarray } from "../wire/ndarray.ts";
import { Expr, Field, Slice, Value } from "./values.ts";

function nullPrototype(entries: object): object {
  return Object.assign(Object.create(null), entries);
}

class Thing {
  readonly id = 1;
}
const thing = new Thing();

const same: [name: string, a: unknown, b: unknown][] = [
  ["NaN", NaN, NaN],
  ["0 and -0", 0, -0],
  ["bigints", 2n, 2n],
  ["lists", [1, [NaN, "a"], null], [1, [NaN, "a"], null]],
  ["typed arrays with NaN", Float64Array.of(1, NaN), Float64Array.of(1, NaN)],
  ["a view and a copy of it", Uint16Array.of(9, 1, 2).subarray(1), Uint16Array.of(1, 2)],
  ["arrays with a shape", ndarray(Int8Array.of(1, 2), [2, 1]), ndarray(Int8Array.of(1, 2), [2, 1])],
  ["an array with and without its only dimension", ndarray(Int8Array.of(1, 2), [2]), Int8Array.of(1, 2)],
  ["objects in another order", { a: 1, b: [2] }, { b: [2], a: 1 }],
  ["objects with and without a prototype", { a: 1 }, nullPrototype({ a: 1 })],
  ["maps in another order", new Map([["a", [1]], ["b", [2]]]), new Map([["b", [2]], ["a", [1]]])],
  ["maps with lists as keys", new Map([[["a", 1], "x"]]), new Map([[["a", 1], "x"]])],
  ["sets in another order", new Set([1, 2, NaN]), new Set([NaN, 2, 1])],
  ["sets of lists", new Set([[1], [2]]), new Set([[1], [2]])],
  ["dates", new Date(5), new Date(5)],
  ["invalid dates", new Date(NaN), new Date(NaN)],
  ["buffers", Uint8Array.of(1, 2).buffer, Uint8Array.of(1, 2).buffer],
  ["slices", new Slice({ start: 1 }), new Slice({ start: 1 })],
  ["values", new Value([1]), new Value([1])],
  ["fields", new Field("x", { units: "data" }), new Field("x", { units: "data" })],
  ["dates of Temporal", Temporal.PlainDate.from("2024-02-29"), Temporal.PlainDate.from("2024-02-29")],
  ["a list that has one instance at the same place", [thing], [thing]],
];

const different: [name: string, a: unknown, b: unknown][] = [
  ["a number and its text", 1, "1"],
  ["a number and its bigint", 1, 1n],
  ["null and undefined", null, undefined],
  ["null and an object", null, {}],
  ["NaN and undefined", NaN, undefined],
  ["lists of other lengths", [1], [1, 2]],
  ["a list and an object like it", [1], { 0: 1 }],
  ["a list and a typed array", [1], Float64Array.of(1)],
  ["typed arrays of other types", Int32Array.of(1), Uint32Array.of(1)],
  ["numbers and truth values", Uint8Array.of(1), ndarray(Uint8Array.of(1), [1], "bool")],
  ["NaN and a number in typed arrays", Float64Array.of(NaN), Float64Array.of(1)],
  ["arrays of other shapes", ndarray(Int8Array.of(1, 2), [2, 1]), ndarray(Int8Array.of(1, 2), [1, 2])],
  ["objects with other keys", { a: undefined }, { b: undefined }],
  ["objects with more keys", { a: 1 }, { a: 1, b: 2 }],
  ["an own key and an inherited one", { toString: 1 }, { valueOf: 1 }],
  ["a map and a set", new Map([[1, 1]]), new Set([1])],
  ["maps with other values", new Map([["a", 1]]), new Map([["a", 2]])],
  ["sets of lists that match one list", new Set([[1], [1]]), new Set([[1], [2]])],
  ["dates", new Date(5), new Date(6)],
  ["a date and its number", new Date(5), 5],
  ["a field and a value", new Field("x"), new Value("x")],
  ["a field and an object like it", new Field("x"), { field: "x" }],
  ["fields with other units", new Field("x"), new Field("x", { units: "data" })],
  ["instances with equal contents", new Thing(), new Thing()],
  ["expressions of instances with equal contents", new Expr(new Thing()), new Expr(new Thing())],
];

for (const [name, a, b] of same) {
  Deno.test(`matches() returns true for ${name}`, () => {
    assert(matches(a, b));
    assert(matches(b, a));
  });
}

for (const [name, a, b] of different) {
  Deno.test(`matches() returns false for ${name}`, () => {
    assertFalse(matches(a, b));
    assertFalse(matches(b, a));
  });
}

Deno.test("matches() returns for values that contain themselves", () => {
  const loop = (): unknown[] => {
    const list: unknown[] = [];
    list.push(list);
    return list;
  };
  assertFalse(matches(loop(), loop()));
});
