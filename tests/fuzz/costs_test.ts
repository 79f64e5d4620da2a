/**
 * The processor time and memory that a message causes are limited by its length, for all types and events. `FUZZ_SEED` repeats a
 * run, `FUZZ_RUNS` makes it longer. Cases that were found are in `costly_messages.ts`.
 */

import process from "node:process";
import fc from "fast-check";
import { assert } from "@std/assert";
import type { Document } from "../../document/document.ts";
import { ColumnDataSource, DataTable, Div, Plot, Select, Slider } from "../../models/mod.ts";
import type { Session } from "../../session/session.ts";
import { InProcessClient, makeRegistry } from "../../session/session_test_support.ts";
import { RUNS } from "./corpus.ts";
import { classSpec, modelNames } from "../../models/spec/registry.ts";
import { message, packedZeros } from "../kit/messages.ts";
import { COSTLY_MESSAGES, type CostlyMessage, type Ids } from "./costly_messages.ts";

/** Maximum processor time of a message in milliseconds, besides that for its bytes. */
const MOST_MILLISECONDS = 250;
/** Maximum processor time for each byte of a message, in nanoseconds. */
const NANOSECONDS_PER_BYTE = 1000;
/** Maximum memory of a message in bytes, including garbage: a constant, and a number for each byte of the message. */
const MOST_MEMORY = 128 * 2 ** 20, MEMORY_PER_BYTE = 300;
/** Number of repetitions of a message that exceeds a limit. Other processes may have used the processor. */
const ATTEMPTS = 4;

/** Fills a large document, so that work that depends on its size is noticed. */
function fill(doc: Document): void {
  const rows = 50_000;
  const numbers = Array.from({ length: rows }, (_, i) => i);
  const data = { x: numbers, t: numbers.map((i) => `row ${i}`), n: Float64Array.from(numbers) };
  const source = new ColumnDataSource({ name: "source", data });
  doc.add_root(new Div({ name: "div", tags: [source] }));
  doc.add_root(new Slider({ name: "slider", start: 0, end: 10, value: 1 }));
  doc.add_root(new Select({ name: "select", options: ["a", "b"] }));
  doc.add_root(new DataTable({ name: "table", source, editable: true }));
  doc.add_root(new Div({ name: "many", tags: Array.from({ length: 100 }, () => new Plot()) }));
}

/** Ids of the named models, which are the same in each session. */
function namedIds({ document }: Session): Ids {
  return Object.fromEntries(document.models.filter(({ name }) => name !== null).map(({ name, id }) => [name, id]));
}

async function idsOf(): Promise<Ids> {
  const { registry } = makeRegistry(fill);
  const ids = namedIds(await registry.getOrCreate("ids"));
  await registry.drain();
  return ids;
}

/** Processor time and memory of a message. */
interface Cost {
  readonly bytes: number;
  readonly milliseconds: number;
  readonly memory: number;
}

/** Sends a message to a new session and measures its cost, including sending its changes to another client. */
async function costOf(make: CostlyMessage): Promise<Cost> {
  const { registry } = makeRegistry(fill);
  const session = await registry.getOrCreate("s");
  const client = new InProcessClient(session);
  const other = new InProcessClient(session);
  const frames = make(namedIds(session));
  const bytes = frames.reduce((sum, frame) => sum + frame.length, 0);
  const before = memoryInUse();
  const start = performance.now(), processorBefore = processorMilliseconds();
  for (const frame of frames) client.connection.receive(frame);
  // Other processes increase wall time, and garbage collection on other threads increases processor time: use the smaller one.
  const milliseconds = Math.min(performance.now() - start, processorMilliseconds() - processorBefore);
  const memory = memoryInUse() - before;
  assert(other.port.closedWith === undefined || client.port.closedWith !== undefined);
  await registry.drain();
  return { bytes, milliseconds, memory };
}

function processorMilliseconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

function memoryInUse(): number {
  const { heapUsed, external } = Deno.memoryUsage();
  return heapUsed + external;
}

/** Asserts that a message does not exceed the limits. Uses the cheapest of several attempts. */
async function assertCheap(name: string, make: CostlyMessage): Promise<void> {
  let least: Cost | undefined;
  for (let i = 0; i < ATTEMPTS && (least === undefined || problemOf(least) !== undefined); i++) {
    const cost = await costOf(make);
    least = least === undefined ? cost : {
      bytes: cost.bytes,
      milliseconds: Math.min(least.milliseconds, cost.milliseconds),
      memory: Math.min(least.memory, cost.memory),
    };
  }
  const problem = problemOf(least!);
  assert(problem === undefined, `${name}: ${least!.bytes} bytes took ${problem}`);
}

function problemOf({ bytes, milliseconds, memory }: Cost): string | undefined {
  if (milliseconds > MOST_MILLISECONDS + bytes * NANOSECONDS_PER_BYTE / 1e6) return `${milliseconds.toFixed(0)} ms`;
  return memory > MOST_MEMORY + bytes * MEMORY_PER_BYTE ? `${(memory / 2 ** 20).toFixed(0)} MiB` : undefined;
}

for (const [name, make] of COSTLY_MESSAGES) {
  Deno.test(`costs of messages: ${name}`, async () => await assertCheap(name, make));
}

const SEED = Number(Deno.env.get("FUZZ_SEED") ?? Math.floor(Math.random() * 2 ** 31));

const count = fc.constantFrom(0, 1, 10, 1000, 5000);
const length = fc.constantFrom(0, 1, 1000, 3_000_000, 13_000_000);
const index = fc.constantFrom(-1, 0, 1, 99_999, 2 ** 31, 2 ** 40);
const dtype = fc.constantFrom("uint8", "int64", "float64", "float16", "bool");
const order = fc.constantFrom("little", "big");
const type = fc.constantFrom("Plot", "Div", "ColumnDataSource", "DataTable", "Selection", "Figure", "CustomJS");
const attr = fc.constantFrom(
  "tags",
  "text",
  "data",
  "value",
  "name",
  "options",
  "styles",
  "js_property_callbacks",
  "nope",
);
const model = fc.constantFrom(...Object.values(await idsOf()), "nope").map((id) => ({ id }));
const shape = fc.array(fc.constantFrom(0, 1, 1000, 11_000, 2 ** 40), { minLength: 1, maxLength: 5 });

function times(size: number, make: (i: number) => unknown): unknown[] {
  return Array.from({ length: size }, (_, i) => make(i));
}

/** Generates short values that can cause much work. */
const { value } = fc.letrec<{ value: unknown; leaf: unknown }>((tie) => ({
  leaf: fc.oneof(
    fc.constantFrom<unknown>(null, 0, 1.5, "x", "65536", "rgb(1,1,1)", true, {}, []),
    fc.tuple(length, dtype, order).map(([size, dtype, order]) => packedArray(size, [size], dtype, order)),
    fc.tuple(length, shape).map(([size, shape]) => packedArray(size, shape, "uint8")),
    length.map((size) => ({ type: "bytes", data: packedZeros(size) })),
    fc.tuple(count, fc.constantFrom("1", "[", "a ", "-0.")).map(([size, text]) => text.repeat(size)),
    fc.tuple(count, fc.constantFrom(1, 1024, 65536)).map(([size, step]) => ({
      type: "set",
      entries: times(size, (i) => i * step),
    })),
    fc.tuple(count, fc.constantFrom(1, 65536)).map(([size, step]) => times(size, (i) => String(i * step))),
    fc.tuple(type, count).map(([name, size]) => times(size, () => ({ type: "object", name }))),
    count.map((size) => times(size, () => [])),
    count.map((size) => Object.fromEntries(times(size, (i) => [`k${i}`, i]) as [string, unknown][])),
    model,
  ),
  value: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    tie("leaf"),
    fc.array(tie("value"), { maxLength: 3 }),
    fc.array(fc.tuple(tie("leaf"), tie("value")), { maxLength: 3 }).map((entries) => ({ type: "map", entries })),
    fc.tuple(fc.constantFrom("value", "field", "expr"), tie("value"), tie("value")).map(
      ([type, item, transform]) => ({ type, [type]: item, transform }),
    ),
    fc.record({
      type: fc.constant("object"),
      name: type,
      attributes: fc.dictionary(attr, tie("value"), { maxKeys: 2 }),
    }),
    fc.constantFrom(...modelNames()).chain((name) =>
      fc.record({
        type: fc.constant("object"),
        name: fc.constant(name),
        attributes: fc.dictionary(fc.constantFrom(...attributesOf(name)), tie("value"), { maxKeys: 2 }),
      })
    ),
  ),
}));

function attributesOf(type: string): string[] {
  return Array.from(classSpec(type).properties(), (property) => property.attr);
}

const slice = fc.record({
  type: fc.constant("slice"),
  start: index,
  stop: index,
  step: fc.constantFrom(1, 2, 2 ** 30),
});
const place = fc.oneof(index, slice, fc.array(fc.oneof(index, slice, value), { maxLength: 4 }), value);
const column = fc.constantFrom("x", "t", "n", "more");
const columns = fc.dictionary(column, value, { maxKeys: 4 });

/** Generates events of all types. */
const event = fc.oneof(
  fc.record({ kind: fc.constant("ModelChanged"), model, attr, new: value }),
  fc.record({
    kind: fc.constant("ColumnDataChanged"),
    model,
    attr,
    data: columns,
    cols: fc.constantFrom(null, [], ["x"]),
  }),
  fc.record({
    kind: fc.constant("ColumnsStreamed"),
    model,
    attr,
    data: columns,
    rollover: fc.constantFrom(null, 0, 1, 100_000),
  }),
  fc.record({
    kind: fc.constant("ColumnsPatched"),
    model,
    attr,
    patches: fc.dictionary(column, fc.array(fc.tuple(place, value), { maxLength: 3 }), { maxKeys: 2 }),
  }),
  fc.record({ kind: fc.constant("TitleChanged"), title: fc.oneof(fc.string(), value) }),
  fc.record({ kind: fc.constant("RootAdded"), model: fc.oneof(model, value) }),
  fc.record({ kind: fc.constant("RootRemoved"), model }),
  fc.record({ kind: fc.constant("MessageSent"), msg_type: fc.constantFrom("x", "bokeh_event"), msg_data: value }),
  fc.record({ kind: fc.constant("Unknown"), model, attr }),
);

const repeated = fc.tuple(fc.array(event, { minLength: 1, maxLength: 3 }), fc.constantFrom(1, 2, 20, 500));
const patch = repeated.map(([events, times]) => ({
  msgtype: "PATCH-DOC",
  content: { events: Array(times).fill(events).flat() },
}));
const pushed = fc.array(value, { maxLength: 3 }).map((roots) => ({
  msgtype: "PUSH-DOC",
  content: { doc: { title: "t", roots } },
}));
const asked = fc.constantFrom("PULL-DOC-REQ", "SERVER-INFO-REQ", "OK").map((msgtype) => ({ msgtype, content: {} }));
const anyMessage = fc.oneof({ weight: 8, arbitrary: patch }, { weight: 2, arbitrary: pushed }, asked);

function packedArray(size: number, shape: readonly number[], dtype: string, order = "little"): unknown {
  return { type: "ndarray", array: { type: "bytes", data: packedZeros(size) }, shape, dtype, order };
}

Deno.test(`costs of messages: generated messages (FUZZ_SEED=${SEED})`, async () => {
  const property = fc.asyncProperty(anyMessage, async ({ msgtype, content }) => {
    const frames = message(msgtype, content);
    await assertCheap(frames[2]!.slice(0, 300), () => frames);
  });
  await fc.assert(property, { numRuns: RUNS, seed: SEED, endOnFailure: true });
});
