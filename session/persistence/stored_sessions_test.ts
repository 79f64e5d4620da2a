/** Sessions that move between two processes which share a store. */

import { assert, assertEquals, assertNotStrictEquals, assertRejects } from "@std/assert";
import type { ApplicationFunction } from "../../application/application_options.ts";
import { Button, Div, Slider, TextInput } from "../../models/mod.ts";
import { memoryStore } from "../../store/memory.ts";
import { ProtocolError } from "../../protocol/error.ts";
import type { Session } from "../session.ts";
import { InProcessClient } from "../session_test_support.ts";
import { INFO, kill, slide, sliders, startProcess, text } from "./stored_session_test_support.ts";

Deno.test("a session goes on in another process after its own was killed", async () => {
  await using store = memoryStore();
  const first = await startProcess(store, sliders);
  const before = await first.registry.getOrCreate("s", INFO);
  const client = new InProcessClient(before);
  for (const value of [4, 5, 6]) slide(client, before, value);
  await first.clock.tick();
  assertEquals(client.takeTypes().filter((type) => type === "OK").length, 3);
  await kill(first);

  const second = await startProcess(store, sliders);
  const after = await second.registry.getOrCreate("s", { payload: { greeting: "another" } });
  assertNotStrictEquals(after, before);
  assertEquals(after.instance, before.instance);
  assertEquals(after.document.to_json(), before.document.to_json());
  assertEquals(text(after, "answer"), "6, change 3");
  assertEquals(after.context.tokenPayload, INFO.payload);
  assertEquals(after.context.resumed, true);

  slide(new InProcessClient(after), after, 7);
  assertEquals(text(after, "answer"), "7, change 4");
  assertEquals([first.errors, second.errors], [[], []]);
});

Deno.test("the answer to a client's change waits until the store has it", async () => {
  await using store = memoryStore();
  const { registry, clock } = await startProcess(store, sliders);
  const session = await registry.getOrCreate("s", INFO);
  const [client, watcher] = [new InProcessClient(session), new InProcessClient(session)];
  client.take();
  watcher.take();
  slide(client, session, 4);
  assertEquals([client.takeTypes(), watcher.takeTypes()], [[], []]);
  await clock.tick();
  assertEquals(client.takeTypes().at(-1), "OK");
  assertEquals(watcher.takeTypes(), ["PATCH-DOC"]);
});

Deno.test("changes of the server are sent at once and stored within the delay", async () => {
  await using store = memoryStore();
  const first = await startProcess(store, sliders);
  const session = await first.registry.getOrCreate("s", INFO);
  const watcher = new InProcessClient(session);
  watcher.take();
  await session.transact({}, () => void (session.document.title = "A title"));
  assertEquals(watcher.takeTypes(), ["PATCH-DOC"]);
  await first.clock.tick(250);
  await kill(first);
  const second = await startProcess(store, sliders);
  const after = await second.registry.getOrCreate("s", INFO);
  assertEquals(after.document.title, "A title");
});

Deno.test("models that callbacks have added are there after the session was resumed, and no id is given twice", async () => {
  await using store = memoryStore();
  const fill: ApplicationFunction = (doc) => {
    const button = new Button({ label: "Add", name: "button" });
    button.on_click(() => doc.add_root(new TextInput({ value: `root ${doc.roots.length}` })));
    doc.add_root(button);
  };
  const first = await startProcess(store, fill);
  const before = await first.registry.getOrCreate("s", INFO);
  const click = (session: Session) => {
    const model = { id: session.document.get_model_by_name("button")!.id };
    const data = { type: "event", name: "button_click", values: { type: "map", entries: [["model", model]] } };
    new InProcessClient(session).send("PATCH-DOC", {
      events: [{ kind: "MessageSent", msg_type: "bokeh_event", msg_data: data }],
    });
  };
  click(before);
  click(before);
  await before.transact({}, () => before.document.remove_root(before.document.roots[1]!));
  await first.clock.tick(250);
  await kill(first);
  const second = await startProcess(store, fill);
  const after = await second.registry.getOrCreate("s", INFO);
  assertEquals(after.document.to_json(), before.document.to_json());
  const removed = new Set(before.document.roots.map(({ id }) => id));
  click(after);
  const added = after.document.roots.at(-1)!.id;
  assert(!removed.has(added), `${added} was given twice`);
  assertEquals(second.errors, []);
});

Deno.test("a journal that has become long is replaced by a snapshot", async () => {
  await using store = memoryStore();
  const first = await startProcess(store, sliders);
  const before = await first.registry.getOrCreate("s", INFO);
  const client = new InProcessClient(before);
  for (let i = 0; i < 1200; i++) slide(client, before, i % 10);
  await first.clock.tick();
  const [record] = [...store.records.values()];
  assert(record!.entries.length < 600, `${record!.entries.length} entries`);
  await kill(first);
  const second = await startProcess(store, sliders);
  const after = await second.registry.getOrCreate("s", INFO);
  assertEquals(after.document.to_json(), before.document.to_json());
});

Deno.test("an application that fills its document with other values keeps the stored ones", async () => {
  await using store = memoryStore();
  let started = 0;
  const fill: ApplicationFunction = (doc) => {
    doc.add_root(new Slider({ start: 0, end: 10, value: 1, name: "slider" }));
    doc.add_root(new Div({ text: `started ${++started} times`, name: "answer" }));
  };
  const first = await startProcess(store, fill);
  const before = await first.registry.getOrCreate("s", INFO);
  slide(new InProcessClient(before), before, 4);
  await first.clock.tick();
  await kill(first);
  const second = await startProcess(store, fill);
  const after = await second.registry.getOrCreate("s", INFO);
  assertEquals(after.document.to_json(), before.document.to_json());
  assertEquals(text(after, "answer"), "started 1 times");
  slide(new InProcessClient(after), after, 5);
  await second.clock.tick();
  await kill(second);
  const third = await startProcess(store, fill);
  assertEquals((await third.registry.getOrCreate("s", INFO)).document.to_json(), after.document.to_json());
});

Deno.test("a session whose application makes other models now is refused with the reason", async () => {
  await using store = memoryStore();
  const first = await startProcess(store, sliders);
  const before = await first.registry.getOrCreate("s", INFO);
  slide(new InProcessClient(before), before, 4);
  await first.clock.tick();
  await kill(first);
  const second = await startProcess(store, (doc) => void doc.add_root(new Div({ text: "other" })));
  const error = await assertRejects(() => second.registry.getOrCreate("s", INFO), ProtocolError);
  assertEquals(error.code, "application_changed");
});

Deno.test("an unused session is released, and resumed when a client comes back", async () => {
  await using store = memoryStore();
  const ended: string[] = [];
  const fill: ApplicationFunction = (doc) => {
    sliders(doc);
    doc.on_session_destroyed(() => void ended.push("destroyed"));
    doc.on_session_resumed(() => void ended.push("resumed"));
  };
  const { registry, clock } = await startProcess(store, fill, { unusedSessionLifetimeMilliseconds: 1000 });
  const before = await registry.getOrCreate("s", INFO);
  const client = new InProcessClient(before);
  slide(client, before, 4);
  await clock.tick();
  client.connection.closed(1000, "");
  await clock.tick(2000);
  assertEquals(await registry.sweep(), 1);
  assertEquals(registry.size, 0);
  const after = await registry.getOrCreate("s", INFO);
  assertEquals(text(after, "answer"), "4, change 1");
  assertEquals(ended, ["resumed"]);
  after.requestExpiration();
  assertEquals(await registry.sweep(), 1);
  const error = await assertRejects(() => registry.getOrCreate("s", INFO), ProtocolError);
  assertEquals([error.code, ended], ["session_gone", ["resumed", "destroyed"]]);
});

Deno.test("a process that lost its session closes the connections, and does not destroy the session", async () => {
  await using store = memoryStore();
  const ended: string[] = [];
  const fill: ApplicationFunction = (doc) => {
    sliders(doc);
    doc.on_session_destroyed(() => void ended.push("destroyed"));
  };
  const first = await startProcess(store, fill, { name: "first" });
  const before = await first.registry.getOrCreate("s", INFO);
  const client = new InProcessClient(before);
  slide(client, before, 4);
  await first.clock.tick();
  client.take();
  store.members.delete("first"); // as if it were asleep
  const second = await startProcess(store, fill, { name: "second" });
  const after = await second.registry.getOrCreate("s", INFO);
  slide(client, before, 5);
  await first.clock.tick();
  assertEquals(client.takeTypes(), []);
  assertEquals(client.port.closedWith?.[0], 1012);
  assertEquals([first.registry.size, text(after, "answer"), ended], [0, "4, change 1", []]);
});

Deno.test("a session of a user is resumed by that user only", async () => {
  await using store = memoryStore();
  const first = await startProcess(store, sliders);
  const ada = { ...INFO, user: "ada", userKey: "ada" };
  await first.registry.getOrCreate("s", ada);
  await kill(first);
  const second = await startProcess(store, sliders);
  const error = await assertRejects(
    () => second.registry.getOrCreate("s", { ...INFO, user: "bob", userKey: "bob" }),
    ProtocolError,
  );
  assertEquals(error.code, "session_owner_mismatch");
  const after = await second.registry.getOrCreate("s", ada);
  assertEquals(after.context.resumed, true);
});

Deno.test("drain() hands sessions over: all that was changed is stored, and connections close with 1012", async () => {
  await using store = memoryStore();
  const first = await startProcess(store, sliders);
  const before = await first.registry.getOrCreate("s", INFO);
  const client = new InProcessClient(before);
  slide(client, before, 4);
  before.document.title = "not stored yet";
  await first.registry.drain();
  assertEquals(client.port.closedWith?.[0], 1012);
  assertEquals(client.takeTypes().includes("OK"), true);
  const second = await startProcess(store, sliders);
  const after = await second.registry.getOrCreate("s", INFO);
  assertEquals([after.document.title, text(after, "answer")], ["not stored yet", "4, change 1"]);
});

Deno.test("the store holds no id, header or cookie in clear", async () => {
  await using store = memoryStore();
  const { registry } = await startProcess(store, sliders);
  const request = {
    arguments: { q: [new TextEncoder().encode("secret argument")] },
    headers: { authorization: "secret header" },
    cookies: { login: "secret cookie" },
    method: "GET",
    url: "http://localhost/app",
    protocol: "http",
    host: "localhost",
    path: "/app",
    uri: "/app",
    remoteAddress: undefined,
  };
  await registry.getOrCreate("secret id", { ...INFO, request });
  const dump = [...store.records].map(([key, record]) =>
    key + new TextDecoder("latin1").decode(record.header) +
    record.entries.map((e) => new TextDecoder("latin1").decode(e))
  ).join();
  assertEquals(/secret/.test(dump), false);
});
