import { assert, assertEquals } from "@std/assert";
import type { Document } from "../../document/document.ts";
import { Div, Slider } from "../../models/gen/classes.ts";
import { InProcessClient, makeRegistry } from "../session_test_support.ts";

async function open(fill: (doc: Document) => void) {
  const { registry, clock } = makeRegistry(fill);
  const session = await registry.getOrCreate("s");
  const [one, other] = [new InProcessClient(session), new InProcessClient(session)];
  for (const client of [one, other]) client.pull();
  return { clock, one, other };
}

Deno.test("Connection delays a client that pulls a long document after each change, and no other client", async () => {
  const slider = new Slider({ start: 0, end: 10, value: 1 });
  const { clock, one, other } = await open((doc) => {
    doc.add_root(slider);
    doc.add_root(new Div({ text: "x".repeat(1_000_000) }));
  });
  one.set(slider, "value", 2);
  one.take();
  other.take();
  one.send("PULL-DOC-REQ", {});
  one.send("SERVER-INFO-REQ", {});
  assertEquals(one.takeTypes(), []);
  other.set(slider, "value", 3);
  assertEquals(other.takeTypes(), ["OK"]);
  await clock.tick(60);
  assertEquals(one.takeTypes(), ["PATCH-DOC", "PULL-DOC-REPLY", "SERVER-INFO-REPLY"]);
  one.send("PULL-DOC-REQ", {});
  assertEquals(one.takeTypes(), ["PULL-DOC-REPLY"]);
});

Deno.test("Connection sends a slow client no second document before it has received the first", async () => {
  const { clock, one } = await open((doc) => doc.add_root(new Div({ text: "x".repeat(400_000) })));
  one.port.stuck = true;
  one.port.bufferedAmount = 2 ** 20;
  for (let i = 0; i < 60; i++) one.send("PULL-DOC-REQ", {});
  let pulled = one.takeTypes().length;
  assertEquals(pulled, 1);
  while (pulled < 60) {
    one.port.bufferedAmount = 0;
    await clock.tick(50);
    const taken = one.takeTypes().length;
    assert(taken > 0 && taken <= 3, `${taken} documents at once`);
    pulled += taken;
  }
  assertEquals(one.port.closedWith, undefined);
});

Deno.test("Connection limits the long documents in transit to clients that waited for the lock together", async () => {
  const { registry, clock } = makeRegistry((doc) => doc.add_root(new Div({ text: "x".repeat(9_000_000) })));
  const session = await registry.getOrCreate("s");
  const clients = Array.from({ length: 12 }, () => new InProcessClient(session));
  const gate = Promise.withResolvers<void>();
  const locked = session.transact({}, () => gate.promise);
  for (const client of clients) {
    client.port.stuck = true;
    client.send("PULL-DOC-REQ", {});
  }
  gate.resolve();
  await locked;
  await clock.tick(60);
  const pulled = () => clients.filter((client) => client.takeTypes().includes("PULL-DOC-REPLY")).length;
  assertEquals(pulled(), 4); // 36 MB
  let rest = 0;
  for (let rounds = 0; rest < 8 && rounds < 20; rounds++) {
    for (const client of clients) client.port.bufferedAmount = 0;
    await clock.tick(60);
    rest += pulled();
  }
  assertEquals(rest, 8);
});
