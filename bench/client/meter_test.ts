import { assertEquals, assertThrows } from "@std/assert";
import { Meter } from "./meter.ts";

const ignore = Deno.build.os !== "linux";

Deno.test({
  name: "Meter: counts operations between open and close",
  ignore,
  fn: () => {
    const meter = new Meter(Deno.pid);
    meter.done(1000);
    meter.open();
    for (const milliseconds of [1, 2, 3]) meter.done(milliseconds);
    const { operations, latency } = meter.close();
    meter.done(1000);
    assertEquals([operations, latency?.p50], [3, 2]);
  },
});

Deno.test({
  name: "Meter: counts an operation of unknown duration",
  ignore,
  fn: () => {
    const meter = new Meter(Deno.pid);
    meter.open();
    meter.done(NaN);
    meter.done(4);
    const { operations, latency } = meter.close();
    assertEquals([operations, latency], [2, { p50: 4, p99: 4 }]);
  },
});

Deno.test("Meter: throws when it is closed before it was opened", () => {
  assertThrows(() => new Meter(Deno.pid).close(), Error, "not opened");
});
