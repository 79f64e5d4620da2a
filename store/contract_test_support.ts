/**
 * The contract of the interface `SessionStore`: tests that every implementation must pass.
 *
 * @module
 */

import { assert, assertEquals, AssertionError, assertRejects } from "@std/assert";
import { deadline } from "@std/async/deadline";
import { eventually } from "../tests/kit/eventually.ts";
import type {
  Claim,
  Opening,
  Ownership,
  SessionStore,
  StoreMember,
  StoreNotice,
} from "../session/persistence/session_store.ts";
import { StoreError, type StoreErrorCode } from "../session/persistence/store_error.ts";
import type { OpenOptions } from "../session/persistence/stored_session.ts";
import { testSharedLogs } from "./shared_log_contract_test_support.ts";

/** A store under test, seen by several processes. */
export interface StoreUnderTest extends AsyncDisposable {
  /** Creates a store as another process would: with the same data and a connection of its own. */
  connect(): SessionStore | Promise<SessionStore>;
  /** Loses all data, if the implementation can. */
  clear?(): Promise<void>;
}

/** Number of races in the test of two processes that seize one session at once. */
const RACES = 1000;

/** Registers the contract's tests for an implementation. Each test has a store of its own. */
export function testSessionStore(name: string, prepare: () => Promise<StoreUnderTest>): void {
  for (const { title, run } of contract()) {
    Deno.test(`${name}: ${title}`, async () => {
      await using store = await prepare();
      await using context = await Context.create(store);
      await run(context);
    });
  }
}

/**
 * Registers the contract as steps of one test, with one store that is emptied between the steps.
 * For stores that are slow to start.
 */
export function testOneSessionStore(name: string, prepare: () => Promise<Required<StoreUnderTest>>): void {
  Deno.test(name, async (test) => {
    await using store = await prepare();
    for (const { title, run } of contract()) {
      await test.step(title, async () => {
        await store.clear();
        await using context = await Context.create(store);
        await run(context);
      });
    }
  });
}

interface ContractTest {
  readonly title: string;
  run(context: Context): Promise<void>;
}

function contract(): readonly ContractTest[] {
  const tests: ContractTest[] = [];
  const test: Register = (title, run) => void tests.push({ title, run });
  testOwnership(test);
  testFinding(test);
  testJournal(test);
  testSnapshots(test);
  testLifetime(test);
  testLosses(test);
  testSharedLogs(test);
  return tests;
}

/** Registers a test of the contract. */
export type Register = (title: string, run: ContractTest["run"]) => void;

function testOwnership(test: Register): void {
  test("open() creates a session, and returns its owner to other processes", async ({ a, b }) => {
    const claim = created(await a.open("k", OPTIONS));
    assertEquals(claim.node, "a");
    assertEquals(await b.open("k", OPTIONS), { kind: "held", owner: { node: "a", epoch: claim.epoch } });
    assertEquals(await b.findNode("a"), { id: "a", address: "here:1", build: "1" });
    assertEquals(await b.findNode("z"), undefined);
  });

  test("open() creates no session that is only to be taken", async ({ a, b }) => {
    assertEquals(await a.open("k", { ...OPTIONS, create: false }), { kind: "absent" });
    const claim = created(await a.open("k", OPTIONS));
    await a.release(claim);
    assertEquals((await b.open("k", { ...OPTIONS, create: false })).kind, "taken");
  });

  test("open() takes a released session with its header, base and journal", async ({ a, b }) => {
    const claim = created(await a.open("k", { ...OPTIONS, header: bytes("request") }));
    await a.setBase(claim, "digest");
    await a.append(claim, { seq: 1, data: bytes("one") });
    await a.append(claim, { seq: 2, data: bytes("two") });
    await a.release(claim);
    const { session } = taken(await b.open("k", OPTIONS));
    assertEquals(text(session.header), "request");
    assertEquals(session.base, "digest");
    assertEquals(session.snapshot, undefined);
    assertEquals(session.entries.map(text), ["one", "two"]);
    assertEquals(session.seq, 2);
    await rejects("fenced", a.append(claim, { seq: 3, data: bytes("three") }));
  });

  test("seize() takes a session from a dead owner, and fences every write of it", async ({ a, b }) => {
    const old = created(await a.open("k", OPTIONS));
    await a.append(old, { seq: 1, data: bytes("one") });
    const { claim, session } = taken(await b.seize("k", old, OPTIONS));
    assertEquals(session.entries.map(text), ["one"]);
    await rejects("fenced", a.append(old, { seq: 2, data: bytes("lost") }));
    await rejects("fenced", a.replace(old, snapshot(1, "lost")));
    await rejects("fenced", a.setBase(old, "lost"));
    await rejects("fenced", a.release(old));
    await rejects("fenced", a.end(old, 1000));
    await rejects("fenced", a.restore(old, OPTIONS, snapshot(1, "lost")));
    await b.append(claim, { seq: 2, data: bytes("two") });
    await b.release(claim);
    assertEquals(taken(await a.open("k", OPTIONS)).session.entries.map(text), ["one", "two"]);
  });

  test("seize() returns the current owner if the epoch is not the current one", async ({ a, b }) => {
    const claim = created(await a.open("k", OPTIONS));
    const opening = await b.seize("k", { node: "a", epoch: "another" }, OPTIONS);
    assertEquals(opening, { kind: "held", owner: { node: "a", epoch: claim.epoch } });
    assertEquals((await b.seize("absent", claim, OPTIONS)).kind, "created");
  });

  test("exactly one of two processes that seize a session at the same time takes it", async ({ a, b, c }) => {
    for (let race = 0; race < RACES; race++) {
      const key = `race${race}`;
      const old = created(await a.open(key, OPTIONS));
      const openings = await Promise.all([b.seize(key, old, OPTIONS), c.seize(key, old, OPTIONS)]);
      assertEquals(openings.map(({ kind }) => kind).sort(), ["held", "taken"], key);
    }
  });

  test("exactly one of two processes that open a session at the same time creates it", async ({ b, c }) => {
    for (let race = 0; race < 100; race++) {
      const openings = await Promise.all([b.open(`race${race}`, OPTIONS), c.open(`race${race}`, OPTIONS)]);
      assertEquals(openings.map(({ kind }) => kind).sort(), ["created", "held"]);
    }
  });

  test("end() leaves a mark, and the session cannot be opened", async ({ a, b }) => {
    const claim = created(await a.open("k", OPTIONS));
    await a.append(claim, { seq: 1, data: bytes("one") });
    await a.end(claim, 60_000);
    assertEquals(await b.open("k", OPTIONS), { kind: "ended" });
    assertEquals(await b.seize("k", claim, OPTIONS), { kind: "ended" });
    await rejects("fenced", a.append(claim, { seq: 2, data: bytes("two") }));
  });
}

function testFinding(test: Register): void {
  test("find() returns the owner of a session, and creates none", async ({ a, b }) => {
    assertEquals(await b.find("k"), { kind: "absent" });
    const claim = created(await a.open("k", OPTIONS));
    assertEquals(await b.find("k"), { kind: "held", owner: { node: "a", epoch: claim.epoch } });
    await a.release(claim);
    assertEquals(await b.find("k"), { kind: "released" });
    const { claim: second } = taken(await b.open("k", OPTIONS));
    await b.end(second, 60_000);
    assertEquals(await a.find("k"), { kind: "absent" });
  });
}

function testJournal(test: Register): void {
  test("append() can be repeated, and refuses a gap", async ({ a }) => {
    const claim = created(await a.open("k", OPTIONS));
    await a.append(claim, { seq: 1, data: bytes("one") });
    await a.append(claim, { seq: 1, data: bytes("again") });
    await rejects("behind", a.append(claim, { seq: 3, data: bytes("three") }));
    await a.release(claim);
    assertEquals(taken(await a.open("k", OPTIONS)).session.entries.map(text), ["one"]);
  });

  test("appends that are sent together arrive in order", async ({ a }) => {
    const claim = created(await a.open("k", OPTIONS));
    const numbers = Array.from({ length: 200 }, (_, index) => index + 1);
    await Promise.all(numbers.map((seq) => a.append(claim, { seq, data: bytes(`${seq}`) })));
    await a.release(claim);
    assertEquals(taken(await a.open("k", OPTIONS)).session.entries.map(text), numbers.map(String));
  });

  test("writes to a session without a record are refused", async ({ a }) => {
    const claim = { key: "absent", node: "a", epoch: "1" };
    await rejects("missing", a.append(claim, { seq: 1, data: bytes("one") }));
    await rejects("missing", a.replace(claim, snapshot(1, "document")));
    await rejects("missing", a.release(claim));
  });
}

function testSnapshots(test: Register): void {
  test("replace() drops the entries that the snapshot includes, and keeps later ones", async ({ a, b }) => {
    const claim = created(await a.open("k", OPTIONS));
    for (const seq of [1, 2, 3]) await a.append(claim, { seq, data: bytes(`${seq}`) });
    await a.replace(claim, snapshot(2, "document", { x: "array" }));
    await a.append(claim, { seq: 4, data: bytes("4") });
    await a.release(claim);
    const { session } = taken(await b.open("k", OPTIONS));
    assertEquals(text(session.snapshot!.document), "document");
    assertEquals([...session.snapshot!.buffers].map(([id, data]) => [id, text(data)]), [["x", "array"]]);
    assertEquals(session.entries.map(text), ["3", "4"]);
    assertEquals(session.seq, 4);
  });

  test("replace() keeps unchanged arrays, removes others, and refuses to keep an absent array", async ({ a }) => {
    const claim = created(await a.open("k", OPTIONS));
    await a.replace(claim, snapshot(1, "first", { kept: "array", dropped: "array" }));
    await a.replace(claim, {
      ...snapshot(2, "second", { added: "new" }),
      buffers: new Map([["kept", undefined], ["added", bytes("new")]]),
    });
    await rejects("missing", a.replace(claim, { ...snapshot(3, "third"), buffers: new Map([["absent", undefined]]) }));
    await a.release(claim);
    const { session } = taken(await a.open("k", OPTIONS));
    assertEquals(text(session.snapshot!.document), "second");
    assertEquals([...session.snapshot!.buffers.keys()].sort(), ["added", "kept"]);
    assertEquals(session.seq, 2);
  });

  test("replace() repairs a journal that is behind, and a late repetition changes nothing", async ({ a }) => {
    const claim = created(await a.open("k", OPTIONS));
    await a.append(claim, { seq: 1, data: bytes("one") });
    await a.replace(claim, snapshot(5, "healed"));
    await a.append(claim, { seq: 6, data: bytes("six") });
    await a.replace(claim, snapshot(5, "healed"));
    await a.replace(claim, snapshot(2, "overtaken"));
    await a.release(claim);
    const { session } = taken(await a.open("k", OPTIONS));
    assertEquals(text(session.snapshot!.document), "healed");
    assertEquals(session.entries.map(text), ["six"]);
    assertEquals(session.seq, 6);
  });

  test("bases are saved once for all sessions", async ({ a, b }) => {
    assertEquals(await a.loadBase("digest"), undefined);
    const base = { document: bytes("fresh"), buffers: new Map([["x", bytes("array")]]) };
    await a.saveBase("digest", base, 60_000);
    await b.saveBase("digest", { document: bytes("fresh"), buffers: base.buffers }, 60_000);
    const loaded = await b.loadBase("digest");
    assertEquals(text(loaded!.document), "fresh");
    assertEquals([...loaded!.buffers].map(([id, data]) => [id, text(data)]), [["x", "array"]]);
  });

  test("bases are kept for their retention time after the last renewal", async ({ a, b }) => {
    const base = { document: bytes("fresh"), buffers: new Map([["x", bytes("array")]]) };
    for (const digest of ["unused", "used"]) await a.saveBase(digest, base, 500);
    await b.renewBases(["used", "absent"], 60_000);
    await eventually(async () => await b.loadBase("unused") === undefined);
    assertEquals((await b.loadBase("used"))!.buffers.size, 1);
    await b.saveBase("unused", base, 60_000);
    assertEquals((await b.loadBase("unused"))!.buffers.size, 1);
  });

  test("binary data is returned unchanged", async ({ a }) => {
    const data = Uint8Array.from({ length: 70_000 }, (_, index) => index % 256);
    const claim = created(await a.open("k", { ...OPTIONS, header: data }));
    await a.append(claim, { seq: 1, data: data.subarray(1, 1000) });
    await a.replace(claim, { seq: 0, document: data, buffers: new Map([["x", data]]) });
    await a.release(claim);
    const { session } = taken(await a.open("k", OPTIONS));
    assertEquals(Uint8Array.from(session.header), data);
    assertEquals(session.entries.map((entry) => Uint8Array.from(entry)), [data.slice(1, 1000)]);
    assertEquals(Uint8Array.from(session.snapshot!.document), data);
    assertEquals(Uint8Array.from(session.snapshot!.buffers.get("x")!), data);
  });
}

function testLifetime(test: Register): void {
  test("requestHandOver() notifies the owner, which releases the session", async ({ a, b }) => {
    const claim = created(await a.open("k", OPTIONS));
    a.onNotice((notice) => {
      if (notice.kind === "handOverRequested" && notice.key === "k" && notice.by === "b") void a.release(claim);
    });
    assert(await b.requestHandOver("k", claim, 10_000));
    assertEquals((await b.open("k", OPTIONS)).kind, "taken");
  });

  test("a hand-over without an answer fails after its timeout", async ({ a, b }) => {
    const claim = created(await a.open("k", OPTIONS));
    assertEquals(await b.requestHandOver("k", claim, 100), false);
  });

  test("an owner whose session is seized is notified", async ({ a, b }) => {
    const claim = created(await a.open("k", OPTIONS));
    const notice = nextNotice(a);
    await b.seize("k", claim, OPTIONS);
    assertEquals(await notice, { kind: "fenced", key: "k", epoch: claim.epoch });
  });

  test("a process that has left is not found, and its sessions can be seized", async ({ a, b }) => {
    const claim = created(await a.open("k", OPTIONS));
    assert(a.isLeaseCurrent);
    await a[Symbol.asyncDispose]();
    assertEquals(await b.findNode("a"), undefined);
    assertEquals((await b.seize("k", claim, OPTIONS)).kind, "taken");
  });

  test("sessions are kept for their retention time after the last renewal", async ({ a, b }) => {
    created(await a.open("k", { ...OPTIONS, retentionMilliseconds: 60_000 }));
    await a.renew(["k", "absent"], 120_000);
    assertEquals((await b.open("k", OPTIONS)).kind, "held");
  });

  test("an owner restores its session after the store lost it", async (context) => {
    const { a, b, store } = context;
    if (store.clear === undefined) return;
    const claim = created(await a.open("k", OPTIONS));
    const notice = nextNotice(a);
    await store.clear();
    await rejects("missing", a.append(claim, { seq: 1, data: bytes("one") }));
    assertEquals(await notice, { kind: "emptied" });
    await a.restore(claim, OPTIONS, snapshot(1, "whole"));
    await a.append(claim, { seq: 2, data: bytes("two") });
    await a.release(claim);
    const { session } = taken(await b.open("k", OPTIONS));
    assertEquals(text(session.snapshot!.document), "whole");
    assertEquals(session.entries.map(text), ["two"]);
  });
}

function testLosses(test: Register): void {
  test("of two processes that restore a session after the store lost it, the later owner has it", async (context) => {
    const { a, b, c, store } = context;
    if (store.clear === undefined) return;
    for (const staleIsFirst of [true, false]) {
      const stale = created(await a.open("k", OPTIONS));
      const { claim } = taken(await b.seize("k", stale, OPTIONS));
      await b.append(claim, { seq: 1, data: bytes("one") });
      await store.clear();
      const restoreStale = () => a.restore(stale, OPTIONS, snapshot(0, "stale"));
      if (staleIsFirst) await restoreStale();
      await b.restore(claim, OPTIONS, snapshot(1, "whole"));
      if (!staleIsFirst) await rejects("fenced", restoreStale());
      await rejects("fenced", a.append(stale, { seq: 1, data: bytes("lost") }));
      await b.append(claim, { seq: 2, data: bytes("two") });
      const { session } = taken(await c.seize("k", claim, OPTIONS));
      assertEquals([text(session.snapshot!.document), ...session.entries.map(text)], ["whole", "two"]);
      await store.clear();
    }
  });

  test("a session that was created after the store lost it is not replaced by an earlier one", async (context) => {
    const { a, b, store } = context;
    if (store.clear === undefined) return;
    const old = created(await a.open("k", OPTIONS));
    const { claim } = taken(await a.seize("k", old, OPTIONS));
    await store.clear();
    created(await b.open("k", OPTIONS));
    await rejects("fenced", a.restore(claim, OPTIONS, snapshot(1, "old")));
  });
}

/** Three processes that share a store. */
class Context implements AsyncDisposable {
  readonly #stores: readonly SessionStore[];

  constructor(
    readonly store: Pick<StoreUnderTest, "connect" | "clear">,
    stores: readonly SessionStore[],
    readonly a: StoreMember,
    readonly b: StoreMember,
    readonly c: StoreMember,
  ) {
    this.#stores = stores;
  }

  static async create(store: Pick<StoreUnderTest, "connect" | "clear">): Promise<Context> {
    const stores = [await store.connect(), await store.connect(), await store.connect()];
    const join = async (index: number, id: string) =>
      await stores[index]!.join({ id, address: `here:${index + 1}`, build: "1" });
    return new Context(store, stores, await join(0, "a"), await join(1, "b"), await join(2, "c"));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const member of [this.a, this.b, this.c]) await member[Symbol.asyncDispose]();
    for (const store of this.#stores) await store[Symbol.asyncDispose]();
  }
}

const OPTIONS: OpenOptions = { header: new Uint8Array(), retentionMilliseconds: 60_000 };

function bytes(value: string): Uint8Array {
  return new TextEncoder().encode(value);
}

function text(data: Uint8Array): string {
  return new TextDecoder().decode(data);
}

function snapshot(seq: number, document: string, buffers: Record<string, string> = {}) {
  const entries = Object.entries(buffers).map(([name, value]) => [name, bytes(value)] as const);
  return { seq, document: bytes(document), buffers: new Map(entries) };
}

/** Returns the claim of an opening that created a session. Fails for any other. */
export function created(opening: Opening): Claim {
  if (opening.kind !== "created") throw new AssertionError(`Session is ${opening.kind}, not created`);
  return opening.claim;
}

/** Returns an opening that took a session. Fails for any other. */
export function taken(opening: Opening): Opening & { kind: "taken" } {
  if (opening.kind !== "taken") throw new AssertionError(`Session is ${opening.kind}, not taken`);
  return opening;
}

/** Returns the owner of a session that another process owns. Fails for any other opening. */
export function ownerOf(opening: Opening): Ownership {
  if (opening.kind !== "held") throw new AssertionError(`Session is ${opening.kind}, not held`);
  return opening.owner;
}

async function rejects(code: StoreErrorCode, operation: Promise<unknown>): Promise<void> {
  const error = await assertRejects(() => operation, StoreError);
  assertEquals(error.code, code);
}

async function nextNotice(member: StoreMember): Promise<StoreNotice> {
  const { promise, resolve } = Promise.withResolvers<StoreNotice>();
  const remove = member.onNotice(resolve);
  try {
    return await deadline(promise, 10_000);
  } finally {
    remove();
  }
}
