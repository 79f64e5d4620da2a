import { assert, assertEquals, assertStrictEquals, assertThrows } from "@std/assert";
import { gunzipSync } from "node:zlib";
import { ModelBase } from "../base/model_base.ts";
import type { Model } from "../base/model.ts";
import { ndarray } from "./ndarray.ts";
import { SerializationError, Serializer } from "./serializer.ts";
import { Expr, Field, Slice, Value } from "../values/values.ts";

interface Recorded {
  name: string;
  deferred: boolean;
  rep?: unknown;
  buffers?: Record<string, string>;
  error?: string;
}

const recorded: { encode: Recorded[] } = JSON.parse(
  await Deno.readTextFile(new URL("../../tests/fixtures/serializer.json", import.meta.url)),
);

/** Fake model with the members that the serializer uses. */
class FakeModel extends ModelBase {
  constructor(readonly type: string, readonly id: string, readonly attributes: [string, unknown][] = []) {
    super();
  }

  visitSerializable(visit: (attr: string, value: unknown) => void): void {
    for (const [attr, value] of this.attributes) visit(attr, value);
  }
}

function fakeModel(type: string, id: string, attributes?: [string, unknown][]): Model {
  return new FakeModel(type, id, attributes) as unknown as Model;
}

const range = fakeModel("Range1d", "p1006");
const firstDiv = new FakeModel("Div", "p1086");
const secondDiv = new FakeModel("Div", "p1087");
firstDiv.attributes.push(["name", "first"], ["tags", [secondDiv]]);
secondDiv.attributes.push(["name", "second"], ["tags", [firstDiv]]);

/** JavaScript values that correspond to Python's, by their names in the fixture. */
const twins = new Map<string, unknown>([
  ["None", null],
  ["True", true],
  ["False", false],
  ...["0", "1", "-1", "2147483648", "9007199254740991", "9007199254740992", "-9007199254740991", "-9007199254740992"]
    .map((text) => [text, Number(text)] as const),
  ["9223372036854775808", 2n ** 63n],
  ["1000000000000000000000000000000", 10n ** 30n],
  ...["0.0", "-0.0", "1.5", "1e+308", "5e-324", "0.1"].map((text) => [text, Number(text)] as const),
  ["nan", NaN],
  ["inf", Infinity],
  ["-inf", -Infinity],
  ["''", ""],
  ["'text'", "text"],
  ["'é日本🎈'", "é日本🎈"],
  ["'\\x00\\u2028</script>'", "\u0000\u2028</script>"],
  ["tuple", [1, "a", null]],
  ["list", [1, [2, [3, []]]]],
  ["list with nan", [1.5, NaN, Infinity]],
  ["set", new Set([1])],
  ["empty set", new Set()],
  ["map", { a: 1, b: { c: [null] } }],
  ["empty map", {}],
  ["map of other keys", new Map<unknown, unknown>([[1, "bool"], [1.5, "float"], [null, "none"], [["a", 1], "tuple"]])],
  ["namespace", { a: 1, b: [2] }],
  ["slice", new Slice({ start: 1, stop: 3 })],
  ["slice of nothing", new Slice()],
  ["slice with step", new Slice({ start: 0, stop: 10, step: 2 })],
  ["bytes", Uint8Array.of(0, 1, 255).buffer],
  ["empty bytes", new ArrayBuffer(0)],
  ["value", new Value(1)],
  ["field", new Field("x")],
  ["value with transform and units", new Value(1, { units: "data" })],
  ["model", fakeModel("Div", "p1007", [["name", "n"], ["text", "x"]])],
  ["same model twice", [range, range]],
  ["models in a cycle", [firstDiv, secondDiv]],
  ["datetime", Temporal.PlainDateTime.from("2024-02-29T12:30:15.123456")],
  ["datetime with zone", Temporal.ZonedDateTime.from("2024-01-01T00:00+02:00[+02:00]")],
  ["date", Temporal.PlainDate.from("2024-02-29")],
  ["time", Temporal.PlainTime.from("12:30:15.5")],
  ["timedelta", Temporal.Duration.from({ days: 1, seconds: 1, microseconds: 500 })],
  ["Timestamp", new Date("2024-02-29T12:00Z")],
  ["datetime64", Temporal.Instant.from("2024-02-29T12:00Z")],
  ["NaT", new Date(NaN)],
  ["list of datetimes", [new Date("2024-01-01"), new Date("2024-01-02")]],
  ["Index", BigInt64Array.of(1n, 2n, 3n)],
  ["ndarray bool", ndarray(Uint8Array.of(0, 1, 1), [3], "bool")],
  ...[Int8Array, Uint8Array, Int16Array, Uint16Array, Int32Array, Uint32Array, Float32Array, Float64Array]
    .map((kind) => [`ndarray ${kind.name.toLowerCase().replace("array", "")}`, kind.of(0, 1, 2)] as const),
  ["ndarray float16", Float16Array.of(0, 1, 2)],
  ["ndarray int64", BigInt64Array.of(0n, 1n, 2n)],
  ["ndarray uint64", BigUint64Array.of(0n, 1n, 2n)],
  ["ndarray int64 too large", BigInt64Array.of(2n ** 40n, -1n)],
  ["ndarray uint64 too large", BigUint64Array.of(2n ** 63n)],
  ["ndarray float64 with nan and inf", Float64Array.of(0, 1.5, NaN, Infinity, -Infinity, -0)],
  ["ndarray 2-D", ndarray(Float64Array.of(0, 1, 2, 3, 4, 5), [2, 3])],
  ["ndarray 3-D uint8", ndarray(Uint8Array.of(0, 1, 2, 3, 4, 5, 6, 7), [2, 2, 2])],
  ["ndarray empty", new Float64Array()],
  ["ndarray empty 2-D", ndarray(new Float64Array(), [0, 3])],
  ["ndarray object", ndarray([1, "a", null, 1.5], [4])],
  ["list of arrays", [Float64Array.of(1), Int32Array.of(2, 3)]],
  ["function", Math.max],
  ["object", new (class Thing {})()],
  ["generator", [1].values()],
]);

/**
 * Values of the fixture without a JavaScript counterpart, or with the same one as another value.
 */
const onlyPython = new Set([
  ...[
    "dataclass",
    "source",
    "timedelta64",
    "pandas NaT",
    "pandas NA",
    "Timedelta",
    "Period",
    "Series",
    "Series of text",
  ],
  ...[
    "Series of times",
    "nullable integers",
    "numpy int",
    "numpy float",
    "numpy bool",
    "0-d array",
    "complex",
    "Decimal",
  ],
  ...["ndarray Fortran order", "ndarray strided", "ndarray big-endian", "ndarray text", "ndarray object text", "range"],
  ...[
    "ndarray datetime64",
    "ndarray datetime64[ns]",
    "ndarray timedelta64",
    "ndarray of datetimes",
    "masked array",
    "'xxx'",
  ],
  ...["array.array b", "array.array B", "array.array h", "array.array H", "array.array i", "array.array I"],
  ...["array.array f", "array.array d", "array.array q", "list in itself, checked"],
]);

/** Replaces ids of buffers and compressed data, which may differ, by the data. */
function inlined(rep: unknown, buffers: ReadonlyMap<string, string>): unknown {
  return JSON.parse(JSON.stringify(rep), (key, value) => {
    if (key !== "data") return value;
    return typeof value === "string"
      ? gunzipSync(Uint8Array.fromBase64(value)).toString("base64")
      : buffers.get(value.id);
  });
}

Deno.test("Serializer.encode() is tested with all values of the fixture", () => {
  const names = recorded.encode.map(({ name }) => name);
  assertEquals(names.filter((name) => !twins.has(name) && !onlyPython.has(name)), []);
});

for (const { name, deferred, rep, buffers, error } of recorded.encode) {
  if (!twins.has(name)) continue;
  Deno.test(`Serializer.encode() encodes ${name} as Python does${deferred === false ? ", with buffers in base64" : ""}`, () => {
    const serializer = new Serializer({ deferred: deferred ?? true });
    if (error !== undefined) {
      assertThrows(() => serializer.encode(twins.get(name)), SerializationError);
      return;
    }
    const own = inlined(
      serializer.encode(twins.get(name)),
      new Map(serializer.buffers.map(({ id, data }) => [id, data.toBase64()])),
    );
    assertEquals(own, inlined(rep, new Map(Object.entries(buffers ?? {}))));
  });
}

Deno.test("Serializer.encode() accepts strings with lone surrogates", () => {
  const text = "\ud800 and \udc00";
  assertEquals(JSON.parse(JSON.stringify(new Serializer().encode(text))), text);
});

Deno.test("Serializer.encode() accepts columns with names such as __proto__", () => {
  const columns = JSON.parse(`{ "__proto__": [1], "constructor": [2], "toString": [3] }`);
  assertEquals(new Serializer().encode(columns), {
    type: "map",
    entries: [["__proto__", [1]], ["constructor", [2]], ["toString", [3]]],
  });
});

Deno.test("Serializer.encode() omits undefined in objects and writes null for it in lists", () => {
  assertEquals(new Serializer().encode({ a: undefined }), { type: "map" });
  assertEquals(new Serializer().encode([undefined, , 1]), [null, null, 1]);
});

Deno.test("Serializer.encode() encodes the transform and units of fields and expressions", () => {
  const transform = fakeModel("Jitter", "p1");
  const rep = new Serializer().encode([
    new Field("x", { transform, units: "screen" }),
    new Expr(fakeModel("Stack", "p2"), { transform }),
  ]);
  assertEquals(rep, [
    { type: "field", field: "x", transform: { type: "object", name: "Jitter", id: "p1" }, units: "screen" },
    { type: "expr", expr: { type: "object", name: "Stack", id: "p2" }, transform: { id: "p1" } },
  ]);
});

Deno.test("Serializer.encode() encodes known models as references and records the others", () => {
  const known = fakeModel("Div", "p1", [["text", "old"]]);
  const fresh = fakeModel("Column", "p2", [["children", [known]]]);
  const serializer = new Serializer({ known: new Set([known]) });
  assertEquals(serializer.encode([known, fresh]), [
    { id: "p1" },
    { type: "object", name: "Column", id: "p2", attributes: { children: [{ id: "p1" }] } },
  ]);
  assertEquals([...serializer.written], [fresh]);
});

Deno.test("Serializer.encode() does not copy arrays into buffers", () => {
  const all = Float64Array.of(0, 1, 2, 3);
  const serializer = new Serializer();
  serializer.encode([all, all.subarray(1, 3)]);
  const [whole, part] = serializer.buffers;
  assertStrictEquals(whole!.data.buffer, all.buffer);
  assertStrictEquals(part!.data.buffer, all.buffer);
  assertEquals([part!.data.byteOffset, part!.data.byteLength], [8, 16]);
});

Deno.test("Serializer.encode() gives buffers ids that are unique across messages", () => {
  const [one, other] = [new Serializer(), new Serializer()];
  one.encode([new Uint8Array(1), new Uint8Array(1)]);
  other.encode(new Uint8Array(1));
  assertEquals(new Set([...one.buffers, ...other.buffers].map(({ id }) => id)).size, 3);
});

Deno.test("Serializer.encode() compresses to the same bytes at any time on any system", () => {
  const packed = new Serializer({ deferred: false }).encode(new ArrayBuffer(3)) as { data: string };
  assertEquals([...Uint8Array.fromBase64(packed.data).subarray(0, 10)], [0x1f, 0x8b, 8, 0, 1, 0, 0, 0, 0, 255]);
});

Deno.test("Serializer.encode() compresses better with a higher compressionLevel", () => {
  const text = new TextEncoder().encode(Array.from({ length: 5000 }, (_, i) => i * i).join());
  const size = (compressionLevel: number) =>
    (new Serializer({ deferred: false, compressionLevel }).encode(text.buffer) as { data: string }).data.length;
  assert(size(9) < size(1));
});

Deno.test("Serializer.encode() warns of integers that lose precision", () => {
  const warnings: string[] = [];
  const serializer = new Serializer({ warn: (message) => warnings.push(message) });
  assertEquals(serializer.encode([2n ** 53n - 1n, 2n ** 53n + 1n]), [2 ** 53 - 1, 2 ** 53]);
  assertEquals(warnings, ["The integer 9007199254740993 is out of range and may lose precision"]);
});

Deno.test("Serializer.encode() encodes symbols by their description", () => {
  assertEquals(new Serializer().encode(Symbol("now")), { type: "symbol", name: "now" });
  assertThrows(() => new Serializer().encode(Symbol()), SerializationError, "without a description");
});

Deno.test("Serializer.encode() throws for a value that refers to itself", () => {
  const list: unknown[] = [];
  list.push({ list });
  assertThrows(() => new Serializer().encode(list), SerializationError, "refers to itself");
});

Deno.test("Serializer.encode() throws for durations without a fixed length", () => {
  const month = Temporal.Duration.from({ months: 1 });
  assertThrows(() => new Serializer().encode(month), SerializationError, "the duration P1M");
});

Deno.test("Serializer.encode() names the innermost attribute of a value that is not serializable", () => {
  const inner = fakeModel("Div", "p1", [["tags", [() => 1]]]);
  const outer = fakeModel("Column", "p2", [["children", [inner]]]);
  const error = assertThrows(() => new Serializer().encode(outer), SerializationError);
  assertEquals(error.message, "Cannot serialize Div.tags: a function is not serializable");
});

Deno.test("Serializer.encodeRecord() keeps field names and omits undefined fields", () => {
  const record = new Serializer().encodeRecord({
    kind: "ModelChanged",
    model: range,
    new: { a: NaN },
    hint: undefined,
  });
  assertEquals({ ...record }, {
    kind: "ModelChanged",
    model: { type: "object", name: "Range1d", id: "p1006" },
    new: { type: "map", entries: [["a", { type: "number", value: "nan" }]] },
  });
});
