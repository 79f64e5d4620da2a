/** Sessions in a store while something goes wrong: nothing is lost, doubled, or kept for ever. */

import { assert, assertEquals, assertRejects } from "@std/assert";
import type { ApplicationFunction } from "../../application/application_options.ts";
import type { Document } from "../../document/document.ts";
import { ColumnDataSource, Div, Slider } from "../../models/mod.ts";
import { MemoryPool } from "../../protocol/memory_pool.ts";
import { ProtocolError } from "../../protocol/error.ts";
import { memoryStore } from "../../store/memory.ts";
import { InProcessClient } from "../session_test_support.ts";
import { eventually } from "../../tests/kit/eventually.ts";
import { sessionKeyOf } from "../ownership/session_key.ts";
import type { Ownership } from "./session_store.ts";
import { StoreError } from "./store_error.ts";
import { INFO, kill, slide, sliders, startProcess, text } from "./stored_session_test_support.ts";

/** A slider, a text and a source of data without callbacks. */
function plain(doc: Document): void {
  doc.add_root(new Slider({ start: 0, end: 10, value: 1, name: "slider" }));
  const source = new ColumnDataSource({ data: { x: Float64Array.of(1, 2, 3), y: [1, 2, 3] }, name: "source" });
  doc.add_root(new Div({ text: "data", tags: [source], name: "answer" }));
}

/** Waits until all promises that are ready have run. */
function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

Deno.test("a session that comes back while it is being released keeps all changes, and stays", async () => {
  await using store = memoryStore();
  let isSlow = false;
  const { promise, resolve } = Promise.withResolvers<void>();
  const { registry, clock } = await startProcess(store, sliders, {
    unusedSessionLifetimeMilliseconds: 1000,
    before: (operation) => isSlow && operation === "append" ? promise : undefined,
  });
  const before = await registry.getOrCreate("s", INFO);
  await clock.tick(2000);
  isSlow = true;
  before.document.title = "not stored yet";
  await turn();
  const swept = registry.sweep();
  const again = registry.getOrCreate("s", INFO);
  await turn();
  resolve();
  await swept;
  const after = await again;
  await turn();
  assertEquals(after.document.title, "not stored yet");
  assertEquals(registry.get("s"), after);
});

Deno.test("a session that has moved away and comes back is not dropped by its former object", async () => {
  await using store = memoryStore();
  const { registry, clock } = await startProcess(store, sliders, { unusedSessionLifetimeMilliseconds: 1000 });
  const before = await registry.getOrCreate("s", INFO);
  await clock.tick(2000);
  await registry.sweep();
  const after = await registry.getOrCreate("s", INFO);
  before.document.title = "from an unlocked callback";
  await clock.tick(1000);
  await turn();
  assertEquals(registry.get("s"), after);
});

Deno.test("a session that is being ended is not resumed", async () => {
  await using store = memoryStore();
  const { promise, resolve } = Promise.withResolvers<void>();
  const { registry } = await startProcess(store, (doc) => {
    sliders(doc);
    doc.on_session_destroyed(() => promise);
  });
  const session = await registry.getOrCreate("s", INFO);
  session.requestExpiration();
  const swept = registry.sweep();
  await turn();
  const again = assertRejects(() => registry.getOrCreate("s", INFO), ProtocolError, "ended");
  await turn();
  resolve();
  await swept;
  await again;
});

Deno.test("a session whose expiration was requested is ended by drain() and by a request to hand it over", async () => {
  for (const end of ["drain", "hand over"]) {
    await using store = memoryStore();
    const first = await startProcess(store, sliders);
    if (end !== "drain") first.member.onNotice((notice) => first.registry.receiveNotice(notice));
    const session = await first.registry.getOrCreate("s", INFO);
    session.requestExpiration();
    if (end === "drain") await first.registry.drain();
    const second = await startProcess(store, sliders);
    const error = await assertRejects(() => second.registry.getOrCreate("s", INFO), ProtocolError);
    assertEquals([end, error.code], [end, "session_gone"]);
  }
});

Deno.test("an application that fails is run once for each attempt", async () => {
  await using store = memoryStore();
  let runs = 0;
  const { registry } = await startProcess(store, () => {
    runs++;
    throw new Error("Application fails");
  });
  await assertRejects(() => registry.getOrCreate("s", INFO), Error, "Cannot fill document");
  assertEquals([runs, registry.size], [1, 0]);
});

Deno.test("a store that fails while a session is created is reported as unavailable", async () => {
  for (const operation of ["open", "setBase", "saveBase"]) {
    await using store = memoryStore();
    let down = true;
    const { registry } = await startProcess(store, sliders, {
      before: (name) => {
        if (down && name === operation) throw new StoreError("Store is down", "unavailable");
      },
    });
    const error = await assertRejects(() => registry.getOrCreate("s", INFO), ProtocolError);
    assertEquals([operation, error.code], [operation, "store_unavailable"]);
    down = false;
    store.records.clear(); // it forgets a session without content after 1 ms
    await registry.getOrCreate("s", INFO);
    assertEquals(store.bases.size, 1, operation);
  }
});

Deno.test("a session whose first process died early is later compared with the document that its second made", async () => {
  await using store = memoryStore();
  const reached = Promise.withResolvers<void>();
  const first = await startProcess(store, sliders, {
    before: (name) => {
      if (name !== "setBase") return;
      reached.resolve();
      return new Promise(() => {});
    },
  });
  void first.registry.getOrCreate("s", INFO).catch(() => {});
  await reached.promise;
  await kill(first);
  const second = await startProcess(store, sliders);
  const before = await second.registry.getOrCreate("s", INFO);
  slide(new InProcessClient(before), before, 4);
  await second.clock.tick();
  await kill(second);
  const third = await startProcess(store, (doc) => void doc.add_root(new Div({ text: "other" })));
  const error = await assertRejects(() => third.registry.getOrCreate("s", INFO), ProtocolError);
  assertEquals(error.code, "application_changed");
});

Deno.test("a document that was adopted is not mixed with the fresh one if the process dies before the snapshot is stored", async () => {
  await using store = memoryStore();
  let started = 0;
  const fill: ApplicationFunction = (doc) => {
    doc.add_root(new Slider({ start: 0, end: 10, value: 1, name: "slider" }));
    doc.add_root(new Div({ text: `started ${++started} times`, name: "answer" }));
  };
  const first = await startProcess(store, fill);
  const before = await first.registry.getOrCreate("s", INFO);
  slide(new InProcessClient(before), before, 4);
  await first.clock.tick();
  await kill(first);
  const second = await startProcess(store, fill, {
    before: (name) => name === "replace" ? new Promise(() => {}) : undefined,
  });
  await second.registry.getOrCreate("s", INFO);
  await kill(second);
  const third = await startProcess(store, fill);
  const after = await third.registry.getOrCreate("s", INFO);
  assertEquals(text(after, "answer"), "started 1 times");
});

Deno.test("sessions of a store that was emptied are compared with their fresh document, and new ones save it again", async () => {
  await using store = memoryStore();
  const first = await startProcess(store, sliders);
  first.member.onNotice((notice) => first.registry.receiveNotice(notice));
  const before = await first.registry.getOrCreate("s", INFO);
  slide(new InProcessClient(before), before, 4);
  await first.clock.tick();
  store.clear();
  await turn();
  await first.registry.getOrCreate("another", INFO);
  assertEquals(store.bases.size, 1);
  await kill(first);
  const second = await startProcess(store, (doc) => void doc.add_root(new Div({ text: "other" })));
  const error = await assertRejects(() => second.registry.getOrCreate("s", INFO), ProtocolError);
  assertEquals(error.code, "application_changed");
});

Deno.test("a process that was cut off from the store checks its claims, and drops the sessions that others have taken", async () => {
  await using store = memoryStore();
  const first = await startProcess(store, sliders);
  const second = await startProcess(store, sliders);
  const ids = Array.from({ length: 250 }, (_, index) => `s${index}`);
  for (const id of ids) await first.registry.getOrCreate(id, INFO);
  const taken = ["s0", "s120", "s249"];
  for (const key of taken.map((id) => sessionKeyOf("/app", id))) {
    const { owner } = await second.member.find(key) as { owner: Ownership };
    await second.member.seize(key, owner, { header: new Uint8Array(), retentionMilliseconds: 1000 });
  }
  store.records.delete(sessionKeyOf("/app", "s7"));
  first.registry.receiveNotice({ kind: "interrupted" });
  await eventually(() => first.registry.size === ids.length - taken.length);
  assertEquals(taken.map((id) => first.registry.get(id)), [undefined, undefined, undefined]);
  await eventually(() => store.records.has(sessionKeyOf("/app", "s7")), "the record that was lost is written again");
});

Deno.test("changes in a hold across transactions and a compaction are restored once", async () => {
  await using store = memoryStore();
  const first = await startProcess(store, plain);
  const before = await first.registry.getOrCreate("s", INFO);
  const client = new InProcessClient(before);
  const source = before.document.get_model_by_name<ColumnDataSource>("source")!;
  before.document.hold("combine");
  source.stream({ x: [100], y: [100] });
  for (let i = 0; i < 600; i++) slide(client, before, i % 10);
  await first.clock.tick();
  source.stream({ x: [101], y: [101] });
  before.document.unhold();
  source.stream({ x: [102], y: [102] }, 50);
  source.patch({ y: [[3, 7]] });
  await first.clock.tick(250);
  await kill(first);
  const second = await startProcess(store, plain);
  const after = await second.registry.getOrCreate("s", INFO);
  assertEquals(after.document.to_json(), before.document.to_json());
});

Deno.test("a state that cannot be stored is reported once", async () => {
  await using store = memoryStore();
  let state: Record<string, unknown> = {};
  const { registry, clock, errors } = await startProcess(store, (doc) => {
    sliders(doc);
    state = doc.session_state({ value: 1 });
  });
  const session = await registry.getOrCreate("s", INFO);
  const client = new InProcessClient(session);
  state.value = 1n;
  for (let i = 0; i < 10; i++) slide(client, session, i);
  state.value = "x".repeat(70_000);
  for (let i = 0; i < 10; i++) slide(client, session, i);
  await clock.tick();
  assertEquals(errors.length, 1);
  state.value = 2;
  await session.transact({}, () => {});
  state.value = 1n;
  await session.transact({}, () => {});
  assertEquals(errors.length, 2);
});

Deno.test("entries of a session without clients do not fill the memory while the store is down", async () => {
  await using store = memoryStore();
  let down = false;
  const { registry, clock } = await startProcess(store, sliders, {
    before: () => {
      if (down) throw new StoreError("Store is down", "unavailable");
    },
  });
  const session = await registry.getOrCreate("s", INFO);
  down = true;
  for (let i = 0; i < 100; i++) {
    await session.transact({}, () => void (session.document.title = `${i}`.padEnd(500_000, "x")));
  }
  assert(session.journal!.unstoredBytes < 32 * 1024 * 1024, `${session.journal!.unstoredBytes} bytes`);
  down = false;
  for (let i = 0; i < 10; i++) await clock.tick(1000), await turn();
  assertEquals(session.journal!.unstoredBytes, 0);
  const [record] = [...store.records.values()];
  assert(new TextDecoder().decode(record!.snapshot!.document).includes('"99xxx'));
});

Deno.test("an unused session is not released while the store is down: its changes are stored later", async () => {
  await using store = memoryStore();
  let down = false;
  const { registry, clock } = await startProcess(store, sliders, {
    unusedSessionLifetimeMilliseconds: 1000,
    before: () => {
      if (down) throw new StoreError("Store is down", "unavailable");
    },
  });
  const session = await registry.getOrCreate("s", INFO);
  down = true;
  await session.transact({}, () => void (session.document.title = "changed"));
  for (let i = 0; i < 5; i++) await clock.tick(1000), await turn();
  assertEquals([await registry.sweep(), registry.size], [0, 1]);
  down = false;
  for (let i = 0; i < 5; i++) await clock.tick(1000), await turn();
  assertEquals([await registry.sweep(), registry.size], [1, 0]);
  assertEquals((await registry.getOrCreate("s", INFO)).document.title, "changed");
});

Deno.test("entries and headers that were tampered with are refused each time, and the session stays", async () => {
  for (const part of ["header", "entry", "cut off", "version"]) {
    await using store = memoryStore();
    const first = await startProcess(store, sliders);
    const before = await first.registry.getOrCreate("s", INFO);
    slide(new InProcessClient(before), before, 4);
    await first.clock.tick();
    await kill(first);
    const [record] = [...store.records.values()];
    const entry = record!.entries[0]!;
    if (part === "header") record!.header[20]! ^= 1;
    else if (part === "entry") entry[6]! ^= 1;
    else if (part === "cut off") record!.entries[0] = entry.subarray(0, 3);
    else record!.entries[0] = new TextEncoder().encode(new TextDecoder().decode(entry).replace('"v":1', '"v":2'));
    const second = await startProcess(store, sliders);
    for (let i = 0; i < 2; i++) {
      const error = await assertRejects(() => second.registry.getOrCreate("s", INFO), ProtocolError);
      assertEquals([part, error.code], [part, part === "header" ? "store_unavailable" : "application_changed"]);
      await turn();
    }
    assertEquals([second.registry.size, record!.ended], [0, false]);
  }
});

for (const isNotified of [false, true]) {
  Deno.test(`a session that another process takes while it is being resumed answers no client, ${isNotified ? "with" : "without"} a notice`, async () => {
    await using store = memoryStore();
    const first = await startProcess(store, sliders);
    const before = await first.registry.getOrCreate("s", INFO);
    slide(new InProcessClient(before), before, 4);
    await first.clock.tick();
    await kill(first);
    const { promise, resolve } = Promise.withResolvers<void>();
    const started = Promise.withResolvers<void>();
    const fill: ApplicationFunction = (doc) => {
      sliders(doc);
      doc.on_session_resumed(() => {
        started.resolve();
        return promise;
      });
    };
    const second = await startProcess(store, fill, { name: "second" });
    const opening = second.registry.getOrCreate("s", INFO);
    await started.promise;
    const [key] = [...store.records.keys()];
    const { epoch } = store.records.get(key!)!;
    store.members.delete("second");
    const third = await startProcess(store, sliders);
    const kept = await third.registry.getOrCreate("s", INFO);
    if (isNotified) second.registry.receiveNotice({ kind: "fenced", key: key!, epoch });
    resolve();
    const lost = await opening;
    await turn();
    const client = new InProcessClient(lost);
    if (!isNotified) slide(client, lost, 9);
    await second.clock.tick();
    await turn();
    assertEquals(client.takeTypes(), isNotified ? [] : ["ACK"]);
    assertEquals(client.port.closedWith?.[0], 1012);
    assertEquals(second.registry.size, 0);
    assertEquals(text(kept, "answer"), "4, change 1");
  });
}

Deno.test("a document that a client has pushed, with ids of models before it, is restored", async () => {
  await using store = memoryStore();
  const first = await startProcess(store, plain);
  const before = await first.registry.getOrCreate("s", INFO);
  const client = new InProcessClient(before);
  const doc = {
    version: "3.10.0",
    title: "pushed",
    roots: [{
      type: "object",
      name: "Slider",
      id: "p1003",
      attributes: { start: 0, end: 100, value: 50, name: "mine" },
    }, {
      type: "object",
      name: "Row",
      id: "p2000",
      attributes: { children: [{ type: "object", name: "Div", id: "p2001", attributes: { text: "hi" } }] },
    }],
  };
  client.send("PUSH-DOC", { doc: doc as never });
  await first.clock.tick();
  client.set({ id: "p1003" }, "value", 60);
  await before.transact({}, () => before.document.add_root(new Div({ text: "by server" })));
  await first.clock.tick(300);
  await kill(first);
  const second = await startProcess(store, plain);
  const after = await second.registry.getOrCreate("s", INFO);
  assertEquals(after.document.to_json(), before.document.to_json());
  new InProcessClient(after).set({ id: "p1003" }, "value", 61);
  await second.clock.tick(300);
  await kill(second);
  const third = await startProcess(store, plain);
  assertEquals((await third.registry.getOrCreate("s", INFO)).document.to_json(), after.document.to_json());
});

Deno.test("a client gets its allowance of memory once, however often the session moves", async () => {
  await using store = memoryStore();
  const options = { retention: { limit: 5_000_000 } };
  let process = await startProcess(store, plain, options);
  let session = await process.registry.getOrCreate("s", INFO);
  let refused = 0;
  for (let move = 0; move < 6; move++) {
    const client = new InProcessClient(session);
    client.take();
    client.send("PATCH-DOC", {
      events: [{
        kind: "RootAdded",
        model: { type: "object", name: "Div", id: `c${move}`, attributes: { text: "x".repeat(2_000_000) } },
      }] as never,
    });
    await process.clock.tick(300);
    const types = client.takeTypes();
    if (types.includes("ERROR") || client.port.closedWith) refused++;
    await kill(process);
    process = await startProcess(store, plain, options);
    session = await process.registry.getOrCreate("s", INFO);
  }
  assertEquals(refused, 5);
});

Deno.test("a session that is released gives the memory of its clients back", async () => {
  await using store = memoryStore();
  const pool = new MemoryPool(100_000_000);
  const { registry, clock } = await startProcess(store, plain, {
    retention: { limit: 5_000_000, pool },
    unusedSessionLifetimeMilliseconds: 1000,
  });
  const session = await registry.getOrCreate("s", INFO);
  const client = new InProcessClient(session);
  client.set(session.document.get_model_by_name("answer")!, "text", "x".repeat(1_000_000));
  await clock.tick(300);
  assert(pool.used > 1_000_000);
  client.connection.closed(1000, "");
  await clock.tick(2000);
  await registry.sweep();
  assertEquals(pool.used, 0);
});

Deno.test("drain() ends at its deadline, and closes connections, while the store does not answer", async () => {
  await using store = memoryStore();
  let hang = false;
  const { registry, clock } = await startProcess(store, sliders, {
    before: () => hang ? new Promise<void>(() => {}) : undefined,
  });
  const session = await registry.getOrCreate("s", INFO);
  const a = new InProcessClient(session);
  hang = true;
  slide(a, session, 4);
  const drained = registry.drain(1000);
  let done = false;
  void drained.then(() => done = true);
  for (let i = 0; i < 12; i++) await clock.tick(100), await turn();
  assertEquals(done, true);
  assertEquals(a.port.closedWith?.[0], 1012);
});

Deno.test("a session of a user is not resumed without the user by clients that may join it", async () => {
  for (const client of [{ readOnly: true }, { user: "bob", userKey: "bob" }]) {
    await using store = memoryStore();
    const ada = { ...INFO, user: "ada", userKey: "ada" };
    const first = await startProcess(store, sliders, { shareSessions: true });
    await first.registry.getOrCreate("s", ada);
    await kill(first);
    const second = await startProcess(store, sliders, { shareSessions: true });
    const error = await assertRejects(() => second.registry.join("s", { ...INFO, ...client }), ProtocolError);
    assertEquals(error.code, "session_moved");
    await second.registry.getOrCreate("s", ada);
    const joined = await second.registry.join("s", { ...INFO, ...client });
    assertEquals(joined?.context.resumed, true);
  }
});

Deno.test("changes that the application makes while its fresh document is stored are kept", async () => {
  await using store = memoryStore();
  let isSlow = true;
  const saved = Promise.withResolvers<void>();
  const saving = Promise.withResolvers<void>();
  const fill: ApplicationFunction = (doc) => {
    plain(doc);
    if (isSlow) void saving.promise.then(() => doc.title = "loaded").then(() => saved.resolve());
  };
  const first = await startProcess(store, fill, {
    before: (operation) => {
      if (operation !== "setBase" || !isSlow) return;
      saving.resolve();
      return saved.promise;
    },
  });
  const before = await first.registry.getOrCreate("s", INFO);
  assertEquals(before.document.title, "loaded");
  await first.clock.tick(300);
  await kill(first);
  isSlow = false;
  const second = await startProcess(store, fill);
  assertEquals((await second.registry.getOrCreate("s", INFO)).document.title, "loaded");
});
