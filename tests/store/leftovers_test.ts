/** What remains in a store after sessions have moved between servers that were killed. */

import { assertEquals } from "@std/assert";
import { eventually } from "../kit/eventually.ts";
import { RedisServer } from "../kit/redis_server.ts";
import { ServerGroup } from "../kit/server_group.ts";

const OPTIONS = { ignore: Deno.build.os !== "linux", sanitizeOps: false, sanitizeResources: false };
const CLIENTS = 10;
const INTERVAL_MILLISECONDS = 50;
const KILLS = 3;
const PATIENCE_SECONDS = 60;
/** Lifetime of sessions without clients in the memory of a server. */
const LIFETIME = ["--unused-session-lifetime", "500", "--check-unused-sessions", "500"];

const SESSIONS = `EVAL "return #redis.call('KEYS','bk:s:*:m')" 0`;
const OWNED_SESSIONS = counting("bk:s:*:m", "not ({['']=1, ['!']=1})[redis.call('HGET', key, 'owner')]");
/** Keys that the store would keep forever. */
const LASTING_KEYS = counting("bk:[sbn]:*", "redis.call('PTTL', key) == -1");

/** Returns a command that counts the keys for which a condition in Lua is true. */
function counting(pattern: string, condition: string): string {
  const loop = `for _, key in ipairs(redis.call('KEYS', '${pattern}')) do if ${condition} then n = n + 1 end end`;
  return `EVAL "local n = 0 ${loop} return n" 0`;
}

Deno.test("sessions of servers that are killed repeatedly leave no keys that stay, and no owner", OPTIONS, async () => {
  await using engine = await RedisServer.start("valkey");
  await using group = await ServerGroup.start({ servers: 2, store: engine.url, balancer: "haproxy", args: LIFETIME });
  await group.connect(CLIENTS, INTERVAL_MILLISECONDS);
  const { figures } = group;
  for (let kill = 0; kill < KILLS; kill++) {
    await group.restart(kill % 2, "SIGKILL");
    const before = figures.confirmed;
    const isBack = () => group.isConnected && figures.confirmed > before + 3 * CLIENTS;
    await eventually(isBack, "the clients are back", PATIENCE_SECONDS);
  }
  assertEquals([figures.lost, figures.anew], [0, 0]);
  await Promise.all(group.clients.map((client) => client.close()));
  assertEquals(await engine.answer(SESSIONS), `:${CLIENTS}\r\n`);
  await eventually(
    async () => (await engine.answer(OWNED_SESSIONS)).startsWith(":0"),
    "no server owns a session",
    PATIENCE_SECONDS,
  );
  assertEquals(await engine.answer(LASTING_KEYS), ":0\r\n");
});
