/** Servers behind nginx and HAProxy that are restarted or killed, with the documented configurations. */

import { assert, assertEquals } from "@std/assert";
import type { BalancerProgram } from "../kit/balancer.ts";
import { eventually } from "../kit/eventually.ts";
import { RedisServer } from "../kit/redis_server.ts";
import { percentile, ServerGroup } from "../kit/server_group.ts";

// The clients are websockets of Deno, which resolve their last operations after the test.
const OPTIONS = { ignore: Deno.build.os !== "linux", sanitizeOps: false, sanitizeResources: false };
const CLIENTS = 30;
/** Interval between the changes of each client, in milliseconds. */
const INTERVAL_MILLISECONDS = 100;
/** Bound of the median return. The machine of a test may be very busy: docs/reliability.md has measurements. */
const MEDIAN_MILLISECONDS = 6000;

const CASES: [BalancerProgram, servers: number, signal: "SIGTERM" | "SIGKILL"][] = [
  ["nginx", 4, "SIGTERM"],
  ["haproxy", 2, "SIGTERM"],
  ["nginx", 2, "SIGKILL"],
  ["haproxy", 2, "SIGKILL"],
];

for (const [balancer, servers, signal] of CASES) {
  Deno.test(
    `${balancer}: ${servers} servers restart one after the other after ${signal}, and no confirmed change is lost`,
    OPTIONS,
    async () => {
      await using redis = await RedisServer.start("redis");
      await using group = await ServerGroup.start({ servers, store: redis.url, balancer });
      await group.connect(CLIENTS, INTERVAL_MILLISECONDS);
      for (let index = 0; index < servers; index++) {
        await group.restart(index, signal);
        await eventually(() => group.isConnected);
      }
      for (const client of group.clients) client.pause();
      const { confirmed, lost, anew, returns, firstAttempts, codes } = group.figures;
      assertEquals({ lost, anew }, { lost: 0, anew: 0 });
      assert(confirmed > CLIENTS, `${confirmed} changes were confirmed`);
      assert(returns.length >= CLIENTS / 2, `${returns.length} returns`);
      const median = percentile(returns, 0.5);
      assert(median < MEDIAN_MILLISECONDS, `median ${median} ms`);
      assert(firstAttempts > 0, `${firstAttempts} of ${returns.length} first attempts`);
      if (signal === "SIGTERM") assert(codes.has(1012), `codes ${[...codes.keys()]}`);
    },
  );
}
