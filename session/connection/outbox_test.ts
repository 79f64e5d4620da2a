import { assert, assertEquals, assertFalse } from "@std/assert";
import { DEFAULT_LIMITS } from "../../common/limits.ts";
import { ManualClock } from "../../common/manual_clock.ts";
import { Outbox, type OutboxLimits, type OutboxOwner } from "./outbox.ts";
import { TestPort } from "../session_test_support.ts";

function makeOutbox(limits: Partial<OutboxLimits> = {}) {
  const clock = new ManualClock();
  const port = new TestPort();
  const calls: string[] = [];
  const owner: OutboxOwner = {
    clock,
    onDrained: () => calls.push("drained"),
    onSlow: (bytes, mustClose) => calls.push(`${mustClose ? "close" : "slow"} ${bytes}`),
  };
  const outbox = new Outbox(port, owner, { ...DEFAULT_LIMITS, ...limits }, 100);
  return { clock, port, calls, outbox };
}

Deno.test("Outbox sends at once while the socket is not congested", () => {
  const { outbox, port, clock } = makeOutbox();
  const data = Uint8Array.of(1);
  outbox.send(["a", data]);
  assertEquals(port.frames, ["a", data]);
  assertFalse(outbox.congested);
  assertEquals(clock.pending, 0);
});

Deno.test("Outbox delays messages when the socket is congested, and sends them in order", async () => {
  const { outbox, port, clock, calls } = makeOutbox();
  port.bufferedAmount = 101;
  assert(outbox.congested);
  outbox.send(["a", "b"]);
  outbox.send(["c"]);
  assertEquals(port.frames, []);
  await clock.tick(50);
  assertEquals(port.frames, []);
  port.bufferedAmount = 100;
  await clock.tick(50);
  assertEquals(port.frames, ["a", "b", "c"]);
  assertEquals(calls, ["slow 101", "drained"]);
  assertEquals(clock.pending, 0);
  assertFalse(outbox.congested);
});

Deno.test("Outbox stays congested when the delayed messages fill the socket again", async () => {
  const { outbox, port, clock } = makeOutbox();
  port.bufferedAmount = 101;
  for (let i = 0; i < 5; i++) outbox.send(["x".repeat(60)]);
  port.stuck = true;
  port.bufferedAmount = 0;
  await clock.tick(50);
  assertEquals(port.frames.length, 2);
  assert(outbox.congested);
  outbox.stop();
});

Deno.test("Outbox sends the frames of a long message as the client receives them, and later messages after them", async () => {
  const { outbox, port, clock, calls } = makeOutbox();
  const bytes = 10 * 1024 * 1024;
  const frames = Array.from({ length: 5 }, () => new Uint8Array(bytes));
  port.stuck = true;
  outbox.send(["head", ...frames]);
  outbox.send(["later"]);
  assertEquals(port.frames.length, 3); // two frames are more than 16 MiB
  assertEquals(outbox.bufferedBytes, 5 * bytes + "head".length + "later".length);
  for (const sent of [4, 5, 6]) {
    port.bufferedAmount -= bytes;
    await clock.tick(50);
    assertEquals(port.frames.length, sent);
    assert(outbox.congested);
  }
  port.bufferedAmount = 0;
  await clock.tick(50);
  assertEquals(port.frames, ["head", ...frames, "later"]);
  assertEquals([calls.at(-1), outbox.bufferedBytes, clock.pending], ["drained", "later".length, 0]);
});

Deno.test("Outbox reports a client that receives nothing for ten seconds", async () => {
  const { outbox, port, clock, calls } = makeOutbox();
  port.bufferedAmount = 1_000;
  outbox.send(["a"]);
  await clock.tick(9_000);
  port.bufferedAmount = 999; // the client has received a byte
  await clock.tick(9_900);
  assertEquals(calls.length, 1);
  await clock.tick(200);
  assertEquals(calls[1], "close 1000");
  assertEquals(clock.pending, 0);
});

Deno.test("Outbox reports a client for which too many bytes wait", () => {
  const { outbox, port, calls } = makeOutbox({ outboxBytes: 100 });
  port.bufferedAmount = 101;
  outbox.send(["x".repeat(100)]);
  assertEquals(calls.length, 1);
  outbox.send(["x"]);
  assertEquals(calls[1], "close 202");
});

Deno.test("Outbox.caughtUp resolves when the client has received everything, or was reported", async () => {
  const { outbox, port, clock } = makeOutbox();
  assertEquals(outbox.caughtUp, undefined);
  port.bufferedAmount = 101;
  const caughtUp = outbox.caughtUp;
  port.bufferedAmount = 0;
  await clock.tick(50);
  await caughtUp;
  assertEquals(outbox.caughtUp, undefined);
  port.bufferedAmount = 101;
  const givenUp = outbox.caughtUp;
  await clock.tick(10_050);
  await givenUp;
});

Deno.test("Outbox.caughtUp is undefined as soon as the client has received everything, before the next poll", () => {
  const { outbox, port, clock, calls } = makeOutbox();
  port.bufferedAmount = 101;
  assert(outbox.caughtUp);
  outbox.send(["a"]);
  port.bufferedAmount = 0;
  assertEquals(outbox.caughtUp, undefined);
  assertEquals(port.frames, ["a"]);
  assertEquals(calls, ["slow 101", "drained"]);
  assertEquals(clock.pending, 0);
});

Deno.test("Outbox.caughtUp resolves a few milliseconds after a client has received everything that it waited for", async () => {
  const { outbox, port, clock } = makeOutbox();
  port.bufferedAmount = 101;
  const caughtUp = outbox.caughtUp;
  await clock.tick(2);
  port.bufferedAmount = 0;
  await clock.tick(1);
  await caughtUp;
  assertEquals(outbox.caughtUp, undefined);
});
