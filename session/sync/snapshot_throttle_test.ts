import { assertEquals, assertStrictEquals } from "@std/assert";
import { ManualClock } from "../../common/manual_clock.ts";
import { SnapshotThrottle } from "./snapshot_throttle.ts";

Deno.test("SnapshotThrottle lets callers share one turn, after three times as long as the encoding took", async () => {
  const clock = new ManualClock();
  const throttle = new SnapshotThrottle(10_000_000, clock);
  await clock.tick(100);
  const turn = throttle.turn();
  assertStrictEquals(throttle.turn(), turn);
  let resolved = false;
  void turn?.then(() => resolved = true);
  await clock.tick(199);
  assertEquals(resolved, false);
  await clock.tick(1);
  assertEquals(resolved, true);
  assertEquals(throttle.turn(), undefined);
  assertEquals(clock.pending, 0);
});
