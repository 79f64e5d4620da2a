/** Random changes by the application and by clients, in sessions that move between processes. */

import { assert, assertEquals } from "@std/assert";
import type { Document } from "../../document/document.ts";
import { Column, ColumnDataSource, Div, Slider } from "../../models/mod.ts";
import type { PatchEvent } from "../../protocol/patch.ts";
import { memoryStore } from "../../store/memory.ts";
import { InProcessClient } from "../session_test_support.ts";
import type { Session } from "../session.ts";
import { INFO, kill, startProcess } from "./stored_session_test_support.ts";

/** Fills a document with a slider, a text with a data source, and a column of texts. */
function fill(doc: Document, text: string): void {
  const source = new ColumnDataSource({ data: { x: Float64Array.of(1, 2, 3), y: [1, 2, 3] }, name: "source" });
  doc.add_root(new Slider({ start: 0, end: 10, value: 1, name: "slider" }));
  doc.add_root(new Div({ text, tags: [source] }));
  doc.add_root(new Column({ children: [new Div({ text: "a" })], name: "column" }));
}

/** Changes that the application and a client can make. `step` makes their values differ. */
function changes(session: Session, client: InProcessClient, step: number): (() => unknown)[] {
  const { document } = session;
  const source = document.get_model_by_name<ColumnDataSource>("source")!;
  const column = document.get_model_by_name<Column>("column")!;
  const send = (event: PatchEvent) => client.send("PATCH-DOC", { events: [event] });
  const model = { id: source.id };
  const last = document.roots.at(-1)!;
  const added = { type: "object", name: "Div", id: `c${step}`, attributes: { text: "by the client" } };
  const ofClient: PatchEvent[] = [
    { kind: "ColumnsStreamed", model, attr: "data", data: { x: [step, step], y: [step, "t"] }, rollover: 6 },
    { kind: "ColumnsPatched", model, attr: "data", patches: { x: [[1, step / 3]] } },
    { kind: "RootAdded", model: added },
    ...document.roots.length > 3 ? [{ kind: "RootRemoved", model: { id: last.id } } as const] : [],
  ];
  return [
    ...ofClient.map((event) => () => send(event)),
    () => client.set(document.get_model_by_name("slider")!, "value", step % 10),
    () => source.stream({ x: [step], y: [step] }, 8),
    () => source.patch({ y: [[0, step]] }),
    () => source.data = { x: Float64Array.of(step, 1, 2, 3), y: [step, 1, 2, 3] },
    () => column.children = [...column.children, new Div({ text: `child ${step}` })],
    () => column.children = column.children.slice(1),
    () => session.transact({}, () => void (column.children = [...column.children].reverse())),
    () => document.roots.length > 3 && document.remove_root(last),
    () => document.title = `title ${step}`,
    () => session.transact({}, () => void (document.session_state<{ step?: number }>({}).step = step)),
  ];
}

Deno.test("documents are equal after each move, whatever was changed before", async () => {
  let moves = 0;
  for (let seed = 1; seed <= 30; seed++) {
    let random = seed;
    const pick = (count: number) => (random = (random * 1664525 + 1013904223) >>> 0) % 1009 % count;
    await using store = memoryStore();
    let starts = 0;
    const start = () =>
      startProcess(store, (doc) => fill(doc, seed % 3 === 0 ? `start ${starts++}` : "same"), {
        maxEntries: 1 + seed % 9,
      });
    let process = await start();
    let session = await process.registry.getOrCreate("s", INFO);
    let client = new InProcessClient(session);
    for (let step = 0; step < 60; step++) {
      const all = changes(session, client, step);
      const chosen = all[pick(all.length + 1)];
      if (chosen !== undefined) {
        await chosen();
        continue;
      }
      await process.clock.tick(300);
      assert(!client.takeTypes().includes("ERROR"), `seed ${seed}, step ${step}`);
      await kill(process);
      process = await start();
      const before = session;
      session = await process.registry.getOrCreate("s", INFO);
      assertEquals(session.document.to_json(), before.document.to_json(), `seed ${seed}, step ${step}`);
      assertEquals(session.sync.sessionState, before.sync.sessionState, `seed ${seed}, step ${step}`);
      client = new InProcessClient(session);
      moves++;
    }
    assertEquals(process.errors, []);
  }
  assert(moves > 50);
});
