/** What sessions in a store may take of the store and of the memory, and when another process may take them. */

import { assert, assertEquals, assertRejects } from "@std/assert";
import type { ApplicationFunction } from "../../application/application_options.ts";
import { DEFAULT_LIMITS } from "../../common/limits.ts";
import { ColumnDataSource, Div } from "../../models/mod.ts";
import { MemoryPool } from "../../protocol/memory_pool.ts";
import { ProtocolError } from "../../protocol/error.ts";
import { memoryStore } from "../../store/memory.ts";
import { eventually } from "../../tests/kit/eventually.ts";
import { InProcessClient } from "../session_test_support.ts";
import { INFO, kill, sliders, startProcess } from "./stored_session_test_support.ts";

Deno.test("a session that may not expire is not handed over, and one whose callback runs is, when it has ended", async () => {
  await using store = memoryStore();
  const first = await startProcess(store, sliders);
  const second = await startProcess(store, sliders);
  first.member.onNotice((notice) => first.registry.receiveNotice(notice));
  const session = await first.registry.getOrCreate("s", INFO);
  const unblock = session.blockExpiration();
  const error = await assertRejects(() => second.registry.getOrCreate("s", INFO), ProtocolError);
  assertEquals([error.code, first.registry.size], ["session_moved", 1]);
  unblock();
  const work = Promise.withResolvers<void>();
  const changed = session.transact({}, async () => {
    await work.promise;
    session.document.title = "changed";
  });
  const moved = second.registry.getOrCreate("s", INFO);
  await eventually(() => first.registry.size === 0);
  work.resolve();
  await changed;
  assertEquals((await moved).document.title, "changed");
});

Deno.test("a readiness probe leaves no record in the store", async () => {
  await using store = memoryStore();
  const { registry, member } = await startProcess(store, sliders);
  await registry.probe(INFO);
  const [key] = [...store.records.keys()];
  await eventually(async () =>
    (await member.open(key!, { header: new Uint8Array(), retentionMilliseconds: 1 })).kind !== "ended"
  );
});

Deno.test("what the store receives of a client's patch counts in the client's work", async () => {
  await using store = memoryStore();
  const limits = { ...DEFAULT_LIMITS, sentBytesPerMessage: 50_000 };
  const { registry } = await startProcess(store, sliders, { limits });
  const session = await registry.getOrCreate("s", INFO);
  const client = new InProcessClient(session);
  client.set(session.document.get_model_by_name("answer")!, "text", "x".repeat(40_000));
  assertEquals(client.port.closedWith, undefined);
  client.set(session.document.get_model_by_name("answer")!, "text", "x".repeat(60_000));
  await eventually(() => client.port.closedWith?.[0] === 1008);
});

Deno.test("the fresh document is stored as its digest describes it, although the application changes it meanwhile", async () => {
  await using store = memoryStore();
  let source = new ColumnDataSource();
  const fill: ApplicationFunction = (doc) => {
    source = new ColumnDataSource({ data: { x: Float64Array.of(1, 2, 3), random: [Math.random()] } });
    doc.add_root(new Div({ name: "answer", tags: [source] }));
    source.patch({ x: [[0, 4]] }); // from now on the source changes its array in place
  };
  const first = await startProcess(store, fill, {
    before: (operation) => operation === "saveBase" ? source.patch({ x: [[0, 5]] }) : undefined,
  });
  await first.registry.getOrCreate("s", INFO);
  const [saved] = [...store.bases.values()];
  const [x] = [...saved!.buffers.values()];
  assertEquals(new Float64Array(x!.slice().buffer), Float64Array.of(4, 2, 3));
  await first.clock.tick(300);
  await kill(first);
  const second = await startProcess(store, fill);
  const after = await second.registry.getOrCreate("s", INFO);
  assertEquals(after.document.select_one(ColumnDataSource)!.data["x"], Float64Array.of(5, 2, 3));
});

Deno.test("messages to clients count in the memory of clients while they wait for the store", async () => {
  await using store = memoryStore();
  const memory = new MemoryPool(1_000_000);
  let answer: PromiseWithResolvers<void> | undefined;
  const { registry } = await startProcess(store, sliders, { before: () => answer?.promise });
  const session = await registry.getOrCreate("s", INFO);
  const writer = new InProcessClient(session), reader = new InProcessClient(session, { memory });
  const write = () =>
    writer.set(session.document.get_model_by_name("answer")!, "text", crypto.randomUUID().repeat(10_000));
  answer = Promise.withResolvers();
  write();
  assert(memory.used > 360_000 && reader.port.closedWith === undefined);
  answer.resolve();
  await eventually(() => memory.used === 0);
  assertEquals(reader.takeTypes(), ["ACK", "PATCH-DOC"]);
  answer = Promise.withResolvers();
  for (let i = 0; i < 3; i++) write();
  assertEquals([reader.port.closedWith?.[0], memory.used], [1013, 0]);
  answer.resolve();
});
