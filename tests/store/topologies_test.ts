/** A session store in a Redis cluster, and behind Sentinels. */

import { assertEquals } from "@std/assert";
import { StoreError } from "../../session/persistence/store_error.ts";
import { created, testOneSessionStore } from "../../store/contract_test_support.ts";
import { redisStore } from "../../store/redis/mod.ts";
import { eventually } from "../kit/eventually.ts";
import { RedisServer } from "../kit/redis_server.ts";

testOneSessionStore("redisStore() with a cluster", async () => {
  const nodes = await Promise.all(
    [1, 2, 3].map(() => RedisServer.start("redis", "--cluster-enabled", "yes", "--cluster-node-timeout", "2000")),
  );
  const addresses = nodes.map(({ port }) => `127.0.0.1:${port}`);
  const { success, stdout } = await new Deno.Command("redis-cli", {
    args: ["--cluster", "create", ...addresses, "--cluster-yes"],
    stdin: "null",
  }).output();
  if (!success) throw new Error(new TextDecoder().decode(stdout));
  for (const node of nodes) {
    await eventually(async () => (await node.answer("CLUSTER INFO")).includes("cluster_state:ok"));
  }
  return {
    connect: () => redisStore(`redis+cluster://${addresses.join(",")}`),
    clear: async () => void await Promise.all(nodes.map((node) => node.command("FLUSHALL"))),
    [Symbol.asyncDispose]: async () => {
      for (const node of nodes) await node[Symbol.asyncDispose]();
    },
  };
});

// @redis/client does not clear a timer of the connection to the killed primary.
const LEAKY = { sanitizeOps: false, sanitizeResources: false };

Deno.test(
  "redisStore: continues with the replica that Sentinel has promoted after the primary was killed",
  LEAKY,
  async () => {
    await using primary = await RedisServer.start("redis");
    await using replica = await RedisServer.start("redis", "--replicaof", "127.0.0.1", `${primary.port}`);
    await using sentinel = await RedisServer.startSentinel("main", primary.port);
    await eventually(async () => (await primary.answer("INFO replication")).includes("state=online"));
    await eventually(async () => (await sentinel.answer("INFO sentinel")).includes("slaves=1"));
    await using store = redisStore(`redis+sentinel://127.0.0.1:${sentinel.port}/main`);
    await using member = await store.join({ id: "a", build: "1" });
    const claim = created(await member.open("k", { header: new Uint8Array(), retentionMilliseconds: 60_000 }));
    await member.append(claim, { seq: 1, data: new Uint8Array([1]) });
    await eventually(async () => await replica.command("EXISTS bk:s:{k}:j") === ":1");
    await primary.stop();
    let seq = 2;
    await eventually(async () => {
      try {
        await member.append(claim, { seq, data: new Uint8Array([seq]) });
        return ++seq > 5;
      } catch (error) {
        if (error instanceof StoreError && error.code === "unavailable") return false;
        throw error;
      }
    });
    assertEquals(await replica.command("LLEN bk:s:{k}:j"), ":5");
  },
);
