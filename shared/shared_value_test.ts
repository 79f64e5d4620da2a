import { assertEquals, assertStrictEquals, assertThrows } from "@std/assert";
import type { Document } from "../document/document.ts";
import { Div } from "../models/mod.ts";
import { InProcessClient, makeRegistry } from "../session/session_test_support.ts";
import { sharedSource } from "./shared_source.ts";
import { sharedValue } from "./shared_value.ts";

Deno.test("sharedValue calls functions with the lock of each document, and the last value after many", async () => {
  const status = sharedValue("status of the test", "one");
  const { registry } = makeRegistry((doc: Document) => {
    const div = new Div({ text: status.value });
    status.onChange(doc, (text) => div.text = text);
    doc.add_root(div);
  });
  const sessions = await Promise.all(["a", "b"].map((id) => registry.getOrCreate(id)));
  const clients = sessions.map((session) => new InProcessClient(session));
  for (const client of clients) client.pull();
  status.set("two");
  for (const client of clients) assertEquals(client.takeEvents().length, 1);
  const unlock = Promise.withResolvers<void>();
  const busy = sessions[0]!.transact({}, () => unlock.promise);
  for (let i = 0; i <= 300; i++) status.set(`${i}`);
  assertEquals(clients[0]!.takeEvents(), []);
  unlock.resolve();
  await busy;
  await sessions[0]!.transact({}, () => {});
  assertEquals(sessions.map(({ document }) => document.select_one(Div)!.text), ["300", "300"]);
  assertEquals(status.statistics, { name: "status of the test", changes: 302, documents: 2 });
});

Deno.test("sharedValue calls functions with the values after one for which a function has failed", async () => {
  const level = sharedValue("level of the test", 0);
  const { registry } = makeRegistry((doc: Document) => {
    const div = new Div({ text: "0" });
    level.onChange(doc, (value) => {
      if (value === 1) throw new Error("No text for 1");
      div.text = `${value}`;
    });
    doc.add_root(div);
  });
  const session = await registry.getOrCreate("a");
  const unlock = Promise.withResolvers<void>();
  const busy = session.transact({}, () => unlock.promise);
  level.set(1);
  level.set(2);
  unlock.resolve();
  await busy;
  await session.transact({}, () => {});
  assertEquals(session.document.select_one(Div)!.text, "2");
});

Deno.test("sharedValue checks names", () => {
  const value = sharedValue("checked value", 1);
  assertStrictEquals(sharedValue("checked value", 2), value);
  assertEquals(value.value, 1);
  sharedSource("source, not value", { x: [1] });
  assertThrows(() => sharedValue("source, not value", 1), TypeError, "a shared source has this name");
  assertThrows(() => sharedValue("", 1), TypeError, "name is empty");
});
