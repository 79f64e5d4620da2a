import { assertEquals, assertRejects } from "@std/assert";
import { ManualClock } from "./manual_clock.ts";
import { settlesWithin } from "./settles_within.ts";

Deno.test("settlesWithin() returns true for work that fulfills before the timeout", async () => {
  const clock = new ManualClock();
  assertEquals(await settlesWithin(Promise.resolve(), 10, clock), true);
  assertEquals(clock.pending, 0);
});

Deno.test("settlesWithin() returns false at the timeout and handles a later rejection", async () => {
  const clock = new ManualClock();
  const work = Promise.withResolvers<void>();
  const result = settlesWithin(work.promise, 10, clock);
  await clock.tick(10);
  assertEquals(await result, false);
  work.reject(new Error("Late"));
  await clock.tick();
});

Deno.test("settlesWithin() throws the error of the work", async () => {
  await assertRejects(() => settlesWithin(Promise.reject(new Error("Failed")), 10), Error, "Failed");
});
