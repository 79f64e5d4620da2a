import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import { telemetryTrace } from "./telemetry.ts";

Deno.test("telemetryTrace returns the result of synchronous and asynchronous work", async () => {
  const trace = telemetryTrace("/app");
  assertEquals(trace("a", {}, () => 1), 1);
  assertEquals(await trace("a", { n: 1 }, () => Promise.resolve(2)), 2);
  assertThrows(() =>
    trace("a", {}, () => {
      throw new RangeError("no");
    }), RangeError);
  await assertRejects(() => trace("a", {}, () => Promise.reject(new RangeError("no"))), RangeError);
});
