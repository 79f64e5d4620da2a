/** Arrays that snapshots do not write again. */

import { assertEquals, assertNotStrictEquals, assertStrictEquals } from "@std/assert";
import type { ApplicationFunction } from "../../application/application_options.ts";
import { ColumnDataSource, Div } from "../../models/mod.ts";
import { type MemoryStore, memoryStore } from "../../store/memory.ts";
import type { Session } from "../session.ts";
import { INFO, kill, startProcess } from "./stored_session_test_support.ts";

const fill: ApplicationFunction = (doc) => {
  for (const name of ["first", "second"]) {
    const source = new ColumnDataSource({ data: { x: Float64Array.of(1, 2, 3), y: [1, 2, 3] }, name });
    doc.add_root(new Div({ text: name, name: `text ${name}`, tags: [source] }));
  }
};

/** Makes a change that is followed by a snapshot. Returns the store's arrays of both sources. */
async function change(store: MemoryStore, session: Session, fn: (session: Session) => void): Promise<Uint8Array[]> {
  await session.transact({}, () => fn(session));
  await session.journal!.flush();
  return [...[...store.records.values()][0]!.snapshot!.buffers.values()];
}

function source(session: Session, name: string): ColumnDataSource {
  return session.document.get_model_by_name<ColumnDataSource>(name);
}

function rename(session: Session): void {
  session.document.title += ".";
}

Deno.test("snapshots write arrays again only if they have changed", async () => {
  await using store = memoryStore();
  const first = await startProcess(store, fill, { maxEntries: 1 });
  const session = await first.registry.getOrCreate("s", INFO);
  const before = await change(store, session, rename);
  assertEquals(before.length, 2);
  const unchanged = await change(store, session, rename);
  assertStrictEquals(unchanged[0], before[0]);
  assertStrictEquals(unchanged[1], before[1]);

  const patched = await change(store, session, () => source(session, "first").patch({ x: [[0, 9]] }));
  assertNotStrictEquals(patched[0], before[0]);
  assertStrictEquals(patched[1], before[1]);

  // The same array with other content, which the application announces by assigning it.
  const { x, y } = source(session, "second").data;
  const assigned = await change(store, session, () => {
    (x as Float64Array)[1] = 8;
    source(session, "second").data = { x: x!, y: y! };
  });
  assertNotStrictEquals(assigned[1], before[1]);
  const last = await change(store, session, rename);
  assertStrictEquals(last[1], assigned[1]);

  await kill(first);
  const second = await startProcess(store, fill, { maxEntries: 1 });
  const after = await second.registry.getOrCreate("s", INFO);
  assertEquals(after.document.to_json(), session.document.to_json());
  assertEquals([...source(after, "first").data.x!], [9, 2, 3]);
  assertEquals([...source(after, "second").data.x!], [1, 8, 3]);
});

Deno.test("a snapshot after the store has lost its data contains all arrays", async () => {
  await using store = memoryStore();
  const first = await startProcess(store, fill, { maxEntries: 1 });
  first.member.onNotice((notice) => first.registry.receiveNotice(notice));
  const session = await first.registry.getOrCreate("s", INFO);
  await change(store, session, rename);
  await change(store, session, rename);
  store.clear();
  await first.clock.tick(10);
  assertEquals((await change(store, session, rename)).length, 2);
  await kill(first);
  const second = await startProcess(store, fill);
  const after = await second.registry.getOrCreate("s", INFO);
  assertEquals(after.document.to_json(), session.document.to_json());
});

Deno.test("an array that was changed in place is written, although the event of the change is not recorded yet", async () => {
  for (const isHeld of [true, false]) {
    await using store = memoryStore();
    const first = await startProcess(store, fill, { maxEntries: 1 });
    const session = await first.registry.getOrCreate("s", INFO);
    const patch = (row: number) => source(session, "first").patch({ x: [[row, 9]] });
    await change(store, session, () => patch(0)); // from now on it is changed in place
    if (isHeld) session.document.hold();
    patch(1);
    session.journal!.replaced(); // a snapshot, before the event is recorded
    await session.journal!.flush();
    session.document.unhold();
    await first.clock.tick(300);
    await session.journal!.flush();
    await kill(first);
    const second = await startProcess(store, fill);
    const after = await second.registry.getOrCreate("s", INFO);
    assertEquals([...source(after, "first").data.x!], [9, 9, 3], `held: ${isHeld}`);
  }
});
