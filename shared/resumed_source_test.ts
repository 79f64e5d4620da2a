import { assert, assertEquals, assertThrows } from "@std/assert";
import type { ApplicationFunction } from "../application/application_options.ts";
import { ColumnDataSource, Div, Scatter } from "../models/mod.ts";
import { figure } from "../plotting/mod.ts";
import { INFO, kill, startProcess } from "../session/persistence/stored_session_test_support.ts";
import { memoryStore } from "../store/memory.ts";
import { sharedSource } from "./shared_source.ts";

const ROWS = 20_000;
let count = 0;

/** Returns a source whose columns have 160 KB each. */
function newSource() {
  return sharedSource(`resumed ${++count}`, { x: new Float64Array(ROWS), y: new Float64Array(ROWS) });
}

/** In each run, the function fills the document with another text, if it counts the runs. */
function application(countsRuns: boolean): ApplicationFunction {
  let run = 0;
  return (doc) => doc.add_root(new Div({ text: countsRuns ? `run ${++run}` : "text" }));
}

for (
  const [outcome, countsRuns, maxEntries] of [
    ["from its journal", false, 512],
    ["from a snapshot", false, 1],
    ["by an application that fills it with other values", true, 512],
    ["from a snapshot, by an application that fills it with other values", true, 1],
  ] as const
) {
  Deno.test(`sharedSource: a session resumed ${outcome} shows columns that a callback had added`, async () => {
    await using store = memoryStore();
    const source = newSource();
    const fill = application(countsRuns);
    const first = await startProcess(store, fill, { maxEntries });
    const before = await first.registry.getOrCreate("s", INFO);
    await before.transact({}, () => {
      const plot = figure();
      plot.scatter({ x: "x", y: "y", source: source.source(before.document) });
      before.document.add_root(plot);
    });
    await first.clock.tick(250);
    const [record] = store.records.values();
    const bytes = record!.entries.reduce((sum, { byteLength }) => sum + byteLength, 0);
    assert(bytes < 50_000, `The journal has ${bytes} bytes`);
    await kill(first);

    source.stream({ x: [1], y: [2] });
    for (let i = 0; i < 2; i++) { // it can be resumed again
      const next = await startProcess(store, fill, { maxEntries });
      const { document } = await next.registry.getOrCreate("s", INFO);
      const shown = document.select_one(ColumnDataSource)!;
      assertEquals(shown, source.source(document));
      assertEquals(shown.data.y!.length, ROWS + 1 + i);
      source.stream({ x: [2], y: [3 + i] });
      assertEquals(shown.data.y!.at(-1), 3 + i);
      assertThrows(() => shown.data = { x: [] }, TypeError, "call the methods of the shared source");
      assertEquals(document.select(Scatter).length > 0, true);
      assertEquals(next.errors, []);
      await next.clock.tick(250);
      await kill(next);
    }
  });
}

Deno.test("sharedSource: clients do not show columns in a resumed session with a model that has the id of a source", async () => {
  await using store = memoryStore();
  const source = newSource();
  const first = await startProcess(store, application(false));
  const session = await first.registry.getOrCreate("s", INFO);
  await session.transact({}, () => {
    const forged = new ColumnDataSource();
    forged.assignId(`shared-${source.name}`);
    session.document.add_root(new Div({ text: "", tags: [forged] }));
  });
  await first.clock.tick(250);
  await kill(first);
  const next = await startProcess(store, application(false));
  const resumed = await next.registry.getOrCreate("s", INFO);
  assertEquals(resumed.document.select_one(ColumnDataSource)!.data, {});
});

Deno.test("sharedSource: a resumed session returns the source that a callback had shown", async () => {
  await using store = memoryStore();
  const source = newSource();
  let addPlot = () => {};
  const fill: ApplicationFunction = (doc) => {
    source.source(doc); // not shown yet
    addPlot = () => {
      const plot = figure();
      plot.scatter({ x: "x", y: "y", source: source.source(doc) });
      doc.add_root(plot);
    };
  };
  let rows = ROWS;
  for (let plots = 1; plots <= 3; plots++) {
    const process = await startProcess(store, fill);
    const session = await process.registry.getOrCreate("s", INFO);
    await session.transact({}, () => addPlot());
    assertEquals(process.errors, []);
    source.stream({ x: [1], y: [2] });
    rows++;
    assertEquals(session.document.select(Scatter).length > 0, true);
    assertEquals(session.document.select(ColumnDataSource).map(({ data }) => data.x!.length), [rows]);
    await process.clock.tick(250);
    await kill(process);
  }
});
