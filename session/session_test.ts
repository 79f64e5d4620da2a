import {
  assert,
  assertEquals,
  assertFalse,
  assertRejects,
  assertStrictEquals,
  assertStringIncludes,
} from "@std/assert";
import { DEFAULT_LIMITS } from "../common/limits.ts";
import { settlePromises } from "../common/manual_clock.ts";
import { curdoc } from "../document/curdoc.ts";
import type { Document } from "../document/document.ts";
import { without_document_lock } from "../document/callbacks/unlocked.ts";
import { ConnectionLost } from "../models/events.ts";
import { Button, ColumnDataSource, Div, Slider } from "../models/gen/classes.ts";
import { CallbackError } from "./transactions/callback_error.ts";
import type { MessageType } from "../protocol/message.ts";
import type { PatchEvent } from "../protocol/patch.ts";
import { InProcessClient, makeRegistry } from "./session_test_support.ts";

function app(doc: Document): void {
  const slider = new Slider({ name: "slider", start: 0, end: 10, value: 1 });
  const out = new Div({ name: "out", text: "" });
  slider.on_change("value", (_attr, _old, value) => {
    out.text = `value ${value}`;
    if (Number(value) === 7) throw new Error("Seven is secret");
  });
  for (const root of [slider, out, new Button({ name: "button" })]) doc.add_root(root);
  doc.add_root(new Div({ name: "tagged", tags: [new ColumnDataSource({ data: { x: [1] }, name: "source" })] }));
}

async function open(clients = 1, fill = app) {
  const fixture = makeRegistry(fill);
  const session = await fixture.registry.getOrCreate("s");
  const all = Array.from({ length: clients }, () => new InProcessClient(session));
  for (const client of all) {
    assertEquals(client.takeTypes(), ["ACK"]);
    client.pull();
  }
  const [one, other, third] = all;
  return { ...fixture, session, doc: session.document, one: one!, other: other!, third: third!, all };
}

function named<M>(doc: Document, name: string): M {
  return doc.get_model_by_name(name) as M;
}

Deno.test("Connection sends ACK, then replies to a pull with the document", async () => {
  const { registry } = makeRegistry(app);
  const client = new InProcessClient(await registry.getOrCreate("s"));
  assertEquals(client.takeTypes(), ["ACK"]);
  const { header, content } = client.pull();
  assertEquals(header.reqid, "c1");
  assertEquals(content.doc.roots.length, 4);
});

Deno.test("Session runs the callbacks for lost connections, but not when it is destroyed", async () => {
  const lost: unknown[] = [];
  const { session, registry, one, other, doc } = await open(2, (doc) => {
    app(doc);
    doc.on_event(ConnectionLost, (event) => {
      lost.push(event.timestamp instanceof Date, curdoc() === doc);
      named<Div>(doc, "out").text = `lost ${lost.length}`;
    });
  });
  one.connection.closed(1001, "");
  one.connection.closed(1001, "");
  assertEquals(lost, [true, true]);
  const event = { kind: "ModelChanged", model: { id: named<Div>(doc, "out").id }, attr: "text", new: "lost 2" };
  assertEquals<unknown>(other.takeEvents(), [event]);
  other.connection.closed(1001, "");
  assertEquals(lost.length, 4);
  new InProcessClient(session);
  await registry.drain();
  assertEquals(lost.length, 4);
});

Deno.test("Connection sends the changes of callbacks before the OK, and no echo to the sender", async () => {
  const { one, other, doc } = await open(2);
  const slider = named<Slider>(doc, "slider");
  const reqid = one.set(slider, "value", 5);
  const messages = one.take();
  assertEquals(messages.map((message) => message.type), ["PATCH-DOC", "OK"]);
  assertEquals(messages[1]?.header.reqid, reqid);
  const ofCallback = { kind: "ModelChanged", model: { id: named<Div>(doc, "out").id }, attr: "text", new: "value 5" };
  assertEquals(messages[0]?.content, { events: [ofCallback] } as never);
  const [own, ...rest] = other.takeEvents();
  assertEquals(own, { kind: "ModelChanged", model: { id: slider.id }, attr: "value", new: 5 });
  assertEquals(rest, [ofCallback] as never);
});

Deno.test("Session encodes a patch once for all clients that receive the same", async () => {
  const { all, doc, session } = await open(3);
  await session.transact({}, () => {
    doc.title = "New";
  });
  const frames = all.map((client) => client.port.frames.slice(-3));
  assertEquals(frames[0]?.[2], '{"events":[{"kind":"TitleChanged","title":"New"}]}');
  for (let i = 0; i < 3; i++) {
    assertStrictEquals(frames[0]?.[i], frames[1]?.[i]);
    assertStrictEquals(frames[0]?.[i], frames[2]?.[i]);
  }
});

Deno.test("Session encodes no patch without receivers", async () => {
  const { one, doc } = await open(1, (doc) => doc.add_root(new Slider({ name: "slider", end: 10, value: 1 })));
  const ids: (string | undefined)[] = [];
  for (const value of [2, 3]) {
    one.set(named<Slider>(doc, "slider"), "value", value);
    ids.push(...one.take().map(({ header }) => String(header.msgid)));
  }
  const [first, second] = ids.map((id) => Number(id?.slice(1)));
  assertEquals(second, first! + 1, "ids of messages in between belong to messages that were not sent");
});

Deno.test("Session.transact sends its changes together after an asynchronous function has ended", async () => {
  const { session, doc, one, clock } = await open();
  const out = named<Div>(doc, "out");
  const done = session.transact({}, async () => {
    out.text = "a";
    await new Promise<void>((resolve) => clock.setTimeout(resolve, 100));
    assertStrictEquals(curdoc(), doc);
    out.text = "b";
  });
  await clock.tick(99);
  assertEquals(one.takeEvents(), []);
  await clock.tick(1);
  await done;
  assertEquals(one.takeEvents().length, 2);
});

Deno.test("Session.transact runs one transaction after the other", async () => {
  const { session, clock } = await open();
  const order: number[] = [];
  const runs = [30, 10, 20].map((milliseconds, i) =>
    session.transact({}, async () => {
      order.push(i);
      await new Promise<void>((resolve) => clock.setTimeout(resolve, milliseconds));
      order.push(i);
    })
  );
  await clock.tick(60);
  await Promise.all(runs);
  assertEquals(order, [0, 0, 1, 1, 2, 2]);
});

Deno.test("Session.transact within a transaction joins it", async () => {
  const { session, one, doc } = await open();
  await session.transact({}, async () => {
    doc.title = "outer";
    await session.context.withLockedDocument((inner) => {
      inner.title = "inner";
    });
    assertEquals(one.takeEvents(), []);
  });
  assertEquals(one.takeEvents().length, 2);
});

Deno.test("Session sends changes outside of transactions at the end of the microtask", async () => {
  const { doc, one, clock } = await open();
  doc.title = "a";
  named<Div>(doc, "out").text = "b";
  assertEquals(one.takeEvents(), []);
  await clock.tick();
  const [patch, ...rest] = one.take();
  assertEquals(rest, []);
  assert(patch?.type === "PATCH-DOC");
  assertEquals((patch as { content: { events: unknown[] } }).content.events.length, 2);
});

Deno.test("Connection sends earlier changes before the reply to a pull", async () => {
  const { doc, one } = await open();
  const source = named<ColumnDataSource>(doc, "source");
  source.stream({ x: [2] });
  one.send("PULL-DOC-REQ", {});
  assertEquals(one.takeTypes(), ["PATCH-DOC", "PULL-DOC-REPLY"]);
});

Deno.test("Connection answers a failed callback with an ERROR without details, and sends the changes", async () => {
  const { one, other, doc, events, clock } = await open(2);
  one.set(named<Slider>(doc, "slider"), "value", 7);
  await clock.tick();
  const [patch, error] = one.take();
  assertEquals([patch?.type, error?.type], ["PATCH-DOC", "ERROR"]);
  assertFalse(JSON.stringify(error?.content).includes("Seven"));
  assertEquals((error as { content: { traceback: unknown } }).content.traceback, null);
  assertEquals(other.takeEvents().length, 2);
  const failed = events.find((event) => event.type === "callbackFailed");
  assertStringIncludes(String(failed && "error" in failed && failed.error), "Seven is secret");
  one.set(named<Slider>(doc, "slider"), "value", 2);
  assertEquals(one.takeTypes(), ["PATCH-DOC", "OK"]);
});

Deno.test("Connection answers an invalid patch with ERROR and changes nothing", async () => {
  const { one, other, doc } = await open(2);
  const slider = named<Slider>(doc, "slider");
  one.send("PATCH-DOC", {
    events: [
      { kind: "ModelChanged", model: { id: slider.id }, attr: "value", new: 3 },
      { kind: "ModelChanged", model: { id: "nothing-such" }, attr: "value", new: 3 },
    ],
  });
  const [error] = one.take();
  assertEquals(error?.type, "ERROR");
  assertStringIncludes(JSON.stringify(error?.content), "nothing-such");
  assertEquals(slider.value, 1);
  assertEquals(other.takeEvents(), []);
});

Deno.test("Connection continues after a message with invalid content", async () => {
  const { one } = await open();
  one.send("PATCH-DOC", {} as never);
  one.send("SERVER-INFO-REQ", {});
  const messages = one.take();
  assertEquals(messages.map((message) => [message.type, message.header.reqid]), [["ERROR", "c2"], [
    "SERVER-INFO-REPLY",
    "c3",
  ]]);
});

Deno.test("Connection ignores frames after a protocol error", async () => {
  const { one, doc, session } = await open();
  one.connection.receive("no json");
  assertEquals(one.port.closedWith?.[0], 1002);
  one.set(named<Slider>(doc, "slider"), "value", 9);
  assertEquals(named<Slider>(doc, "slider").value, 1);
  assertEquals(one.take(), []);
  assertEquals(session.subscribers.size, 0);
});

Deno.test("Connection handles its messages in order, and other connections do not wait", async () => {
  const { one, other, session, clock, doc } = await open(2);
  void session.transact({}, () => new Promise<void>((resolve) => void clock.setTimeout(resolve, 50)));
  const ids = [
    one.set(named<Slider>(doc, "slider"), "value", 3),
    one.send("SERVER-INFO-REQ", {}),
    one.send("PULL-DOC-REQ", {}),
  ];
  other.send("SERVER-INFO-REQ", {});
  assertEquals(other.takeTypes(), ["SERVER-INFO-REPLY"]);
  assertEquals(one.take(), []);
  await clock.tick(50);
  const replies = one.take().filter((message) => message.header.reqid !== undefined);
  assertEquals(replies.map((message) => message.header.reqid), ids);
});

Deno.test("Connection closes when too many messages wait", async () => {
  const { session, clock } = await open();
  const client = new InProcessClient(session, { limits: { ...DEFAULT_LIMITS, waitingMessages: 10 } });
  void session.transact({}, () => new Promise<void>((resolve) => void clock.setTimeout(resolve, 50)));
  for (let i = 0; i < 12; i++) client.send("PULL-DOC-REQ", {});
  assertEquals(client.port.closedWith?.[0], 1008);
  await clock.tick(50);
});

Deno.test("Connection answers although a callback that it started never ends", async () => {
  const { one, doc, clock, session } = await open();
  named<Button>(doc, "button").on_click(() => void doc.add_next_tick_callback(() => new Promise<void>(() => {})));
  await clock.tick();
  one.take();
  const model = { id: named<Button>(doc, "button").id };
  const click = { type: "event", name: "button_click", values: { type: "map", entries: [["model", model]] } };
  one.send("PATCH-DOC", { events: [{ kind: "MessageSent", msg_type: "bokeh_event", msg_data: click }] });
  assertEquals(one.takeTypes(), ["OK"]);
  await clock.tick(10);
  assert(session.busy);
  one.send("SERVER-INFO-REQ", {});
  assertEquals(one.takeTypes(), ["SERVER-INFO-REPLY"]);
});

Deno.test("Session replaces the document by a push and notifies the other clients", async () => {
  const { one, other, doc } = await open(2);
  one.send("PUSH-DOC", { doc: { title: "Pushed", roots: [] } });
  assertEquals(one.takeTypes(), ["OK"]);
  assertEquals(doc.roots.length, 0);
  assertEquals(other.takeEvents().map((event) => event.kind), [...Array(4).fill("RootRemoved"), "TitleChanged"]);
});

Deno.test("Session runs periodic callbacks without overlap, and continues after an error", async () => {
  let runs = 0;
  let running = 0;
  const { clock, doc, events, registry } = await open(1, (doc) => {
    doc.add_periodic_callback(async () => {
      assertEquals(++running, 1);
      await new Promise<void>((resolve) => clock.setTimeout(resolve, 70));
      running--;
      if (++runs === 2) throw new Error("Second run");
    }, 50);
  });
  await clock.tick(500);
  assertEquals(runs, 6); // every 70 ms from the first at 50
  assertEquals(events.filter((event) => event.type === "callbackFailed").length, 1);
  assertEquals(doc.session_callbacks.length, 1);
  const drained = registry.drain();
  await clock.tick(500);
  await drained;
  assertEquals(runs, 7); // the running callback ran to its end
  assertEquals(clock.pending, 0);
});

Deno.test("Session runs a timeout callback once, unless it is removed", async () => {
  const { clock, doc, one } = await open();
  doc.add_timeout_callback(() => doc.title = "late", 100);
  const removed = doc.add_timeout_callback(() => doc.title = "never", 50);
  doc.remove_timeout_callback(removed);
  await clock.tick(99);
  assertEquals(one.takeEvents(), []);
  await clock.tick(1);
  assertEquals(one.takeEvents(), [{ kind: "TitleChanged", title: "late" }]);
  assertEquals(doc.session_callbacks, []);
});

Deno.test("Session runs an unlocked callback during a transaction", async () => {
  const { clock, doc, session } = await open();
  const order: string[] = [];
  const locked = session.transact({}, async () => {
    await new Promise<void>((resolve) => clock.setTimeout(resolve, 50));
    order.push("locked");
  });
  doc.add_timeout_callback(without_document_lock(() => order.push("unlocked")), 10);
  doc.add_timeout_callback(() => order.push("after"), 10);
  await clock.tick(60);
  await locked;
  assertEquals(order, ["unlocked", "locked", "after"]);
});

Deno.test("Session runs a callback only after the transaction that scheduled it", async () => {
  const { clock, doc, session } = await open();
  const order: string[] = [];
  const done = session.transact({}, async () => {
    doc.add_next_tick_callback(() => order.push("callback"));
    await new Promise<void>((resolve) => clock.setTimeout(resolve, 50));
    order.push("transaction");
  });
  await clock.tick(60);
  await done;
  assertEquals(order, ["transaction", "callback"]);
});

Deno.test("Session.transact rejects with CallbackError when an async callback failed", async () => {
  const { session, doc, one } = await open();
  named<Slider>(doc, "slider").on_change("value", async () => {
    await Promise.resolve();
    doc.title = "changed";
    throw new Error("Late");
  });
  const error = await assertRejects(
    () => session.transact({}, () => void (named<Slider>(doc, "slider").value = 4)),
    CallbackError,
  );
  assertStringIncludes(String(error.cause), "Late");
  assert(one.takeEvents().some((event) => event.kind === "TitleChanged"));
});

Deno.test("Session events contain no ids", async () => {
  const { registry } = makeRegistry(app);
  const { events, one, doc } = await open();
  one.set(named<Slider>(doc, "slider"), "value", 5);
  await registry.drain();
  assertFalse(JSON.stringify(events).includes('"s"'));
});

Deno.test("Connection reads only the fields that belong to the kind of an event", async () => {
  const div = new Div({ name: "div" });
  const { registry, events } = makeRegistry((doc) => doc.add_root(div));
  const session = await registry.getOrCreate("s");
  const [client, other] = [new InProcessClient(session), new InProcessClient(session)];
  for (const each of [client, other]) each.pull();
  const received: unknown[] = [];
  session.document.on_message("note", (data) => received.push(data));
  const odd: [event: object, reply: MessageType][] = [
    [{ kind: "TitleChanged", title: "new", attr: "text", model: 3 }, "OK"],
    [{ kind: "MessageSent", msg_type: "note", msg_data: 1, attr: "text" }, "OK"],
    [{ kind: "MessageSent", msg_type: "note", attr: 1, model: null }, "OK"],
    [{ kind: "RootAdded", model: { id: div.id }, attr: "text", title: 1 }, "OK"],
    [{ kind: "ModelChanged", model: { id: div.id }, attr: "text", new: "set", title: [], cols: 1, hint: {} }, "OK"],
    [{ kind: "ModelChanged", model: { id: div.id }, attr: "text" }, "ERROR"],
    [{ kind: "ModelChanged", model: div.id, attr: "text", new: "" }, "ERROR"],
    [{ kind: "ModelChanged", model: { id: 1 }, attr: "text", new: "" }, "ERROR"],
    [{ kind: "ModelChanged", model: { id: div.id }, attr: ["text"], new: "" }, "ERROR"],
    [{ kind: "RootRemoved" }, "ERROR"],
    [{ kind: "RootAdded" }, "ERROR"],
    [{ kind: "TitleChanged", title: null }, "ERROR"],
    [{ kind: "ColumnsStreamed", model: { id: div.id }, attr: "data", data: {}, rollover: "1" }, "ERROR"],
    [{ kind: ["TitleChanged"], title: "" }, "ERROR"],
    [{ title: "" }, "ERROR"],
  ];
  for (const [event, reply] of odd) {
    client.send("PATCH-DOC", { events: [event as PatchEvent] });
    assertEquals(client.takeTypes().at(-1), reply, JSON.stringify(event));
  }
  assertEquals([session.document.title, div.text, received], ["new", "set", [1, null]]);
  assertEquals(other.takeEvents().map(({ kind }) => kind), ["TitleChanged", "ModelChanged"]);
  assertEquals(events.filter(({ type }) => type === "callbackFailed" || type === "internalError"), []);
});

Deno.test("Session asks no questions of a client whose connection closes before it received the document", async () => {
  const { registry } = makeRegistry(app, { limits: { ...DEFAULT_LIMITS, undeliveredBytesPerSession: 50 } });
  const session = await registry.getOrCreate("s");
  const lock = Promise.withResolvers<void>();
  const holding = session.transact({}, () => lock.promise);
  const gone = new InProcessClient(session);
  gone.send("PULL-DOC-REQ", {});
  gone.connection.closed(1001, "");
  lock.resolve();
  await holding;
  const slow = new InProcessClient(session);
  slow.port.bufferedAmount = 50;
  slow.send("PULL-DOC-REQ", {});
  await settlePromises();
  assertEquals([gone.connection.isOpen, slow.connection.isOpen], [false, false]);
  let answer: boolean | undefined;
  void session.document.confirm("Continue?").then((given) => answer = given);
  await settlePromises();
  assertEquals(answer, false);
});
