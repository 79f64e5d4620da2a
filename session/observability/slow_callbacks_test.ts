import { assertEquals } from "@std/assert";
import { DEFAULT_LIMITS } from "../../common/limits.ts";
import type { Document } from "../../document/document.ts";
import { Slider } from "../../models/mod.ts";
import type { SessionEvent } from "./observer.ts";
import { InProcessClient, makeRegistry } from "../session_test_support.ts";

function slowOnes(events: readonly SessionEvent[]) {
  return events.filter((event) => event.type === "slowCallback").map(({ name, blocking }) => ({ name, blocking }));
}

Deno.test("SlowCallbacks reports a callback that has not ended in time, by its name", async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  const { registry, clock, events } = makeRegistry((doc: Document) => {
    const slider = new Slider({ start: 0, end: 9, value: 1 });
    slider.on_change("value", () => promise);
    doc.add_root(slider);
  }, { limits: { ...DEFAULT_LIMITS, slowCallbackMilliseconds: 1000 } });
  const session = await registry.getOrCreate("a");
  const client = new InProcessClient(session);
  client.set(session.document.roots[0]!, "value", 2);
  await clock.tick(999);
  assertEquals(slowOnes(events), []);
  await clock.tick(1);
  assertEquals(slowOnes(events), [{ name: "A patch of Slider.value, with its callbacks,", blocking: false }]);
  resolve();
  await clock.tick();
  client.set(session.document.roots[0]!, "value", 3);
  await clock.tick(5000);
  assertEquals(slowOnes(events).length, 1);
});

Deno.test("SlowCallbacks reports a callback that blocks the event loop, with the name of its function", async () => {
  const { registry, clock, events } = makeRegistry((doc: Document) => {
    doc.add_timeout_callback(function busy() {
      const end = performance.now() + 20;
      while (performance.now() < end);
    }, 10);
  }, { limits: { ...DEFAULT_LIMITS, blockingMilliseconds: 10 } });
  await registry.getOrCreate("a");
  await clock.tick(10);
  assertEquals(slowOnes(events), [{ name: "The timeout callback busy", blocking: true }]);
});
