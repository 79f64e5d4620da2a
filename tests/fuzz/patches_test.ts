/** Patches with arbitrary content are applied completely or leave the document unchanged. */

import fc from "fast-check";
import { assert, assertEquals } from "@std/assert";
import { Document } from "../../document/document.ts";
import { PatchError } from "../../document/patches/patch_error.ts";
import { ColumnDataSource, Div, Slider } from "../../models/mod.ts";
import type { PatchEvent } from "../../protocol/patch.ts";
import { RUNS } from "./corpus.ts";
import { syncOf } from "../../document/document_sync.ts";

function newDocument(): Document {
  const doc = new Document();
  doc.add_root(new Slider({ start: 0, end: 10, value: 1 }));
  const source = new ColumnDataSource({
    data: {
      x: [1, 2, 3],
      t: ["a", "b", "c"],
      n: Float64Array.of(1, 2, 3),
      g: [0, 1, 2].map(() => Float64Array.of(1, 2)),
    },
  });
  doc.add_root(new Div({ text: "", tags: [source] }));
  // From then on the source owns its columns and can change them in place.
  source.stream({ x: [4], t: ["d"], n: [4], g: [Float64Array.of(1, 2)] }, 4);
  source.patch({ x: [[0, 1]], t: [[0, "a"]], n: [[0, 1]], g: [[[0, 0], 1]] });
  return doc;
}

const ids = newDocument().models.map(({ id }) => id);
const id = fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...ids) }, fc.constantFrom("nope", "__proto__"));
const model = id.map((id) => ({ id }));
const attr = fc.constantFrom("value", "text", "data", "tags", "start", "end", "name", "__proto__", "nope");
const number = fc.oneof(fc.integer({ min: -4, max: 6 }), fc.double());
const column = fc.array(fc.oneof(number, fc.string()), { maxLength: 4 });
const columns = fc.dictionary(
  fc.constantFrom("x", "t", "n", "g", "__proto__", "more"),
  fc.oneof(column, fc.jsonValue()),
  {
    maxKeys: 3,
  },
);
const slice = fc.record({
  type: fc.constant("slice"),
  start: fc.oneof(number, fc.constant(null)),
  stop: number,
  step: number,
}, {
  requiredKeys: ["type"],
});
const patches = fc.dictionary(
  fc.constantFrom("x", "t", "n", "g", "more"),
  fc.array(fc.tuple(fc.oneof(number, slice, fc.array(number, { maxLength: 3 })), fc.oneof(number, column)), {
    maxLength: 3,
  }),
  { maxKeys: 2 },
);
const value = fc.oneof(number, fc.string(), fc.jsonValue(), columns, model);

/** Generates events that are valid if earlier ones keep rows and columns, so that patches fail late. */
const sourceId = { id: newDocument().models.find((model) => model.isA("ColumnDataSource"))!.id };
const right = fc.oneof(
  fc.record({ n: number, row: fc.nat(3) }).map(({ n, row }) => ({
    kind: "ColumnsPatched",
    model: sourceId,
    attr: "data",
    patches: { x: [[row, n]], n: [[row, n]], g: [[[row, 1], n]] },
  })),
  fc.record({ n: number, rollover: fc.constantFrom(null, 4, 6) }).map(({ n, rollover }) => ({
    kind: "ColumnsStreamed",
    model: sourceId,
    attr: "data",
    data: { x: [n], t: ["e"], n: [n], g: [[n]] },
    rollover,
  })),
);

/** Generates events of all types with valid and invalid content. */
const event = fc.oneof(
  fc.record({ kind: fc.constant("ModelChanged"), model, attr, new: value }),
  fc.record({
    kind: fc.constant("ColumnsStreamed"),
    model,
    attr: fc.constant("data"),
    data: columns,
    rollover: fc.oneof(number, fc.constant(null)),
  }),
  fc.record({ kind: fc.constant("ColumnsPatched"), model, attr: fc.constant("data"), patches }),
  fc.record({
    kind: fc.constant("ColumnDataChanged"),
    model,
    attr: fc.constant("data"),
    data: columns,
    cols: fc.constant(null),
  }),
  fc.record({ kind: fc.constant("TitleChanged"), title: fc.oneof(fc.string(), fc.jsonValue()) }),
  fc.record({ kind: fc.constant("RootRemoved"), model }),
  fc.record({ kind: fc.constant("RootAdded"), model: fc.oneof(model, fc.jsonValue()) }),
  fc.record({ kind: fc.constantFrom("MessageSent", "Nope"), msg_type: fc.string(), msg_data: fc.jsonValue() }),
);

Deno.test("applyPatch: applies all events or none, and the document can be serialized and read", () => {
  const property = fc.property(fc.array(fc.oneof(event, right), { minLength: 1, maxLength: 5 }), (events) => {
    const doc = newDocument();
    const before = JSON.stringify(doc.to_json());
    let received = 0;
    syncOf(doc).onEvent(() => void received++);
    try {
      syncOf(doc).applyPatch(events as unknown as PatchEvent[]);
    } catch (error) {
      assert(error instanceof PatchError, String(error));
      assertEquals([JSON.stringify(doc.to_json()), received], [before, 0]);
      return;
    }
    Document.from_json(JSON.parse(JSON.stringify(doc.to_json())));
  });
  fc.assert(property, { numRuns: RUNS });
});
