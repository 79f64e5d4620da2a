/** Property-based tests of serializer and deserializer: round trips, and arbitrary input. */

import { assert, assertInstanceOf } from "@std/assert";
import fc from "fast-check";
import { DeserializationError } from "./deserialization_error.ts";
import { Deserializer } from "./deserializer.ts";
import { matches } from "../values/equality.ts";
import { ndarray } from "./ndarray.ts";
import { Serializer } from "./serializer.ts";
import { Field, Slice, Value } from "../values/values.ts";

/** Serializes a value and deserializes the result. */
function roundTrip(value: unknown, deferred: boolean): unknown {
  const serializer = new Serializer({ deferred });
  const rep = JSON.parse(JSON.stringify(serializer.encode(value)));
  return new Deserializer({ buffers: new Map(serializer.buffers.map(({ id, data }) => [id, data])) }).decode(rep);
}

const text = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.constantFrom("__proto__", "constructor", "toString", "\ud800", "id", "type"),
);
const index = fc.option(fc.integer());
const typedArray = fc.oneof(
  fc.uint8Array(),
  fc.int8Array(),
  fc.uint16Array(),
  fc.int16Array(),
  fc.uint32Array(),
  fc.int32Array(),
  fc.float32Array(),
  fc.float64Array(),
);
const matrix = fc.tuple(fc.nat(4), fc.nat(4)).map(([rows, columns]) =>
  ndarray(Float64Array.from({ length: rows * columns }, (_, i) => i), [rows, columns])
);

const { value: anyValue } = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.oneof(text, fc.double(), fc.integer(), fc.boolean(), fc.constant(null)),
    typedArray,
    matrix,
    fc.uint8Array().map((bytes) => bytes.slice().buffer),
    fc.record({ start: index, stop: index, step: index }).map((range) => new Slice(range)),
    fc.array(tie("value")),
    fc.dictionary(text, tie("value")),
    fc.array(fc.tuple(fc.double(), tie("value")), { minLength: 1 }).map((entries) => new Map(entries)),
    fc.array(fc.oneof(text, fc.double())).map((items) => new Set(items)),
    tie("value").map((value) => new Value(value)),
    fc.tuple(text, text).map(([field, units]) => new Field(field, { units })),
  ),
}));

for (const deferred of [true, false]) {
  Deno.test(`Deserializer decodes what Serializer encodes${deferred ? "" : ", with buffers in base64"}`, () => {
    fc.assert(fc.property(anyValue, (value) => matches(roundTrip(value, deferred), value)));
  });
}

const types = [
  ...[
    "object",
    "ref",
    "map",
    "number",
    "array",
    "set",
    "value",
    "field",
    "expr",
    "typed_array",
    "ndarray",
    "bytes",
    "slice",
  ],
  ...["date", "symbol", "constructor", "__proto__"],
];
const fields = [
  ...[
    "id",
    "name",
    "attributes",
    "entries",
    "value",
    "field",
    "expr",
    "transform",
    "units",
    "array",
    "dtype",
    "order",
    "shape",
  ],
  ...["data", "start", "stop", "step", "iso", "__proto__"],
];
const words = [
  "b",
  "nan",
  "+inf",
  "int32",
  "float64",
  "bool",
  "object",
  "little",
  "big",
  "bytes",
  "H4sIAAEAAAAA/2NgZAIAf4lUCAMAAAA=",
];

/** Arbitrary representations that consist of valid names in any order. */
const { rep: anyRep } = fc.letrec((tie) => ({
  rep: fc.oneof(
    { maxDepth: 5 },
    fc.oneof(fc.constantFrom(...words), fc.double(), fc.nat(9), fc.boolean(), fc.constant(null)),
    fc.array(tie("rep"), { maxLength: 4 }),
    fc.tuple(fc.constantFrom(...types), fc.dictionary(fc.constantFrom(...fields), tie("rep"), { maxKeys: 6 }))
      .map(([type, rest]) => ({ ...rest, type })),
    fc.dictionary(fc.constantFrom(...fields), tie("rep"), { maxKeys: 3 }),
  ),
}));

Deno.test("Deserializer.decode() returns a value or throws a DeserializationError for arbitrary input", () => {
  fc.assert(
    fc.property(anyRep, (rep) => {
      try {
        new Deserializer({ buffers: new Map([["b", new Uint8Array(8)]]) }).decode(rep);
      } catch (error) {
        assertInstanceOf(error, DeserializationError);
      }
      assert(Object.keys(Object.prototype).length === 0);
    }),
    { numRuns: 2000 },
  );
});
