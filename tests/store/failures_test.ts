/** Session stores when processes and engines fail: processes are killed and frozen with signals. */

import { assert, assertEquals } from "@std/assert";
import { TextLineStream } from "@std/streams/text-line-stream";
import type { SessionStore, StoreMember } from "../../session/persistence/session_store.ts";
import type { OpenOptions, StoredSession } from "../../session/persistence/stored_session.ts";
import { created, ownerOf, taken } from "../../store/contract_test_support.ts";
import { redisStore } from "../../store/redis/mod.ts";
import { sqliteStore } from "../../store/sqlite/mod.ts";
import { eventually } from "../kit/eventually.ts";
import { RedisServer } from "../kit/redis_server.ts";

const OPTIONS: OpenOptions = { header: new Uint8Array(), retentionMilliseconds: 60_000 };

interface Line {
  owned?: string;
  appended?: number;
  refused?: string;
}

/** A process of `owner_process.ts`. */
class Owner implements AsyncDisposable {
  readonly #process: Deno.ChildProcess;
  readonly #lines: AsyncIterator<Line>;
  /** Sequence number of the last entry that the store confirmed. */
  appended = 0;

  constructor(kind: "sqlite" | "redis", place: string) {
    const script = new URL("owner_process.ts", import.meta.url).pathname;
    const config = new URL("../../deno.json", import.meta.url).pathname;
    this.#process = new Deno.Command(Deno.execPath(), {
      args: ["run", "-A", "--config", config, script, kind, place],
      stdin: "null",
      stdout: "piped",
      stderr: "null",
    }).spawn();
    this.#lines = linesOf(this.#process.stdout);
  }

  /** Reads lines until one has a property. */
  async until<K extends keyof Line>(name: K): Promise<NonNullable<Line[K]>> {
    while (true) {
      const { value, done } = await this.#lines.next();
      if (done) throw new Error(`Cannot read "${name}": the process has ended`);
      this.appended = value.appended ?? this.appended;
      if (value[name] !== undefined) return value[name];
    }
  }

  async appendedSome(count: number): Promise<void> {
    for (let index = 0; index < count; index++) await this.until("appended");
  }

  signal(signal: Deno.Signal): void {
    this.#process.kill(signal);
  }

  /** Kills the process and reads its remaining output. */
  async kill(): Promise<void> {
    this.#process.kill("SIGKILL");
    await this.#process.status;
    for (let line = await this.#lines.next(); !line.done; line = await this.#lines.next()) {
      this.appended = line.value.appended ?? this.appended;
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    try {
      this.#process.kill("SIGKILL");
    } catch (error) {
      if (!(error instanceof TypeError)) throw error; // it has exited
    }
    await this.#process.status;
    await this.#lines.return?.();
  }
}

async function* linesOf(stream: ReadableStream<Uint8Array<ArrayBuffer>>): AsyncGenerator<Line> {
  const lines: ReadableStream<string> = stream.pipeThrough(new TextDecoderStream()).pipeThrough(new TextLineStream());
  for await (const line of lines) yield JSON.parse(line) as Line;
}

async function takeOver(member: StoreMember): Promise<StoredSession> {
  const owner = ownerOf(await member.open("k", OPTIONS));
  await eventually(async () => await member.findNode(owner.node) === undefined);
  return taken(await member.seize("k", owner, OPTIONS)).session;
}

function numbersOf(session: StoredSession): number[] {
  return session.entries.map((entry) => Number(new TextDecoder().decode(entry)));
}

/** Asserts that every confirmed entry is stored, once and in order. One more entry may be stored without confirmation. */
function assertWhole(session: StoredSession, confirmed: number): void {
  const numbers = numbersOf(session);
  assertEquals(numbers, Array.from({ length: numbers.length }, (_, index) => index + 1));
  assert(numbers.length === confirmed || numbers.length === confirmed + 1, `${numbers.length} of ${confirmed}`);
}

interface Place extends AsyncDisposable {
  readonly kind: "sqlite" | "redis";
  readonly place: string;
  connect(): SessionStore;
}

async function sqlitePlace(): Promise<Place> {
  const folder = await Deno.makeTempDir();
  const place = `${folder}/sessions.db`;
  return {
    kind: "sqlite",
    place,
    connect: () => sqliteStore(place),
    [Symbol.asyncDispose]: () => Deno.remove(folder, { recursive: true }),
  };
}

async function redisPlace(): Promise<Place> {
  const server = await RedisServer.start("redis");
  return {
    kind: "redis",
    place: server.url,
    connect: () => redisStore(server.url),
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

for (const [name, prepare] of [["sqlite", sqlitePlace], ["redis", redisPlace]] as const) {
  Deno.test(`${name}: a killed process loses no confirmed entry, and another one takes over its session`, async () => {
    await using place = await prepare();
    await using owner = new Owner(place.kind, place.place);
    await owner.until("owned");
    await using store = place.connect();
    await using member = await store.join({ id: "taker", build: "1" });
    await owner.appendedSome(10);
    assert(await member.findNode("owner") !== undefined);
    await owner.kill();
    assertWhole(await takeOver(member), owner.appended);
  });

  Deno.test(`${name}: a frozen process is fenced when it continues`, async () => {
    await using place = await prepare();
    await using owner = new Owner(place.kind, place.place);
    await owner.until("owned");
    await using store = place.connect();
    await using member = await store.join({ id: "taker", build: "1" });
    await owner.appendedSome(5);
    owner.signal("SIGSTOP");
    const session = await takeOver(member);
    owner.signal("SIGCONT");
    assertEquals(await owner.until("refused"), "fenced");
    assertWhole(session, owner.appended);
  });
}

Deno.test("redis: an engine that is frozen, or restarted with its file, delays entries and loses none", async () => {
  await using server = await RedisServer.start("redis", "--appendonly", "yes");
  await using owner = new Owner("redis", server.url);
  await owner.until("owned");
  await owner.appendedSome(5);
  server.kill("SIGSTOP");
  const before = owner.appended;
  const later = setTimeout(() => server.kill("SIGCONT"), 4000); // duration of the fault
  try {
    await owner.appendedSome(10);
  } finally {
    clearTimeout(later);
  }
  assert(owner.appended >= before + 10);
  await server.restart();
  await owner.appendedSome(10);
  await using store = redisStore(server.url);
  await using member = await store.join({ id: "taker", build: "1" });
  await owner.kill();
  assertWhole(await takeOver(member), owner.appended);
});

Deno.test("redis: after an engine was restarted empty, no session is created before its owner has restored it", async () => {
  await using server = await RedisServer.start("valkey");
  await using store = redisStore(server.url);
  await using other = redisStore(server.url);
  await using owner = await store.join({ id: "owner", build: "1" });
  await using member = await other.join({ id: "taker", build: "1" });
  const claim = created(await owner.open("k", OPTIONS));
  const restored = Promise.withResolvers<void>();
  owner.onNotice(({ kind }) => {
    if (kind !== "emptied") return;
    const snapshot = { seq: 7, document: new Uint8Array([1]), buffers: new Map() };
    owner.restore(claim, OPTIONS, snapshot).then(restored.resolve, restored.reject);
  });
  await server.restart();
  let found = "";
  await eventually(async () => {
    try {
      found = (await member.open("k", OPTIONS)).kind;
      return true;
    } catch {
      return false; // not reconnected yet
    }
  });
  assertEquals(found, "held");
  await restored.promise;
  await owner.append(claim, { seq: 8, data: new Uint8Array([8]) });
});

Deno.test("a process leaves a Redis that does not answer, in a bounded time", async () => {
  await using redis = await RedisServer.start("redis");
  const store = redisStore(redis.url);
  const member = await store.join({ id: "a", build: "1" });
  redis.kill("SIGSTOP");
  const start = performance.now();
  await member[Symbol.asyncDispose]();
  assert(performance.now() - start < 5000, "the process waits for the engine");
  redis.kill("SIGCONT");
});
