import { assertEquals, assertStrictEquals } from "@std/assert";
import { ManualClock } from "../../common/manual_clock.ts";
import { PullPace } from "./snapshot_throttle.ts";

Deno.test("PullPace has those who come early wait together, for three times as long as the document took", async () => {
  const clock = new ManualClock();
  const pace = new PullPace(10_000_000, clock);
  await clock.tick(100);
  const turn = pace.turn();
  assertStrictEquals(pace.turn(), turn);
  let isThere = false;
  void turn?.then(() => isThere = true);
  await clock.tick(199);
  assertEquals(isThere, false);
  await clock.tick(1);
  assertEquals(isThere, true);
  assertEquals(pace.turn(), undefined);
  assertEquals(clock.pending, 0);
});
