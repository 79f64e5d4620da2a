/** For arbitrary input, the decoder and the deserializer return a value or throw their own error. */

import fc from "fast-check";
import { assert } from "@std/assert";
import { DEFAULT_LIMITS } from "../../common/limits.ts";
import { DeserializationError } from "../../models/wire/deserialization_error.ts";
import { Deserializer } from "../../models/wire/deserializer.ts";
import { MessageDecoder } from "../../protocol/decoder.ts";
import { ProtocolError } from "../../protocol/error.ts";
import { corpus, RUNS } from "./corpus.ts";

type Part = string | { bytes: number[] };

function decodeAll(parts: readonly Part[]): void {
  const decoder = new MessageDecoder({ ...DEFAULT_LIMITS, maxMessageBytes: 100_000 });
  try {
    for (const part of parts) decoder.push(typeof part === "string" ? part : Uint8Array.from(part.bytes));
  } catch (error) {
    assert(error instanceof ProtocolError, String(error));
  }
}

function decode(value: unknown): void {
  try {
    new Deserializer({ buffers: new Map([["b1", new Uint8Array(24)]]) }).decode(value);
  } catch (error) {
    assert(error instanceof DeserializationError, String(error));
  }
  assert(!Object.hasOwn(Object.prototype, "polluted"));
}

const names = fc.constantFrom("__proto__", "constructor", "toString", "polluted", "b1", "p1001", "x", "");
const type = fc.constantFrom(
  ...["object", "ref", "map", "number", "array", "set", "value", "field", "expr", "typed_array", "ndarray", "bytes"],
  ...["slice", "date", "symbol", "__proto__", "nope"],
);

/** Generates representations with the expected fields and arbitrary values. */
const { rep } = fc.letrec<{ rep: unknown; any: unknown }>((tie) => ({
  any: fc.oneof({ depthSize: "small" }, fc.jsonValue(), names, tie("rep"), fc.array(tie("any"), { maxLength: 4 })),
  rep: fc.record({
    type,
    id: fc.oneof(names, tie("any")),
    name: fc.oneof(fc.constantFrom("Slider", "Div", "ColumnDataSource", "Selection"), names),
    attributes: fc.dictionary(fc.oneof(names, fc.constantFrom("value", "tags", "data", "text")), tie("any"), {
      maxKeys: 3,
    }),
    entries: fc.array(fc.oneof(tie("any"), fc.tuple(names, tie("any"))), { maxLength: 4 }),
    value: tie("any"),
    array: tie("any"),
    data: fc.oneof(names, fc.record({ id: names }), fc.base64String()),
    shape: fc.array(fc.oneof(fc.integer(), fc.double()), { maxLength: 4 }),
    dtype: fc.constantFrom("float64", "int8", "int64", "bool", "object", "nope"),
    order: fc.constantFrom("little", "big", "middle"),
    start: tie("any"),
    iso: fc.string(),
  }, { requiredKeys: ["type"] }),
}));

const header = fc.record({
  msgid: fc.oneof(fc.string(), fc.jsonValue()),
  msgtype: fc.constantFrom("PATCH-DOC", "PUSH-DOC", "PULL-DOC-REQ", "SERVER-INFO-REQ", "OK", "__proto__"),
  num_buffers: fc.oneof(fc.integer({ min: -1, max: 3 }), fc.jsonValue()),
}, { requiredKeys: [] });

const part: fc.Arbitrary<Part> = fc.oneof(
  header.map((value) => JSON.stringify(value)),
  fc.constantFrom("{}", '{"events":[]}', '{"id":"a"}', '{"id":"b"}'),
  fc.jsonValue().map((value) => JSON.stringify(value)),
  fc.string(),
  fc.record({ bytes: fc.array(fc.nat(255), { maxLength: 9 }) }),
);

Deno.test("MessageDecoder: returns a message or throws ProtocolError", () => {
  corpus<Part[]>("frames").forEach(decodeAll);
  fc.assert(fc.property(fc.array(part, { maxLength: 9 }), decodeAll), { numRuns: RUNS });
});

Deno.test("Deserializer: returns a value or throws DeserializationError", () => {
  corpus<unknown>("values").forEach(decode);
  fc.assert(fc.property(rep, decode), { numRuns: RUNS });
});
