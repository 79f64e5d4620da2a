import { assertEquals, assertRejects } from "@std/assert";
import { deadline } from "@std/async/deadline";
import { StoreError } from "../../session/persistence/store_error.ts";
import { testSessionStore } from "../../store/contract_test_support.ts";
import { redisStore } from "../../store/redis/mod.ts";
import { eventually } from "../kit/eventually.ts";
import { RedisServer } from "../kit/redis_server.ts";
import { SeverableLink } from "../kit/severable_link.ts";

for (const program of ["redis", "valkey"] as const) {
  testSessionStore(`redisStore() with ${program}`, async () => {
    const server = await RedisServer.start(program);
    return {
      connect: () => redisStore(server.url),
      clear: async () => void await server.command("FLUSHALL"),
      [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
    };
  });
}

Deno.test("redisStore: refuses an engine that evicts keys when its memory is full", async () => {
  await using server = await RedisServer.start("redis", "--maxmemory", "10mb", "--maxmemory-policy", "allkeys-lru");
  await using store = redisStore(server.url);
  await assertRejects(() => store.join({ id: "a", build: "1" }), StoreError, "noeviction");
});

Deno.test("redisStore: reports that the engine is not reachable", async () => {
  await using store = redisStore("redis://127.0.0.1:1");
  await assertRejects(() => store.join({ id: "a", build: "1" }), StoreError, "Cannot use session store");
});

Deno.test("redisStore: replaces a connection that does not answer, and reports the interruption", async () => {
  await using server = await RedisServer.start("redis");
  using link = new SeverableLink(server.port);
  await using store = redisStore(`redis://127.0.0.1:${link.port}`);
  await using member = await store.join({ id: "a", build: "1" });
  const notices: string[] = [];
  member.onNotice(({ kind }) => void notices.push(kind));
  link.silence();
  await assertRejects(() => deadline(member.find("k"), 20_000), StoreError, "Cannot use session store");
  await eventually(() => member.find("k").then(() => true, () => false), "the store answers again");
  await eventually(() => notices.length > 0, "the interruption is reported");
  assertEquals(new Set(notices), new Set(["interrupted"])); // another one when the other connection is replaced
});
