import { assertEquals } from "@std/assert";
import { ManualClock } from "../../common/manual_clock.ts";
import { inSlices } from "./in_slices.ts";

Deno.test("inSlices() makes all calls synchronously without a time, and spreads them over one", async () => {
  const clock = new ManualClock();
  const calls: number[] = [];
  const items = [...Array(100).keys()];
  void inSlices(items, 0, clock, (item) => void calls.push(item));
  assertEquals(calls, items);
  calls.length = 0;
  const spread = inSlices(items, 1000, clock, (item) => void calls.push(item));
  const counts = [calls.length];
  for (let slice = 0; slice < 20; slice++) {
    await clock.tick(50);
    counts.push(calls.length);
  }
  await spread;
  assertEquals([counts[0], counts[10], counts[20]], [5, 52, 100]);
  assertEquals(calls, items);
});
