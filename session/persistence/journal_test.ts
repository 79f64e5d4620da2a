import { assertEquals } from "@std/assert";
import { eventually } from "../../tests/kit/eventually.ts";
import { memoryStore } from "../../store/memory.ts";
import { ManualClock } from "../../common/manual_clock.ts";
import { MemoryPool } from "../../protocol/memory_pool.ts";
import type { Claim, SessionStore, StoreMember } from "./session_store.ts";
import { StoreError } from "./store_error.ts";
import { DEFAULT_JOURNAL_LIMITS, Journal, type JournalLimits } from "./journal.ts";

const RECORD = { header: new Uint8Array(), retentionMilliseconds: 60_000 };

/** A journal of session `k` on a store in memory, with what it has reported. */
class Fixture implements AsyncDisposable {
  readonly clock = new ManualClock();
  readonly journal: Journal;
  readonly reports: string[] = [];
  readonly #store: SessionStore;

  constructor(
    store: SessionStore,
    member: StoreMember,
    claim: Claim,
    limits: Partial<JournalLimits>,
    memory?: MemoryPool,
  ) {
    this.#store = store;
    this.journal = new Journal({
      member,
      claim,
      record: RECORD,
      base: "base",
      seq: 0,
      clock: this.clock,
      limits: { ...DEFAULT_JOURNAL_LIMITS, ...limits },
      memory,
      snapshot: () => ({ document: bytes("whole"), buffers: new Map() }),
      whenFree: (fn) => fn(),
      onOpen: () => this.reports.push("open"),
      onFenced: () => this.reports.push("fenced"),
      onUnavailable: () => this.reports.push("unavailable"),
    });
  }

  static async create(
    limits: Partial<JournalLimits> = {},
    wrap: (member: StoreMember) => StoreMember = (member) => member,
    memory?: MemoryPool,
  ): Promise<Fixture & { store: ReturnType<typeof memoryStore> }> {
    const store = memoryStore();
    const member = wrap(await store.join({ id: "a", build: "1" }));
    const opening = await member.open("k", RECORD);
    if (opening.kind !== "created") throw new Error(opening.kind);
    return Object.assign(new Fixture(store, member, opening.claim, limits, memory), { store });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.journal.close();
    await this.#store[Symbol.asyncDispose]();
  }
}

Deno.test("Journal.append() keeps the gate closed until the store has the entry", async () => {
  await using fixture = await Fixture.create();
  const { journal, reports } = fixture;
  journal.append(bytes("one"), true);
  assertEquals(journal.gate.isOpen, false);
  assertEquals(await journal.flush(), true);
  assertEquals(journal.gate.isOpen, true);
  assertEquals(reports, ["open"]);
  assertEquals(await entries(fixture.store), ["one"]);
});

Deno.test("Journal reports a store that does not answer at all", async () => {
  let hangs = false;
  await using fixture = await Fixture.create({}, (member) =>
    new Proxy(member, {
      get(target, name) {
        const value: unknown = Reflect.get(target, name, target);
        if (typeof value !== "function") return value;
        return (...args: unknown[]) => hangs ? new Promise(() => {}) : value.apply(target, args);
      },
    }));
  const { journal, clock, reports } = fixture;
  journal.append(bytes("one"), true);
  await clock.tick(20_000);
  assertEquals([journal.isFailing, reports], [false, ["open"]]);
  hangs = true;
  journal.append(bytes("two"), true);
  await clock.tick(9_000);
  assertEquals([journal.isFailing, reports], [true, ["open"]]);
  await clock.tick(2_000);
  assertEquals(reports.slice(0, 2), ["open", "unavailable"]);
  journal.close();
  assertEquals(clock.pending, 0);
});

Deno.test("Journal counts entries in the memory of clients until the store has answered, and drops them if it is full", async () => {
  const memory = new MemoryPool(350_000);
  const answers: PromiseWithResolvers<void>[] = [];
  let [hangs, snapshots] = [true, 0];
  const slow = (member: StoreMember) =>
    withWait(member, async (operation) => {
      if (operation === "replace") snapshots++;
      if (!hangs) return;
      const answer = Promise.withResolvers<void>();
      answers.push(answer);
      await answer.promise;
    });
  await using fixture = await Fixture.create({}, slow, memory);
  const { journal, store } = fixture;
  for (let i = 0; i < 4; i++) {
    assertEquals(memory.used, 100_000 * i);
    journal.append(new Uint8Array(100_000), true);
  }
  // The last entry was too much: a snapshot replaces all of them, when the store answers.
  assertEquals([journal.unstoredBytes, memory.used, snapshots], [0, 300_000, 0]);
  hangs = false;
  for (const { resolve } of answers) resolve();
  assertEquals(await journal.flush(), true);
  await eventually(() => memory.used === 0);
  assertEquals(snapshots, 1);
  assertEquals(text(store.records.get("k")!.snapshot!.document), "whole");
});

Deno.test("Journal.append() gates the changes of the server too, if the option is set", async () => {
  await using fixture = await Fixture.create({ gatesServerChanges: true });
  const { journal } = fixture;
  journal.append(bytes("tick"), false);
  assertEquals(journal.gate.isOpen, false);
  await journal.flush();
  assertEquals(journal.gate.isOpen, true);
});

Deno.test("Journal.append() stores an entry without a gate after the delay, and with the next gated one", async () => {
  await using fixture = await Fixture.create();
  const { journal, clock } = fixture;
  journal.append(bytes("one"), false);
  assertEquals(journal.gate.isOpen, true);
  assertEquals(await entries(fixture.store), []);
  await clock.tick(250);
  assertEquals(await entries(fixture.store), ["one"]);
  journal.append(bytes("two"), false);
  journal.append(bytes("three"), true);
  await journal.flush();
  assertEquals(await entries(fixture.store), ["one", "two", "three"]);
});

Deno.test("Journal repeats entries in their order when the store fails, and reports a failure that lasts", async () => {
  let failures = 12; // with any jitter, more than two seconds of them
  await using fixture = await Fixture.create(
    { patienceMilliseconds: 2_000 },
    (member) => failing(member, () => failures-- > 0),
  );
  const { journal, clock, reports } = fixture;
  for (const text of ["one", "two", "three"]) journal.append(bytes(text), true);
  const flushed = journal.flush();
  for (let i = 0; i < 20; i++) await clock.tick(1000);
  assertEquals(await flushed, true);
  assertEquals(await entries(fixture.store), ["one", "two", "three"]);
  assertEquals(new Set(reports), new Set(["unavailable", "open"]));
});

Deno.test("Journal writes nothing after another process has seized the session", async () => {
  await using fixture = await Fixture.create();
  const { journal, store, reports } = fixture;
  const other = await store.join({ id: "b", build: "1" });
  const held = await other.open("k", RECORD);
  if (held.kind !== "held") throw new Error(held.kind);
  await other.seize("k", held.owner, RECORD);
  journal.append(bytes("one"), true);
  assertEquals(await journal.flush(), false);
  assertEquals(journal.isFenced, true);
  assertEquals(journal.gate.isOpen, false);
  assertEquals(reports, ["fenced"]);
});

Deno.test("Journal writes a snapshot when the store has lost the record", async () => {
  await using fixture = await Fixture.create();
  const { journal, store } = fixture;
  journal.append(bytes("one"), true);
  await journal.flush();
  store.records.clear();
  journal.append(bytes("two"), true);
  assertEquals(await journal.flush(), true);
  assertEquals(text(store.records.get("k")!.snapshot!.document), "whole");
  journal.append(bytes("three"), true);
  await journal.flush();
  assertEquals(await entries(store), ["three"]);
});

Deno.test("Journal.compact() replaces many entries by a snapshot", async () => {
  await using fixture = await Fixture.create({ maxEntries: 3 });
  const { journal, store } = fixture;
  for (const entry of ["one", "two", "three"]) {
    journal.append(bytes(entry), true);
    journal.compact();
  }
  await journal.flush();
  assertEquals(await entries(store), []);
  assertEquals(text(store.records.get("k")!.snapshot!.document), "whole");
  journal.append(bytes("four"), true);
  assertEquals(await journal.flush(), true);
  assertEquals(await entries(store), ["four"]);
});

Deno.test("Journal.append() stores thousands of entries in their order", async () => {
  await using fixture = await Fixture.create({ maxEntries: Infinity, maxBytes: Infinity });
  const { journal, store } = fixture;
  const all = Array.from({ length: 3000 }, (_, i) => `entry ${i}`);
  for (const entry of all) journal.append(bytes(entry), true);
  assertEquals(await journal.flush(), true);
  assertEquals(await entries(store), all);
});

/** Returns the entries that the store holds of session `k`. */
async function entries(store: ReturnType<typeof memoryStore>): Promise<string[]> {
  await Promise.resolve();
  return store.records.get("k")!.entries.map(text);
}

/** Returns a member that calls a function before each operation, and waits for it. */
function withWait(member: StoreMember, before: (operation: string) => Promise<void>): StoreMember {
  return new Proxy(member, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name, target);
      if (typeof value !== "function") return value;
      if (name !== "append" && name !== "replace" && name !== "setBase") return value.bind(target);
      return async (...args: unknown[]) => {
        await before(name);
        return await value.apply(target, args);
      };
    },
  });
}

/** Returns a member whose appends fail as those of an engine that cannot be reached. */
function failing(member: StoreMember, fails: () => boolean): StoreMember {
  return new Proxy(member, {
    get(target, name) {
      if (name === "append" && fails()) {
        return () => Promise.reject(new StoreError("Cannot reach the store", "unavailable"));
      }
      const value = Reflect.get(target, name);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
}

function bytes(value: string): Uint8Array {
  return new TextEncoder().encode(value);
}

function text(value: Uint8Array): string {
  return new TextDecoder().decode(value);
}
