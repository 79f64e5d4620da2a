/** Servers that share a session store, while the engine of the store or the clocks of the servers fail. */

import { assert, assertEquals } from "@std/assert";
import { eventually } from "../kit/eventually.ts";
import { RedisServer } from "../kit/redis_server.ts";
import { ServerGroup } from "../kit/server_group.ts";

// The clients are websockets of Deno, and @redis/client keeps a timer of a killed primary.
const OPTIONS = { ignore: Deno.build.os !== "linux", sanitizeOps: false, sanitizeResources: false };
const CLIENTS = 10;
const INTERVAL_MILLISECONDS = 200;
/** Longest wait on a busy machine, in seconds. */
const PATIENCE_SECONDS = 60;

/** Waits until each client has a connection, and changes are confirmed again. */
async function whenBack(group: ServerGroup): Promise<void> {
  const { figures } = group;
  const before = figures.confirmed;
  const isBack = () => group.isConnected && figures.confirmed > before + 2 * CLIENTS;
  await eventually(isBack, "the clients are back", PATIENCE_SECONDS);
}

Deno.test(
  "an engine that is down longer than the patience of the servers: 1013, and all sessions go on",
  OPTIONS,
  async () => {
    await using engine = await RedisServer.start("redis");
    await using group = await ServerGroup.start({ servers: 2, store: engine.url, balancer: "haproxy" });
    await group.connect(CLIENTS, INTERVAL_MILLISECONDS);
    await whenBack(group);
    await engine.stop();
    await eventually(() => group.figures.codes.has(1013), "websockets close with 1013", PATIENCE_SECONDS);
    await engine.restart(); // empty: the servers write their sessions again
    await whenBack(group);
    assertEquals([group.figures.lost, group.figures.anew], [0, 0]);
  },
);

Deno.test("a failover to a replica under load loses nothing of sessions whose servers live", OPTIONS, async () => {
  await using primary = await RedisServer.start("redis");
  await using replica = await RedisServer.start("redis", "--replicaof", "127.0.0.1", `${primary.port}`);
  await using sentinel = await RedisServer.startSentinel("main", primary.port);
  await eventually(async () => (await primary.answer("INFO replication")).includes("state=online"));
  await eventually(async () => (await sentinel.answer("INFO sentinel")).includes("slaves=1"));
  const store = `redis+sentinel://127.0.0.1:${sentinel.port}/main`;
  await using group = await ServerGroup.start({ servers: 2, store, balancer: "haproxy" });
  await group.connect(CLIENTS, INTERVAL_MILLISECONDS);
  await whenBack(group);
  await primary.stop();
  await whenBack(group);
  assert((await replica.answer("INFO replication")).includes("role:master"));
  assertEquals([group.figures.lost, group.figures.anew], [0, 0]);
});

Deno.test("clocks that differ by two hours: sessions are handed over and taken over", OPTIONS, async () => {
  await using engine = await RedisServer.start("valkey");
  const places = [3_600_000, -3_600_000].map((clockOffset) => ({ address: "127.0.0.1", clockOffset }));
  await using group = await ServerGroup.start({ servers: places, store: engine.url, balancer: "haproxy" });
  await group.connect(CLIENTS, INTERVAL_MILLISECONDS);
  for (const [index, signal] of (["SIGTERM", "SIGKILL"] as const).entries()) {
    await group.restart(index, signal);
    await whenBack(group);
  }
  assertEquals([group.figures.lost, group.figures.anew], [0, 0]);
});
