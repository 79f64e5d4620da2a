import {
  assert,
  assertEquals,
  assertInstanceOf,
  assertNotStrictEquals,
  assertStrictEquals,
  assertThrows,
} from "@std/assert";
import { gzipSync } from "node:zlib";
import { DeserializationError } from "./deserialization_error.ts";
import { Deserializer, type DeserializerOptions } from "./deserializer.ts";
import type { Model } from "../base/model.ts";
import type { ModelClass } from "../spec/registry.ts";
import { Expr, Field, Slice, Value } from "../values/values.ts";

interface Recorded {
  rep: unknown;
  value?: string;
  error?: string;
}

const recorded: { decode: Recorded[] } = JSON.parse(
  await Deno.readTextFile(new URL("../../tests/fixtures/serializer.json", import.meta.url)),
);

/** Fake model class with a numeric `value`, a `name`, and `tags` of any type. */
class FakeDiv {
  readonly type = "Div";
  readonly spec = { property: (attr: string) => ["value", "name", "tags"].includes(attr) ? {} : undefined };
  readonly set: Record<string, unknown> = {};
  id = "unnamed";

  assignId(id: string): void {
    this.id = id;
  }

  references(): Set<unknown> {
    return new Set([this]);
  }

  setv(attr: string, value: unknown): void {
    if (attr === "value" && typeof value !== "number") throw new TypeError("Cannot set Div.value: expected a number");
    this.set[attr] = value;
  }
}

function deserializer(options: DeserializerOptions = {}): Deserializer {
  return new Deserializer({
    resolve: (type) => type === "Div" ? FakeDiv as unknown as ModelClass : undefined,
    ...options,
  });
}

function decode(rep: unknown, options?: DeserializerOptions): unknown {
  return deserializer(options).decode(rep);
}

function div(id: string, attributes?: object): object {
  return { type: "object", name: "Div", id, ...(attributes && { attributes }) };
}

function attributesOf(model: unknown): Record<string, unknown> {
  return (model as FakeDiv).set;
}

function packed(data: Uint8Array): string {
  return gzipSync(data).toBase64();
}

function bytes(data: unknown): object {
  return { type: "bytes", data };
}

function nested(depth: number): unknown {
  let rep: unknown = 1;
  for (let i = 0; i < depth; i++) rep = [rep];
  return rep;
}

/** Converts values that Python printed to JavaScript values. */
const twins = new Map<string, unknown>([
  ["nan", NaN],
  ["-inf", -Infinity],
  ["5", 5],
  ["[1, 2]", [1, 2]],
  ["[]", []],
  ["{1, 2}", new Set([1, 2])],
  ["{'a': 1, 1: 'b'}", new Map<unknown, unknown>([["a", 1], [1, "b"]])],
  ["{}", Object.create(null)],
  [
    "{'plain': {'a': [1]}}",
    Object.assign(Object.create(null), { plain: Object.assign(Object.create(null), { a: [1] }) }),
  ],
  ["slice(1, None, None)", new Slice({ start: 1 })],
  ["Value(value=1, transform=Unspecified, units=Unspecified)", new Value(1)],
  ["Field(field='x', transform=Unspecified, units=Unspecified)", new Field("x")],
  ["array([1, 'a', None], dtype=object)", [1, "a", null]],
  ["array([[1, 2],\n       [3, 4]], dtype=object)", Object.assign([1, 2, 3, 4], { shape: [2, 2] })],
]);

for (const { rep, value, error } of recorded.decode) {
  Deno.test(`Deserializer.decode() decodes ${JSON.stringify(rep)} as Python does`, () => {
    if (error !== undefined) {
      assertThrows(() => decode(rep), DeserializationError);
    } else if (value!.startsWith("Div")) {
      assertEquals((decode(rep) as FakeDiv).id, (rep as { id: string }).id);
    } else {
      assertEquals(decode(rep), twins.get(value!));
    }
  });
}

Deno.test("Deserializer.decode() returns JSON values unchanged", () => {
  for (const value of [null, true, "text", 1.5]) assertStrictEquals(decode(value), value);
});

Deno.test("Deserializer.decode() accepts keys such as __proto__ without prototype pollution", () => {
  const rep = JSON.parse(`{ "type": "map", "entries": [["__proto__", { "type": "map", "entries": [["polluted", 1]] }],
    ["constructor", 2], ["hasOwnProperty", 3]] }`);
  const map = decode(rep) as Record<string, unknown>;
  assertEquals(Object.keys(map), ["__proto__", "constructor", "hasOwnProperty"]);
  assertEquals(Object.getPrototypeOf(map), null);
  assertEquals(({} as Record<string, unknown>).polluted, undefined);
  const record = decode(JSON.parse(`{ "__proto__": { "polluted": 1 } }`)) as Record<string, unknown>;
  assertEquals(Object.keys(record), ["__proto__"]);
  assertEquals(Object.getPrototypeOf(record), null);
});

Deno.test("Deserializer.decode() decodes values and fields with their transforms and units", () => {
  assertEquals(decode({ type: "value", value: [1], units: "data" }), new Value([1], { units: "data" }));
  assertEquals(decode({ type: "field", field: "x", transform: null, units: null }), new Field("x"));
  const expr = decode({ type: "expr", expr: div("d1"), transform: { id: "d1" } }) as Expr;
  assertInstanceOf(expr, Expr);
  assertStrictEquals(expr.expr, expr.transform);
});

Deno.test("Deserializer.decode() decodes dates as BokehJS encodes them", () => {
  assertEquals(decode({ type: "date", iso: "2024-02-29T12:00:00.000Z" }), new Date("2024-02-29T12:00Z"));
});

Deno.test("Deserializer.decode() decodes typed arrays of all types", () => {
  const buffer = Uint8Array.of(1, 0, 0, 0, 0, 0, 0xf0, 0x3f);
  const buffers = new Map([["b", buffer]]);
  const array = (dtype: string) =>
    decode({ type: "typed_array", array: bytes({ id: "b" }), dtype, order: "little" }, { buffers });
  for (
    const kind of [Uint8Array, Int8Array, Uint16Array, Int16Array, Uint32Array, Int32Array, Float32Array, Float64Array]
  ) {
    assertEquals(array(kind.name.toLowerCase().replace("array", "")), new kind(buffer.buffer));
  }
});

Deno.test("Deserializer.decode() reverses the bytes of big-endian arrays", () => {
  const buffers = new Map([["b", Uint8Array.of(0x3f, 0xf0, 0, 0, 0, 0, 0, 0)]]);
  const rep = { type: "ndarray", array: bytes({ id: "b" }), dtype: "float64", order: "big", shape: [1] };
  assertEquals(decode(rep, { buffers }), Float64Array.of(1));
  assertEquals(buffers.get("b")![0], 0x3f);
});

Deno.test("Deserializer.decode() gives multi-dimensional arrays a shape", () => {
  const array = bytes(packed(Uint8Array.of(1, 0, 1, 1)));
  const flat = decode({ type: "ndarray", array, dtype: "uint8", order: "little", shape: [4] });
  assertEquals(flat, Uint8Array.of(1, 0, 1, 1));
  const square = decode({ type: "ndarray", array, dtype: "uint8", order: "little", shape: [2, 2] });
  assertEquals(square, Object.assign(Uint8Array.of(1, 0, 1, 1), { shape: [2, 2] }));
  const truths = decode({ type: "ndarray", array, dtype: "bool", order: "little", shape: [4] });
  assertEquals(truths, Object.assign(Uint8Array.of(1, 0, 1, 1), { shape: [4], dtype: "bool" }));
});

Deno.test("Deserializer.decode() decodes lists of numbers to typed arrays", () => {
  const list = (dtype: string, array: unknown[]) =>
    decode({ type: "ndarray", array, dtype, order: "little", shape: [array.length] });
  assertEquals(list("float64", [1, { type: "number", value: "nan" }]), Float64Array.of(1, NaN));
  assertEquals(list("float32", [0.1]), Float32Array.of(0.1));
  assertEquals(list("int8", [-128, 127]), Int8Array.of(-128, 127));
  assertThrows(() => list("int8", [128]), DeserializationError, "128 is not an item of type int8");
  assertThrows(() => list("int32", [0.5]), DeserializationError, "0.5 is not an item");
  assertThrows(() => list("bool", [1]), DeserializationError, "1 is not an item");
  assertThrows(() => list("float64", ["1"]), DeserializationError, `"1" is not an item`);
});

Deno.test("Deserializer.decode() converts items of types that only Python has to numbers", () => {
  const read = (dtype: string, items: ArrayBufferView<ArrayBuffer>, length: number) => {
    const buffers = new Map([["b", new Uint8Array(items.buffer)]]);
    return decode({ type: "ndarray", array: bytes({ id: "b" }), dtype, order: "little", shape: [length] }, { buffers });
  };
  assertEquals(read("int64", BigInt64Array.of(-1n, 2n), 2), Int32Array.of(-1, 2));
  assertEquals(read("int64", BigInt64Array.of(-1n, 2n ** 40n), 2), Float64Array.of(-1, 2 ** 40));
  assertEquals(read("uint64", BigUint64Array.of(2n ** 32n - 1n), 1), Uint32Array.of(2 ** 32 - 1));
  assertEquals(read("uint64", BigUint64Array.of(2n ** 63n), 1), Float64Array.of(2 ** 63));
  const signed = [0n, -1n, 2n ** 31n, -(2n ** 31n) - 1n, 2n ** 53n - 1n, -(2n ** 53n) - 2n, -(2n ** 63n)];
  assertEquals(read("int64", BigInt64Array.from(signed), signed.length), Float64Array.from(signed, Number));
  const unsigned = [0n, 2n ** 32n, 2n ** 53n + 2n, 2n ** 64n - 2n ** 11n];
  assertEquals(read("uint64", BigUint64Array.from(unsigned), unsigned.length), Float64Array.from(unsigned, Number));
  for (const item of [2n ** 53n + 1n, -(2n ** 53n) - 3n, 2n ** 63n - 1n]) {
    const message = `a number cannot represent the integer ${item} exactly`;
    assertThrows(() => read("int64", BigInt64Array.of(0n, item), 2), DeserializationError, message);
  }
  for (const item of [2n ** 53n + 1n, 2n ** 64n - 2n ** 10n - 1n, 2n ** 64n - 1n]) {
    const message = `a number cannot represent the integer ${item} exactly`;
    assertThrows(() => read("uint64", BigUint64Array.of(item), 1), DeserializationError, message);
  }
  assertEquals(read("float16", Float16Array.of(0.1, Infinity), 2), Float32Array.of(Math.f16round(0.1), Infinity));
  const list = (dtype: string, array: unknown[]) =>
    decode({ type: "ndarray", array, dtype, order: "little", shape: [array.length] });
  assertEquals(list("int64", [1, -2]), Int32Array.of(1, -2));
  assertEquals(list("uint64", [2 ** 40, 0]), Float64Array.of(2 ** 40, 0));
  assertEquals(list("float16", [0.1]), Float32Array.of(Math.f16round(0.1)));
  for (const [dtype, item] of [["int64", 0.5], ["int64", 2 ** 64], ["uint64", -1], ["uint64", 2 ** 65]] as const) {
    assertThrows(() => list(dtype, [item]), DeserializationError, `${item} is not an item of type ${dtype}`);
  }
  assertThrows(() => list("int64", [{ type: "number", value: "nan" }]), DeserializationError, "NaN is not an item");
  const typed = { type: "typed_array", array: bytes({ id: "b" }), dtype: "int64", order: "little" };
  assertThrows(() => decode(typed), DeserializationError, `a typed array cannot have the dtype "int64"`);
});

Deno.test("Deserializer.decode() copies buffers, also if they are referred to twice", () => {
  const whole = Uint8Array.of(9, 1, 2, 3, 4, 5, 6, 7, 8);
  const buffers = new Map([["b", whole.subarray(1)]]);
  const rep = { type: "typed_array", array: bytes({ id: "b" }), dtype: "uint32", order: "little" };
  const [one, other] = decode([rep, rep], { buffers }) as Uint32Array[];
  assertEquals(one, new Uint32Array(whole.slice(1).buffer));
  assertEquals(one, other);
  assertNotStrictEquals(one!.buffer, whole.buffer);
  assertNotStrictEquals(one!.buffer, other!.buffer);
});

Deno.test("Deserializer.decode() decodes models with circular references", () => {
  const deserialized = deserializer();
  const first = deserialized.decode(div("d1", { tags: [div("d2", { tags: [{ id: "d1" }], name: "second" })] }));
  const second = deserialized.modelsById.get("d2");
  assertEquals([...deserialized.modelsById.keys()], ["d1", "d2"]);
  assertStrictEquals((attributesOf(first).tags as unknown[])[0], second);
  assertStrictEquals((attributesOf(second).tags as unknown[])[0], first);
});

Deno.test("Deserializer.decode() decodes models without an id", () => {
  const deserialized = deserializer();
  const model = deserialized.decode({ type: "object", name: "Div", attributes: { value: 1 } });
  assertEquals([attributesOf(model).value, (model as FakeDiv).id, deserialized.modelsById.size], [1, "unnamed", 0]);
});

Deno.test("Deserializer.decode() does not change an existing model, and does not warn", () => {
  const known = new FakeDiv() as unknown as Model;
  known.assignId("d1");
  const warnings: string[] = [];
  const options = { models: new Map([["d1", known]]), warn: (message: string) => warnings.push(message) };
  assertStrictEquals(decode({ id: "d1" }, options), known);
  assertStrictEquals(decode(div("d1", { value: 5 }), options), known);
  assertEquals(attributesOf(known), {});
  assertEquals(warnings, []);
});

Deno.test("Deserializer.decode() ignores unknown attributes and warns", () => {
  const warnings: string[] = [];
  const model = decode(div("d1", { no_such: 1, name: "n" }), { warn: (message) => warnings.push(message) });
  assertEquals(attributesOf(model), { name: "n" });
  assertEquals(warnings, [`Ignored the attribute "no_such" of Div "d1": there is no such attribute`]);
});

Deno.test("Deserializer.decode() names the model and attribute that do not accept a value", () => {
  const error = assertThrows(() => decode([div("d1", { value: "x" })]), DeserializationError);
  assertEquals(error.message, "Cannot deserialize [0].attributes.value: cannot set Div.value: expected a number");
  assertEquals(error.path, [0, "attributes", "value"]);
  assertInstanceOf(error.cause, TypeError);
});

Deno.test("Deserializer.decode() names the location of an error", () => {
  const rep = div("d1", { tags: [{ type: "map", entries: [["a", { type: "set", entries: [1, { type: "x" }] }]] }] });
  const error = assertThrows(() => decode(rep), DeserializationError);
  assertEquals(error.path, ["attributes", "tags", 0, "entries", 0, 1, "entries", 1]);
  assertEquals(
    error.message,
    `Cannot deserialize attributes.tags[0].entries[0][1].entries[1]: unknown type "x"`,
  );
});

Deno.test("Deserializer.decode() quotes at most 60 characters of a message", () => {
  const error = assertThrows(() => decode({ ["k".repeat(1e5)]: { id: "\n".repeat(1e5) } }), DeserializationError);
  assert(error.message.length < 250);
  assert(!error.message.includes("\n"));
});

Deno.test("Deserializer.decode() limits depth, models and decompressed bytes", () => {
  const limits = { depth: 5, models: 2, unpackedBytes: 100 };
  assertEquals(decode(nested(5), { limits }), nested(5));
  assertThrows(() => decode(nested(6), { limits }), DeserializationError, "nested deeper than 5 levels");
  assertEquals((decode([div("a"), div("b")], { limits }) as unknown[]).length, 2);
  assertThrows(() => decode([div("a"), div("b"), div("c")], { limits }), DeserializationError, "more than 2 models");
  const half = bytes(packed(new Uint8Array(50)));
  assertEquals((decode([half, half], { limits }) as unknown[]).length, 2);
  assertThrows(() => decode([half, half, half], { limits }), DeserializationError, "bytes of decoded data");
  assertThrows(
    () => decode(bytes(packed(new Uint8Array(101))), { limits }),
    DeserializationError,
    "bytes of decoded data",
  );
});

Deno.test("Deserializer.decode() does not charge the first reference to a buffer", () => {
  const buffers = new Map([["b", new Uint8Array(1000)]]);
  const options = { buffers, limits: { unpackedBytes: 1999 } };
  const mention = bytes({ id: "b" });
  assertEquals((decode([mention, mention], options) as unknown[]).length, 2);
  assertThrows(() => decode([mention, mention, mention], options), DeserializationError, "bytes of decoded data");
});

Deno.test("Deserializer.decode() stops decompressing at the limit", () => {
  const bomb = gzipSync(new Uint8Array(200 << 20)).toBase64();
  const before = Deno.memoryUsage().rss;
  assertThrows(() => decode(bytes(bomb)), DeserializationError, "bytes of decoded data");
  assert(Deno.memoryUsage().rss - before < 100 << 20);
});

const brackets = JSON.parse("[".repeat(1e5) + "]".repeat(1e5));
const items = { type: "bytes", data: { id: "b" } };
const array = { type: "ndarray", array: items, shape: [2], dtype: "int32", order: "little" };

const hostile: Record<string, unknown> = {
  "brackets without end": brackets,
  "models inside of models without end": JSON.parse(
    `{"type":"object","name":"Div","attributes":{"tags":[`.repeat(1e4) + "]}}".repeat(1e4),
  ),
  "a type that is no text": { type: 5 },
  "a type named like a member of objects": { type: "constructor" },
  "a type that is null": { type: null },
  "a reference that is no text": { id: 5 },
  "a reference to null": { id: null },
  "a reference named like a member of objects": { type: "ref", id: "__proto__" },
  "a model without a class": { type: "object", id: "d" },
  "a model of a class named like a member of objects": { type: "object", name: "__proto__", id: "d" },
  "a model whose id is a number": { type: "object", name: "Div", id: 7 },
  "a model whose attributes are a list": { type: "object", name: "Div", id: "d", attributes: [1] },
  "a model whose attributes are null": { type: "object", name: "Div", id: "d", attributes: null },
  "a model twice": [div("d"), div("d")],
  "a model inside of itself": div("d", { tags: [div("d")] }),
  "a known model of another type": { type: "object", name: "Slider", id: "known" },
  "a number that is another text": { type: "number", value: "1" },
  "a number that is a list": { type: "number", value: [1] },
  "a number without a value": { type: "number" },
  "entries that are an object": { type: "array", entries: { length: 1e9 } },
  "entries that are null": { type: "set", entries: null },
  "entries that are text": { type: "map", entries: "ab" },
  "an entry of a map that is text": { type: "map", entries: ["ab"] },
  "an entry of a map that is no pair": { type: "map", entries: [["a", 1, 2]] },
  "a slice from half": { type: "slice", start: 0.5, stop: null, step: null },
  "a slice to text": { type: "slice", start: 0, stop: "1", step: null },
  "a date that is none": { type: "date", iso: "soon" },
  "a date that is a number": { type: "date", iso: 5 },
  "a value without one": { type: "value" },
  "a field that is brackets without end": { type: "field", field: brackets },
  "a type that is brackets without end": { type: brackets },
  "a shape that is brackets without end": { ...array, shape: brackets },
  "a field that is a number": { type: "field", field: 1 },
  "an expression without one": { type: "expr" },
  "units that are a list": { type: "field", field: "x", units: ["data"] },
  "bytes without data": { type: "bytes" },
  "bytes that are null": { type: "bytes", data: null },
  "bytes of a buffer that is not there": { type: "bytes", data: { id: "none" } },
  "bytes of a buffer named like a member of objects": { type: "bytes", data: { id: "__proto__" } },
  "bytes that are no base64": { type: "bytes", data: "*" },
  "bytes that are no gzip": { type: "bytes", data: "AAAA" },
  "bytes that end too soon": { type: "bytes", data: gzipSync(new Uint8Array(1000)).subarray(0, 20).toBase64() },
  "an array that is no bytes": { ...array, array: { type: "set" } },
  "an array that is null": { ...array, array: null },
  "an array that is text": { ...array, array: "AAAA" },
  "an array without a dtype": { ...array, dtype: undefined },
  "an array of an unknown dtype": { ...array, dtype: "complex128" },
  "an array of a dtype named like a member of objects": { ...array, dtype: "constructor" },
  "an array of a dtype that is a list": { ...array, dtype: ["int32"] },
  "an array of objects in bytes": { ...array, dtype: "object" },
  "an array without a byte order": { ...array, order: undefined },
  "an array of another byte order": { ...array, order: "middle" },
  "an array without a shape": { ...array, shape: undefined },
  "an array of a shape that is a number": { ...array, shape: 2 },
  "an array without dimensions": { ...array, shape: [] },
  "an array of a negative shape": { ...array, shape: [-1, -2] },
  "an array of a broken shape": { ...array, shape: [0.5, 4] },
  "an array of a shape of texts": { ...array, shape: ["2"] },
  "an array of a shape without a number": { ...array, shape: [{ type: "number", value: "nan" }] },
  "an array of a huge shape": { ...array, shape: [2 ** 53 - 1, 2 ** 53 - 1] },
  "an array of too small a shape": { ...array, shape: [1] },
  "an array of many dimensions": { ...array, shape: new Array(1e4).fill(1) },
  "an array of objects of another shape": { ...array, array: [1], dtype: "object", shape: [2] },
  "a typed array of half an item": {
    type: "typed_array",
    array: { type: "bytes", data: { id: "odd" } },
    dtype: "int32",
    order: "little",
  },
  "a typed array of booleans": { type: "typed_array", array: items, dtype: "bool", order: "little" },
  "a typed array in a list": { type: "typed_array", array: [1, 2], dtype: "int32", order: "little" },
};

for (const [name, rep] of Object.entries(hostile)) {
  Deno.test(`Deserializer.decode() throws for ${name}`, () => {
    const buffers = new Map([["b", new Uint8Array(8)], ["odd", new Uint8Array(7)]]);
    const models = new Map([["known", new FakeDiv() as unknown as Model]]);
    assertThrows(() => decode(rep, { buffers, models }), DeserializationError, "Cannot deserialize ");
  });
}
