/** Patch policies of applications, and read-only tokens. */

import { assert, assertEquals } from "@std/assert";
import { Application } from "../../application/application.ts";
import type { Document } from "../../document/document.ts";
import { type PatchPolicy, widgetsAndTools } from "../../document/patches/patch_policy.ts";
import { ColumnDataSource, DataTable, Div, Slider } from "../../models/mod.ts";
import type { AuthProvider } from "../../server/auth.ts";
import { serveBokeh } from "../../server/serve.ts";
import { generateSessionId } from "../../session/credentials/session_id.ts";
import { generateToken } from "../../session/credentials/token.ts";
import { eventually } from "../kit/eventually.ts";
import { rawRequest } from "../kit/raw_socket.ts";
import { idOf, type Json, message } from "../kit/messages.ts";
import { WireClient } from "../kit/wire_client.ts";

function fill(doc: Document): void {
  const source = new ColumnDataSource({ name: "source", data: { x: [1, 2] } });
  const edited = new ColumnDataSource({ name: "edited", data: { x: [1, 2] } });
  doc.add_root(new Slider({ name: "slider", start: 0, end: 10, value: 1 }));
  doc.add_root(new Div({ name: "out", text: "mine", tags: [source] }));
  doc.add_root(new DataTable({ name: "table", source: edited, editable: true }));
}

function serve(acceptPatch: PatchPolicy) {
  return serveBokeh({ "/app": new Application(fill, { acceptPatch }) }, { port: 0 });
}

const SIGNING = { secretKey: "k".repeat(32), signed: true };

function serveSigned() {
  return serveBokeh({ "/app": fill }, { port: 0, secretKey: SIGNING.secretKey, signSessions: true });
}

/** Returns a function without its type, as a JavaScript module can export it. */
function untyped<T>(fn: () => unknown): T {
  return fn as T;
}

/** Sends a patch. Returns its reply and the events with which the server corrects the client. */
async function tryPatch(
  client: WireClient,
  event: unknown,
): Promise<{ answer: string | undefined; corrections: Json[] }> {
  const frames = message("PATCH-DOC", { events: [event] });
  await client.send(...frames, ...message("SERVER-INFO-REQ"));
  let answer: string | undefined;
  const corrections: Json[] = [];
  for (let reply = await client.next(); reply?.type !== "SERVER-INFO-REPLY"; reply = await client.next()) {
    if (reply?.type === "PATCH-DOC") corrections.push(...reply.content.events);
    else answer = reply?.type;
  }
  return { answer, corrections };
}

Deno.test("policies and auth providers: results other than true and false refuse", async () => {
  for (const answer of [() => undefined, () => Promise.resolve(false), () => null, () => 1]) {
    await using server = await serve(untyped<PatchPolicy>(answer));
    using client = await WireClient.connect(server.port, "a");
    const { answer: reply } = await tryPatch(client, { kind: "TitleChanged", title: "changed" });
    assertEquals([reply, (await client.pull()).title], ["ERROR", "Bokeh Application"]);
    const authorize = untyped<NonNullable<AuthProvider["authorize"]>>(answer);
    const authProvider: AuthProvider = { getUser: () => "ada", loginUrl: "/login", authorize };
    await using guarded = await serveBokeh({ "/app": fill }, { port: 0, authProvider });
    const request = `GET /app HTTP/1.1\r\nHost: localhost:${guarded.port}\r\n\r\n`;
    assertEquals((await rawRequest(guarded.port, request))?.status, 403);
  }
});

Deno.test("widgetsAndTools: allows changes of widgets and reverts changes of other models", async () => {
  await using server = await serve(widgetsAndTools);
  using client = await WireClient.connect(server.port, "a");
  const doc = await client.pull();
  const [slider, out, source, edited, table] = ["slider", "out", "source", "edited", "table"].map((name) => ({
    id: idOf(doc, name),
  }));
  const allowed = [
    { kind: "ModelChanged", model: slider, attr: "value", new: 3 },
    { kind: "ColumnsPatched", model: edited, attr: "data", patches: { x: [[0, 9]] } },
    {
      kind: "MessageSent",
      msg_type: "bokeh_event",
      msg_data: { type: "event", name: "document_ready", values: { type: "map", entries: [] } },
    },
  ];
  for (const event of allowed) assertEquals((await tryPatch(client, event)).answer, "OK", JSON.stringify(event));

  const refused: [unknown, Json[]][] = [
    [{ kind: "ModelChanged", model: out, attr: "text", new: "<b>" }, [{
      kind: "ModelChanged",
      model: out,
      attr: "text",
      new: "mine",
    }]],
    [{ kind: "ModelChanged", model: slider, attr: "end", new: 99 }, [{
      kind: "ModelChanged",
      model: slider,
      attr: "end",
      new: 10,
    }]],
    [{ kind: "TitleChanged", title: "x" }, [{ kind: "TitleChanged", title: "Bokeh Application" }]],
    [{ kind: "RootAdded", model: { type: "object", name: "Div", id: "new" } }, [{
      kind: "RootRemoved",
      model: { id: "new" },
    }]],
    [{ kind: "MessageSent", msg_type: "mine", msg_data: 1 }, []],
  ];
  for (const [event, correction] of refused) {
    const { answer, corrections } = await tryPatch(client, event);
    assertEquals(answer, "ERROR", JSON.stringify(event));
    assertEquals(corrections, correction);
  }
  const streamed = { kind: "ColumnsStreamed", model: source, attr: "data", data: { x: [3] }, rollover: null };
  const { answer, corrections } = await tryPatch(client, streamed);
  assertEquals([answer, corrections[0].kind, corrections[0].data.entries], ["ERROR", "ColumnDataChanged", [["x", [
    1,
    2,
  ]]]]);
  const removed = await tryPatch(client, { kind: "RootRemoved", model: table });
  assertEquals([removed.answer, removed.corrections[0].kind, removed.corrections[0].model.name], [
    "ERROR",
    "RootAdded",
    "DataTable",
  ]);
  assertEquals((await client.ask("PUSH-DOC", { doc: { title: "x", roots: [] } }))?.type, "ERROR");
});

Deno.test("widgetsAndTools: refuses new models in any event of a patch", async () => {
  await using server = await serve(widgetsAndTools);
  using attacker = await WireClient.connect(server.port, "a");
  using target = await WireClient.connect(server.port, "a");
  const doc = await target.pull();
  const [slider, edited, table] = ["slider", "edited", "table"].map((name) => ({ id: idOf(doc, name) }));
  const script = { type: "object", name: "Div", id: "evil", attributes: { text: "<img src=x onerror=alert(1)>" } };
  const happened = (values: unknown, rest: object = {}) => ({
    kind: "MessageSent",
    msg_type: "bokeh_event",
    msg_data: { type: "event", name: "document_ready", values, ...rest },
  });
  const data = { model: edited, attr: "data" };
  const definitions: [string, unknown][] = [
    ["a value of an event", happened({ type: "map", entries: [["model", script]] })],
    ["an event's values as an object", happened({ model: script })],
    ["the values of an event", happened(script)],
    ["a field that events do not have", happened({ type: "map", entries: [] }, { more: [script] })],
    ["a set", happened({ type: "map", entries: [["x", { type: "set", entries: [script] }]] })],
    [
      "an array",
      happened({
        type: "map",
        entries: [["x", { type: "ndarray", array: [script], shape: [1], dtype: "object", order: "little" }]],
      }),
    ],
    ["a key of a map", happened({ type: "map", entries: [[script, 1]] })],
    [
      "a model inside of a known one",
      happened({ x: { type: "object", name: "Slider", id: "new", attributes: { tags: [script] } } }),
    ],
    ["a model without an id", happened({ x: { type: "object", name: "Div" } })],
    ["streamed rows", { kind: "ColumnsStreamed", ...data, data: { x: [script] }, rollover: null }],
    ["patched rows", { kind: "ColumnsPatched", ...data, patches: { x: [[0, script]] } }],
    ["replaced columns", { kind: "ColumnDataChanged", ...data, data: { x: [script] }, cols: null }],
    ["a column that is not named", { kind: "ColumnDataChanged", ...data, data: { x: [1], y: [script] }, cols: ["x"] }],
    ["the value of a widget", { kind: "ModelChanged", model: slider, attr: "value", new: script }],
    ["an attribute that does not exist", { kind: "ModelChanged", model: edited, attr: "nope", new: script }],
    ["the model of an event", { kind: "ColumnsPatched", model: script, attr: "data", patches: {} }],
    ["a field that no event has", { kind: "ModelChanged", model: slider, attr: "value", new: 2, more: script }],
  ];
  const uses = [
    { kind: "ColumnsPatched", ...data, patches: { x: [[0, { id: "evil" }]] } },
    { kind: "ColumnsStreamed", ...data, data: { x: [{ id: "evil" }] }, rollover: null },
  ];
  for (const [name, definition] of definitions) {
    for (const use of uses) {
      assertEquals(await attacker.patch(definition, use), "ERROR", name);
      assert(!JSON.stringify(await target.pull()).includes("evil"), name);
    }
  }
  const known = { type: "object", name: "DataTable", id: table!.id, attributes: { tags: [script] } };
  assertEquals(await attacker.patch(happened({ type: "map", entries: [["model", known]] })), "OK");
  assert(!JSON.stringify(await target.pull()).includes("evil"));
});

Deno.test("acceptPatch: a patch that waited for the lock is checked against the current document", async () => {
  const started = Promise.withResolvers<void>();
  const gate = Promise.withResolvers<void>();
  const removesDiv = (doc: Document) => {
    fill(doc);
    const leaving = new Div({ name: "leaving" });
    doc.add_root(leaving);
    doc.get_model_by_name("slider")!.on_change("value", async () => {
      started.resolve();
      await gate.promise;
      doc.remove_root(leaving);
    });
  };
  const application = new Application(removesDiv, { acceptPatch: widgetsAndTools });
  await using server = await serveBokeh({ "/app": application }, { port: 0, metrics: true });
  using slow = await WireClient.connect(server.port, "a");
  using attacker = await WireClient.connect(server.port, "a");
  const doc = await attacker.pull();
  const [slider, edited, leaving] = ["slider", "edited", "leaving"].map((name) => ({ id: idOf(doc, name) }));
  const script = { type: "object", name: "Div", id: leaving!.id, attributes: { text: "<img src=x onerror=alert(1)>" } };
  const happened = {
    kind: "MessageSent",
    msg_type: "bokeh_event",
    msg_data: { type: "event", name: "document_ready", values: { type: "map", entries: [["model", script]] } },
  };
  const use = { kind: "ColumnsPatched", model: edited, attr: "data", patches: { x: [[0, { id: leaving!.id }]] } };
  await slow.send(
    ...message("PATCH-DOC", { events: [{ kind: "ModelChanged", model: slider, attr: "value", new: 2 }] }),
  );
  await started.promise;
  const answer = attacker.patch(happened, use);
  await eventually(async () => {
    const metrics = await (await fetch(`${server.url}metrics`)).text();
    return /^bokeh_messages_received\w*\{.*PATCH-DOC.*\} 2$/m.test(metrics);
  });
  gate.resolve();
  assertEquals(await answer, "ERROR");
  assert(!JSON.stringify(await attacker.pull()).includes("onerror"));
});

Deno.test("acceptPatch: each current value is sent once after a refused patch", async () => {
  await using server = await serve(widgetsAndTools);
  using client = await WireClient.connect(server.port, "a");
  const doc = await client.pull();
  const [source, out] = [{ id: idOf(doc, "source") }, { id: idOf(doc, "out") }];
  const stream = { kind: "ColumnsStreamed", model: source, attr: "data", data: { x: [3] }, rollover: null };
  const change = { kind: "ModelChanged", model: out, attr: "text", new: "x" };
  const events = Array.from({ length: 50 }, () => [stream, change, { kind: "TitleChanged", title: "x" }]).flat();
  await client.send(...message("PATCH-DOC", { events }), ...message("SERVER-INFO-REQ"));
  const replies = [await client.next(), await client.next(), await client.next()];
  const correction = replies.find((reply) => reply?.type === "PATCH-DOC");
  assertEquals(correction?.content.events.map(({ kind }: Json) => kind), [
    "ColumnDataChanged",
    "ModelChanged",
    "TitleChanged",
  ]);
});

Deno.test("acceptPatch: is called for each event; one refusal refuses the whole patch", async () => {
  const asked: string[] = [];
  await using server = await serve((change, { document }) => {
    asked.push(change.kind);
    return change.kind === "TitleChanged" && document.title !== "locked";
  });
  using client = await WireClient.connect(server.port, "a");
  const title = (title: string) => ({ kind: "TitleChanged", title });
  assertEquals(await client.patch(title("one")), "OK");
  const out = { id: idOf(await client.pull(), "out") };
  assertEquals(await client.patch(title("two"), { kind: "ModelChanged", model: out, attr: "text", new: "x" }), "ERROR");
  assertEquals((await client.pull()).title, "one");
  assertEquals(await client.patch(title("locked")), "OK");
  assertEquals(await client.patch(title("three")), "ERROR");
  assertEquals(asked, ["TitleChanged", "TitleChanged", "ModelChanged", "TitleChanged", "TitleChanged"]);
});

Deno.test("read-only tokens: clients receive all changes and cannot make any", async () => {
  await using server = await serveSigned();
  const id = await generateSessionId(SIGNING);
  const watching = await server.readOnlyToken(id);
  using actor = await WireClient.connect(server.port, "", { token: await generateToken(id, SIGNING) });
  using watcher = await WireClient.connect(server.port, "", { token: watching });
  await watcher.pull();
  assertEquals(await actor.patch({ kind: "TitleChanged", title: "seen" }), "OK");
  assertEquals((await watcher.next())?.content.events, [{ kind: "TitleChanged", title: "seen" }]);
  const { answer, corrections } = await tryPatch(watcher, { kind: "TitleChanged", title: "mine" });
  assertEquals([answer, corrections], ["ERROR", [{ kind: "TitleChanged", title: "seen" }]]);
  assertEquals((await watcher.ask("PUSH-DOC", { doc: { title: "x", roots: [] } }))?.type, "ERROR");
  assertEquals((await actor.pull()).title, "seen");

  const noise = { kind: "ModelChanged", model: { id: idOf(await actor.pull(), "out") }, attr: "inner_width", new: 3 };
  assertEquals(await watcher.patch(noise), "OK");
});

Deno.test("read-only tokens: their pages are read-only", async () => {
  await using server = await serveSigned();
  const id = await generateSessionId(SIGNING);
  using _actor = await WireClient.connect(server.port, "", { token: await generateToken(id, SIGNING) });
  const watching = await server.readOnlyToken(id);
  const body = JSON.parse(atob(watching.split(".")[0]!.replaceAll("-", "+").replaceAll("_", "/")));
  assert(!JSON.stringify(body).includes(id.split(".")[1]!));
  const get = (query: string) => rawRequest(server.port, `GET /app?${query} HTTP/1.1\r\nHost: localhost\r\n\r\n`);
  assertEquals((await get(`bokeh-session-id=${body.session_id}`))?.status, 403);
  const page = await get(`bokeh-token=${watching}`);
  assertEquals(page?.status, 200);
  assert(page!.body.includes(watching));
});

Deno.test("read-only tokens: a client that requests too much work is disconnected, and the session continues", async () => {
  const limits = { savedSteps: 50_000, stepsPerSecond: 1 };
  const long = (doc: Document) => doc.add_root(new Div({ name: "long", text: "x".repeat(1_000_000) }));
  await using server = await serveBokeh({ "/app": long }, {
    port: 0,
    secretKey: SIGNING.secretKey,
    signSessions: true,
    limits,
  });
  const id = await generateSessionId(SIGNING);
  using actor = await WireClient.connect(server.port, "", { token: await generateToken(id, SIGNING) });
  const model = { id: idOf(await actor.pull(), "long") };
  const watching = await server.readOnlyToken(id);
  for (let count = 0; count < 3; count++) {
    using watcher = await WireClient.connect(server.port, "", { token: watching });
    const change = { kind: "ModelChanged", model, attr: "text", new: "mine" };
    // In one write: a frame that arrives after the close makes the system drop the close frame.
    await watcher.send(...Array.from({ length: 8 }, () => message("PATCH-DOC", { events: [change] })).flat());
    assertEquals(await watcher.socket.closeCode(), 1008);
  }
  assertEquals(await actor.patch({ kind: "TitleChanged", title: "still here" }), "OK");
  assertEquals((await actor.pull()).title, "still here");
});
