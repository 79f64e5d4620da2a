/**
 * Messages that once caused much more work than their length. They are run before generated ones.
 *
 * @module
 */

import { message, packedZeros } from "../kit/messages.ts";

/** Ids of the document's models by name. */
export type Ids = Readonly<Record<string, string>>;

/** Returns the frames of a message for a document. */
export type CostlyMessage = (ids: Ids) => string[];

function times<T>(count: number, make: (i: number) => T): T[] {
  return Array.from({ length: count }, (_, i) => make(i));
}

/** Returns an array of compressed zeros. */
function zeros(count: number, shape: readonly number[] = [count], dtype = "uint8"): object {
  return {
    type: "ndarray",
    array: { type: "bytes", data: packedZeros(count) },
    shape,
    dtype,
    order: "little",
  };
}

function patch(make: (ids: Ids) => readonly object[]): CostlyMessage {
  return (ids) => message("PATCH-DOC", { events: make(ids) });
}

function tags(value: unknown): CostlyMessage {
  return patch(({ div }) => [{ kind: "ModelChanged", model: { id: div }, attr: "tags", new: [value] }]);
}

function source(make: () => readonly object[]): CostlyMessage {
  return patch(({ source }) => make().map((event) => ({ model: { id: source }, attr: "data", ...event })));
}

function slices(shape: readonly number[]): object[] {
  return shape.map((stop) => ({ type: "slice", start: 0, stop }));
}

function pushed(defs: readonly object[], roots: readonly object[] = []): CostlyMessage {
  return () => message("PUSH-DOC", { doc: { title: "t", roots, defs } });
}

const PLOT = { type: "object", name: "Plot" };
const OVERRIDING = { type: "model", name: "A", extends: { id: "Plot" } };

const LONG_INTEGERS = zeros(20_000_000, [2_500_000], "int64");

/** The messages by name. */
export const COSTLY_MESSAGES: readonly (readonly [name: string, make: CostlyMessage])[] = [
  [
    "a list with packed zeros that the error describes",
    pushed([], [{ ...PLOT, attributes: { js_property_callbacks: [[], zeros(13_000_000), zeros(6_000_000)] } }]),
  ],
  [
    "packed zeros as the columns of a source",
    pushed([], [{ type: "object", name: "ColumnDataSource", attributes: { data: zeros(13_000_000) } }]),
  ],
  [
    "packed zeros of big-endian integers",
    tags({ ...zeros(19_000_000, [9_500_000], "uint16"), order: "big" }),
  ],
  [
    "packed zeros as a list",
    patch(({ div }) => [{ kind: "ModelChanged", model: { id: div }, attr: "tags", new: zeros(13_000_000) }]),
  ],
  ["packed integers of 64 bits", () => message("PUSH-DOC", { doc: { title: "t", roots: [LONG_INTEGERS] } })],
  ["packed zeros in a list", tags(zeros(13_000_000))],
  [
    "packed zeros as options",
    patch(({ select }) => [{ kind: "ModelChanged", model: { id: select }, attr: "options", new: zeros(13_000_000) }]),
  ],
  [
    "packed zeros as ticks",
    patch((
      { many },
    ) => [{
      kind: "ModelChanged",
      model: { id: many },
      attr: "tags",
      new: [{ type: "object", name: "LinearAxis", attributes: { ticker: zeros(13_000_000) } }],
    }]),
  ],
  ["models whose defaults are models", tags(times(10_000, () => PLOT))],
  ["a set of keys with one hash", tags({ type: "set", entries: times(30_000, (i) => String(i * 65536)) })],
  ["texts with one hash", tags(times(60_000, (i) => String(i * 65536)))],
  ["ids with equal hashes", tags(times(30_000, (i) => ({ type: "object", name: "Selection", id: String(i * 65536) })))],
  [
    "colors of long numbers",
    tags({ type: "object", name: "Span", attributes: { line_color: `rgb(${"1".repeat(3000)},${"1".repeat(3000)},` } }),
  ],
  [
    "slices of a shape with a dimension of length 0",
    source(() => [
      { kind: "ColumnDataChanged", data: { g: [zeros(0, [11_000, 12_000, 0])] }, cols: null },
      { kind: "ColumnsPatched", patches: { g: [[[0, ...slices([11_000, 12_000, 0])], []]] } },
    ]),
  ],
  [
    "no columns, replaced again and again",
    source(() => times(3000, () => ({ kind: "ColumnDataChanged", data: {}, cols: [] }))),
  ],
  [
    "rows that make all others move",
    source(() =>
      times(3000, (i) => ({ kind: "ColumnsStreamed", data: { x: [i], t: ["t"], n: [i] }, rollover: 100_000 }))
    ),
  ],
  [
    "a list and an array in turns",
    source(() =>
      times(
        500,
        (i) => ({ kind: "ColumnsStreamed", data: { x: i % 2 ? [i] : zeros(1), t: ["t"], n: [i] }, rollover: null }),
      )
    ),
  ],
  [
    "patches of nothing, of many columns",
    source(() => [
      { kind: "ColumnDataChanged", data: Object.fromEntries(times(5000, (i) => [`c${i}`, []])), cols: null },
      ...times(5000, () => ({ kind: "ColumnsPatched", patches: {} })),
    ]),
  ],
  [
    "many columns, set twice",
    source(() =>
      times(
        2,
        (turn) => ({
          kind: "ColumnDataChanged",
          data: Object.fromEntries(times(60_000, (i) => [`c${i}`, [turn]])),
          cols: null,
        }),
      )
    ),
  ],
  [
    "references that come and go",
    patch(({ div, many }) =>
      times(2000, (i) => ({ kind: "ModelChanged", model: { id: div }, attr: "tags", new: i % 2 ? [{ id: many }] : [] }))
    ),
  ],
  [
    "roots that go and come",
    patch(({ many }) => times(2000, (i) => ({ kind: i % 2 ? "RootAdded" : "RootRemoved", model: { id: many } }))),
  ],
  [
    "a default of its own class",
    pushed([{ ...OVERRIDING, overrides: [{ name: "title", default: { type: "object", name: "A" } }] }], [{
      type: "object",
      name: "A",
      id: "a",
    }]),
  ],
  [
    "a long default of many models",
    pushed(
      [{
        ...OVERRIDING,
        overrides: [{
          name: "title",
          default: { type: "object", name: "Title", attributes: { text: "x".repeat(15_000) } },
        }],
      }],
      times(10_000, (i) => ({ type: "object", name: "A", id: `a${i}` })),
    ),
  ],
  [
    "a deep hierarchy of classes",
    pushed(times(900, (i) => ({
      type: "model",
      name: `C${i}`,
      ...i === 0 ? {} : { extends: { id: `C${i - 1}` } },
      properties: i === 0 ? times(10_000, (j) => ({ name: `p${j}`, kind: "Any", default: 0 })) : [],
    }))),
  ],
  [
    "a kind of many parts for many values",
    pushed(
      [{
        type: "model",
        name: "A",
        properties: [{ name: "a", kind: ["List", ["Or", ...times(20_000, () => "Str")]], default: [] }],
      }],
      [{ type: "object", name: "A", id: "a", attributes: { a: times(20_000, () => 0) } }],
    ),
  ],
];
