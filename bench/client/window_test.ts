import { assert, assertEquals, assertRejects } from "@std/assert";
import { setImmediate } from "node:timers/promises";
import type { Target } from "./job.ts";
import { Meter } from "./meter.ts";
import { mapConcurrently, repeat } from "./window.ts";

const target: Target = { port: 0, pid: Deno.pid, path: "/", warmSeconds: 0, seconds: 0.01 };
const ignore = Deno.build.os !== "linux";

Deno.test({
  name: "repeat: counts operations until the measurement ends",
  ignore,
  fn: async () => {
    let done = 0;
    const operation = async () => {
      await setImmediate();
      done++;
    };
    const { operations, seconds } = await repeat(target, new Meter(Deno.pid), [operation]);
    assert(operations > 0 && operations <= done);
    assert(seconds >= 0.009);
  },
});

Deno.test("repeat: rejects with the error of an operation", async () => {
  const failing = () => Promise.reject(new Error("gone"));
  await assertRejects(() => repeat({ ...target, warmSeconds: 60 }, new Meter(Deno.pid), [failing]), Error, "gone");
});

Deno.test("mapConcurrently: limits concurrent calls and returns results in order", async () => {
  let running = 0, most = 0;
  const results = await mapConcurrently(7, 3, async (index) => {
    most = Math.max(most, ++running);
    await Promise.resolve();
    running--;
    return index * 10;
  });
  assertEquals([results, most], [[0, 10, 20, 30, 40, 50, 60], 3]);
});
