/**
 * Columns in this package and in BokehJS: after any sequence of streams, patches and replacements by the application and by pages,
 * all have the same rows. `COLUMNS_SEED` repeats a failed run, `COLUMNS_RUNS` sets the number of sequences.
 */

import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { ColumnDataSource, Div } from "@bokeh/server/models";
import { makeRegistry } from "../session/session_test_support.ts";
import { type BokehjsColumn, type BokehjsModel, BokehjsPage } from "./kit/bokehjs.ts";
import corpus from "./corpus/columns.json" with { type: "json" };

type Kind = "list" | "Int8Array" | "Uint8Array" | "Int32Array" | "Uint32Array" | "Float32Array" | "Float64Array";

/** Numbers in an array of a type, in a form that JSON can represent: null and NaN only in lists. */
interface Rows {
  readonly kind: Kind;
  readonly items: readonly (number | string | null)[];
}

/** One change of both columns of the source. */
type Step =
  | { readonly do: "stream"; readonly by: By; readonly x: Rows; readonly y: Rows; readonly rollover: number | null }
  | { readonly do: "replace"; readonly by: By; readonly x: Rows; readonly y: Rows }
  | { readonly do: "patch"; readonly by: By; readonly at: number; readonly value: number | string | null }
  | {
    readonly do: "slice";
    readonly by: "server";
    readonly start: number;
    readonly step: number;
    readonly values: readonly number[];
  }
  | { readonly do: "pixel"; readonly by: By; readonly i: number; readonly j: number; readonly value: number }
  | { readonly do: "toPage"; readonly most: number }
  | { readonly do: "toServer"; readonly most: number };
/** The author of a change: the application, or one of two pages. */
type By = "server" | "one" | "two";

const KINDS: readonly Kind[] = [
  "list",
  "Int8Array",
  "Uint8Array",
  "Int32Array",
  "Uint32Array",
  "Float32Array",
  "Float64Array",
];
const CLASSES = { Int8Array, Uint8Array, Int32Array, Uint32Array, Float32Array, Float64Array };

function columnOf({ kind, items }: Rows): unknown[] | ArrayLike<number> {
  const values = items.map((item) => item === "NaN" ? NaN : item);
  return kind === "list" ? values : CLASSES[kind].from(values as number[]);
}

/** Returns a column as a list. */
function plain(column: BokehjsColumn | ArrayLike<unknown>): unknown[] {
  return Array.from(column, (item) => {
    if (ArrayBuffer.isView(item)) return plain(item as unknown as ArrayLike<unknown>);
    return Object.is(item, -0) ? 0 : item;
  });
}

const item = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 0, max: 100 }) },
  fc.integer({ min: -300, max: 300 }),
  fc.constantFrom(0.5, -1.25, 4e9, 2 ** 33, -0),
);
const anyItem = fc.oneof({ weight: 8, arbitrary: item }, fc.constantFrom(null, "NaN", "text"));
const lengths = fc.integer({ min: 0, max: 5 });

function rows(length: number): fc.Arbitrary<Rows> {
  return fc.constantFrom(...KINDS).chain((kind) =>
    fc.array(kind === "list" ? anyItem : item, { minLength: length, maxLength: length })
      .map((items) => ({ kind, items }))
  );
}

const pair = lengths.chain((length) => fc.record({ x: rows(length), y: rows(length) }));

function steps(by: readonly By[]): fc.Arbitrary<Step> {
  const author = fc.constantFrom(...by);
  const rollover = fc.option(fc.integer({ min: 0, max: 8 }));
  return fc.oneof(
    {
      weight: 4,
      arbitrary: fc.tuple(author, pair, rollover).map(([by, columns, rollover]): Step => ({
        do: "stream",
        by,
        ...columns,
        rollover,
      })),
    },
    { weight: 1, arbitrary: fc.tuple(author, pair).map(([by, columns]): Step => ({ do: "replace", by, ...columns })) },
    {
      weight: 2,
      arbitrary: fc.record({ do: fc.constant("patch" as const), by: author, at: fc.nat(8), value: anyItem }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        do: fc.constant("slice" as const),
        by: fc.constant("server" as const),
        start: fc.nat(4),
        step: fc.integer({ min: 1, max: 2 }),
        values: fc.array(item, { maxLength: 3 }),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        do: fc.constant("pixel" as const),
        by: author,
        i: fc.nat(1),
        j: fc.nat(2),
        value: fc.nat(200),
      }),
    },
    { weight: 3, arbitrary: fc.record({ do: fc.constant("toPage" as const), most: fc.integer({ min: 1, max: 3 }) }) },
    { weight: 3, arbitrary: fc.record({ do: fc.constant("toServer" as const), most: fc.integer({ min: 1, max: 3 }) }) },
  );
}

/** Runs a sequence, delivers all messages, and compares the columns of both pages with those of the server. */
async function run(start: { x: Rows; y: Rows }, sequence: readonly Step[]): Promise<void> {
  const source = new ColumnDataSource({
    name: "source",
    data: { x: columnOf(start.x), y: columnOf(start.y) } as never,
  });
  const pixels = Object.assign(Uint8Array.of(1, 2, 3, 4, 5, 6), { shape: [2, 3] });
  const images = new ColumnDataSource({ name: "images", data: { image: [pixels] } });
  const { registry, clock } = makeRegistry((doc) => doc.add_root(new Div({ tags: [source, images] })));
  const session = await registry.getOrCreate("s");
  const pages = { one: BokehjsPage.open(session), two: BokehjsPage.open(session) };
  const target = (by: By, name: "source" | "images"): BokehjsModel =>
    by === "server" ? (name === "source" ? source : images) as unknown as BokehjsModel : pages[by].model(name);
  for (const step of sequence) {
    if (step.do === "toPage") { for (const page of Object.values(pages)) page.deliverToPage(step.most); }
    else if (step.do === "toServer") { for (const page of Object.values(pages)) page.deliverToServer(step.most); }
    else await session.transact({}, () => attempt(step, target));
  }
  for (let round = 0; round < 20; round++) {
    for (const page of Object.values(pages)) {
      page.deliverToServer();
      page.deliverToPage();
    }
    await clock.tick(100);
  }
  for (const page of Object.values(pages)) {
    assertEquals(page.errors, []);
    for (const model of [source, images]) {
      for (const [name, column] of Object.entries(model.data)) {
        const there = page.model(model.name!).data[name]!;
        assertEquals(plain(there), plain(column as ArrayLike<unknown>), `${model.name}.${name}`);
      }
    }
    page.close();
  }
}

/** Makes a change. A change that throws changes nothing. */
function attempt(
  step: Exclude<Step, { most: number }>,
  target: (by: By, name: "source" | "images") => BokehjsModel,
): void {
  const source = target(step.by, "source");
  try {
    switch (step.do) {
      case "stream":
        return source.stream({ x: columnOf(step.x), y: columnOf(step.y) }, step.rollover);
      case "replace":
        return void (source.data = { x: columnOf(step.x), y: columnOf(step.y) } as Record<string, BokehjsColumn>);
      case "patch": {
        const value = step.value === "NaN" ? NaN : step.value;
        if (step.at < source.data.x!.length) source.patch({ x: [[step.at, value]] });
        return;
      }
      case "slice": {
        const stop = step.start + step.values.length * step.step;
        if (stop <= source.data.x!.length) {
          source.patch({ x: [[{ start: step.start, stop, step: step.step }, step.values]] });
        }
        return;
      }
      case "pixel":
        return target(step.by, "images").patch({
          image: [[[0, step.i, step.j], step.by === "server" ? step.value : [step.value]]],
        });
    }
  } catch (error) {
    if (!(error instanceof TypeError || error instanceof RangeError || step.by !== "server")) throw error;
  }
}

const seed = Number(Deno.env.get("COLUMNS_SEED") ?? Date.now() % 1e9);
const runs = Number(Deno.env.get("COLUMNS_RUNS") ?? 300);
/** Maximum duration of the sequences of one test, in milliseconds. A slow machine runs fewer of them. */
const LIMIT = 20_000;

for (const { what, start, steps } of corpus as { what: string; start: { x: Rows; y: Rows }; steps: Step[] }[]) {
  Deno.test(`columns: equal in BokehJS and on the server (${what})`, () => run(start, steps));
}

async function property(by: readonly By[]): Promise<void> {
  const sequences = fc.array(steps(by), { minLength: 1, maxLength: 10 });
  await fc.assert(
    fc.asyncProperty(pair, sequences, run),
    { seed, numRuns: runs, interruptAfterTimeLimit: LIMIT, markInterruptAsFailure: false },
  );
}

Deno.test(`columns: equal after changes by the server (COLUMNS_SEED=${seed})`, () => property(["server"]));
Deno.test(`columns: equal after changes by a page (COLUMNS_SEED=${seed})`, () => property(["one"]));
Deno.test(`columns: equal after concurrent changes by the server and two pages (COLUMNS_SEED=${seed})`, () =>
  property(["server", "one", "two"]));
