import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { Button, ColumnDataSource, Div, Slider } from "@bokeh/server/models";
import { ButtonClick } from "@bokeh/server/events";
import { type BokehHttpServer, Document, serveBokeh, type ServeBokehOptions } from "../mod.ts";
import { generateSessionId } from "../session/credentials/session_id.ts";
import { generateToken } from "../session/credentials/token.ts";
import { ClientError } from "./client_error.ts";
import type { ClientSession } from "./client_session.ts";
import { tokenOf } from "../handlers/handler_test_support.ts";
import { syncOf } from "../document/document_sync.ts";
import { pullSession, pushSession } from "./connect_session.ts";

const LOCAL: ServeBokehOptions = { port: 0, hostname: "localhost" };

function sliders(doc: Document): void {
  const slider = new Slider({ name: "slider", start: 0, end: 100, value: 1 });
  const twice = new Div({ name: "twice", text: "2" });
  const source = new ColumnDataSource({ name: "source", data: { x: Float64Array.of(1, 2), y: ["a", "b"] } });
  const button = new Button({ name: "button", label: "0" });
  slider.on_change("value", (_attr, _old, value) => {
    if (Number(value) === 13) throw new Error("Cannot take 13: secret reason");
    twice.text = String(2 * Number(value));
  });
  button.on_event(ButtonClick, () => button.label = String(Number(button.label) + 1));
  for (const model of [slider, twice, button]) doc.add_root(model);
  slider.tags = [source];
  doc.title = "Twice";
}

function serve(options: ServeBokehOptions = {}): Promise<BokehHttpServer> {
  return serveBokeh({ "/": sliders }, { ...LOCAL, ...options });
}

function slider(doc: Document): Slider {
  return doc.get_model_by_name<Slider>("slider");
}

function serverDocument(server: BokehHttpServer, session: ClientSession): Document {
  return server.getSession("/", session.id).document;
}

/** Returns the next value that a slider gets. */
function nextValue(model: Slider): Promise<unknown> {
  return new Promise((resolve) => model.on_change("value", (_attr, _old, value) => resolve(value)));
}

Deno.test("pullSession loads the document, and receives changes that callbacks of the server make", async () => {
  await using server = await serve();
  await using session = await pullSession({ url: server.url });
  assertEquals(session.document.title, "Twice");
  slider(session.document).value = 21;
  await session.flushed();
  assertEquals(session.document.get_model_by_name<Div>("twice").text, "42");
});

Deno.test("pullSession opens the session of a page's token for a user who has logged in", async () => {
  const authProvider = { getUser: (request: Request) => request.headers.get("x-user"), getLoginUrl: () => "/login" };
  await using server = await serve({ authProvider, cookieSecret: "a secret" });
  const headers = { "x-user": "ada" };
  const token = tokenOf(await (await fetch(server.url, { headers })).text());
  await using session = await pullSession({ url: server.url, token, headers });
  slider(session.document).value = 3;
  await session.flushed();
  const { document, context } = server.getSession("/", session.id);
  assertEquals([slider(document).value, context.request?.user], [3, "ada"]);
  await assertRejects(() => pullSession({ url: server.url, token, headers: { "x-user": "bob" } }), ClientError);
});

Deno.test("pullSession loads columns with binary data, and sends changes of them", async () => {
  await using server = await serve();
  await using session = await pullSession({ url: server.url });
  const source = session.document.get_model_by_name<ColumnDataSource>("source");
  assertEquals([...source.data.x!], [1, 2]);
  source.stream({ x: [3], y: ["c"] });
  source.patch({ y: [[0, "z"]] });
  await session.flushed();
  const { data } = serverDocument(server, session).get_model_by_name<ColumnDataSource>("source");
  assertEquals([[...data.x!], [...data.y!]], [[1, 2, 3], ["z", "b", "c"]]);
});

Deno.test("ClientSession sends events of models", async () => {
  await using server = await serve();
  await using session = await pullSession({ url: server.url });
  const button = session.document.get_model_by_name<Button>("button");
  syncOf(session.document).sendEvent(new ButtonClick({ model: button }));
  await session.flushed();
  assertEquals(button.label, "1");
});

Deno.test("ClientSession does not send changes of the server back", async () => {
  await using server = await serve();
  await using session = await pullSession({ url: server.url });
  const received = nextValue(slider(session.document));
  await server.updateSessions("/", (doc) => void (slider(doc).value = 50));
  assertEquals(await received, 50);
  let patches = 0;
  serverDocument(server, session).on_change(() => patches++);
  await session.forceRoundtrip();
  assertEquals(patches, 0);
});

Deno.test("two clients of a session receive each other's models", async () => {
  await using server = await serve();
  const sessionId = await generateSessionId();
  await using one = await pullSession({ url: server.url, sessionId });
  await using other = await pullSession({ url: server.url, sessionId });
  const mine = new Div({ name: "new", text: "mine" }), yours = new Div({ name: "newer", text: "yours" });
  one.document.add_root(mine);
  other.document.add_root(yours);
  await one.flushed();
  await other.flushed();
  await one.forceRoundtrip();
  assertEquals(other.document.get_model_by_name<Div>("new").text, "mine");
  assertEquals(one.document.get_model_by_name<Div>("newer").text, "yours");
  assert(mine.id !== yours.id);
});

Deno.test("pushSession sends a document, and keeps both documents equal", async () => {
  await using server = await serve();
  const doc = new Document({ title: "Pushed" });
  const pushed = new Slider({ name: "slider", start: 0, end: 10, value: 3 });
  doc.add_root(pushed);
  await using session = await pushSession(doc, { url: server.url });
  assertEquals(serverDocument(server, session).title, "Pushed");
  pushed.value = 4;
  await session.flushed();
  assertEquals(slider(serverDocument(server, session)).value, 4);
  const received = nextValue(pushed);
  await server.updateSessions("/", (doc) => void (slider(doc).value = 5));
  assertEquals(await received, 5);
});

Deno.test("pushSession runs periodic callbacks of its document in the client", async () => {
  await using server = await serve();
  const doc = new Document();
  const pushed = new Slider({ name: "slider", start: 0, end: 1000, value: 0 });
  doc.add_root(pushed);
  await using session = await pushSession(doc, { url: server.url });
  const callback = doc.add_periodic_callback(() => pushed.value = Number(pushed.value) + 1, 1);
  await nextValue(slider(serverDocument(server, session)));
  doc.remove_periodic_callback(callback);
});

Deno.test("flushed() rejects with the public text of a callback that failed, without its error", async () => {
  await using server = await serve();
  await using session = await pullSession({ url: server.url });
  slider(session.document).value = 13;
  const error = await assertRejects(() => session.flushed(), ClientError, "A callback of the application failed");
  assertEquals(error.code, "rejected");
  assert(!JSON.stringify([error.message, error.stack]).includes("secret reason"));
  await session.flushed();
  assert(session.connected);
});

Deno.test("pull() reverts changes that the server does not have, and keeps the models", async () => {
  await using server = await serve();
  await using session = await pullSession({ url: server.url });
  const model = slider(session.document);
  const far = new Slider({ start: 0, end: 1, value: 0, name: "far" });
  model.tags = [far];
  await session.flushed();
  await server.updateSessions("/", (doc) => {
    slider(doc).js_property_callbacks = {};
    slider(doc).tags = [];
  });
  far.value = 0.5;
  await session.flushed();
  await session.pull();
  assertEquals(slider(session.document), model);
  assertEquals(model.tags, []);
});

Deno.test("close() throws errors that flushed() has not thrown", async () => {
  await using server = await serve();
  const session = await pullSession({ url: server.url });
  slider(session.document).value = 13;
  await assertRejects(() => session.close(), ClientError, "A callback of the application failed");
  await session.closed;
});

Deno.test("onError receives errors instead of close()", async () => {
  await using server = await serve();
  const errors: unknown[] = [];
  await using session = await pullSession({ url: server.url, onError: (error) => errors.push(error) });
  slider(session.document).value = 13;
  await session.close();
  assertEquals(errors.length, 1);
});

Deno.test("requestServerInfo() returns versions", async () => {
  await using server = await serve();
  await using session = await pullSession({ url: server.url });
  assertEquals((await session.requestServerInfo()).bokeh.split(".").length, 3);
});

Deno.test("pullSession sends arguments and headers", async () => {
  let request: unknown;
  await using server = await serveBokeh({
    "/dash": (doc) => {
      const { arguments: args, headers, cookies } = doc.session_context!.request!;
      request = { a: args.a!.map((bytes) => new TextDecoder().decode(bytes)), mine: headers["x-mine"], cookies };
    },
  }, LOCAL);
  await using _session = await pullSession({
    url: server.url,
    app: "/dash",
    arguments: { a: ["1", "x y"] },
    headers: { "X-Mine": "yes", "Cookie": "c=3" },
  });
  assertEquals(JSON.stringify(request), JSON.stringify({ a: ["1", "x y"], mine: "yes", cookies: { c: "3" } }));
});

Deno.test("pullSession rejects with the code refused for an origin that is not allowed", async () => {
  await using server = await serve();
  const refused = () => pullSession({ url: server.url, headers: { Origin: "http://evil.example" } });
  const error = await assertRejects(refused, ClientError, "refused the origin or the token (403)");
  assertEquals([error.code, error.status], ["refused", 403]);
});

Deno.test("pullSession requires the secret key if the server signs session ids", async () => {
  const secretKey = "a key of this test alone, long enough";
  await using server = await serve({ signSessions: true, secretKey });
  assertEquals((await assertRejects(() => pullSession({ url: server.url }), ClientError)).code, "refused");
  await using session = await pullSession({ url: server.url, secretKey });
  assertEquals(session.document.title, "Twice");
  const id = await generateSessionId({ secretKey, signed: true });
  await using byToken = await pullSession({
    url: server.url,
    token: await generateToken(id, { secretKey, signed: true }),
  });
  assertEquals(byToken.id, id);
});

Deno.test("pullSession distinguishes a server that does not respond from a path without an application", async () => {
  const gone = await serve();
  const { url } = gone;
  await gone.stop();
  assertEquals((await assertRejects(() => pullSession({ url }), ClientError)).code, "unreachable");
  await using server = await serve();
  const error = await assertRejects(() => pullSession({ url: server.url, app: "nothing" }), ClientError);
  assertEquals([error.code, error.status], ["refused", 404]);
});

Deno.test("pullSession rejects with the code refused if the application fails", async () => {
  await using server = await serveBokeh({
    "/": () => {
      throw new Error("Cannot fill");
    },
  }, LOCAL);
  const error = await assertRejects(() => pullSession({ url: server.url }), ClientError);
  assertEquals([error.code, error.closeCode], ["refused", 1011]);
});

Deno.test("aborting the signal closes the session", async () => {
  await using server = await serve();
  const controller = new AbortController();
  const session = await pullSession({ url: server.url, signal: controller.signal });
  controller.abort();
  await session.closed;
  assertStringIncludes((await assertRejects(() => session.pull(), ClientError)).message, "closed");
  await session.close();
});

Deno.test("a session reconnects with the same models and the server's values", async () => {
  const first = await serve();
  const { promise: reconnected, resolve } = Promise.withResolvers<void>();
  await using session = await pullSession({
    url: first.url,
    reconnect: { firstMilliseconds: 5, attempts: 400, maxMilliseconds: 5 },
    onReconnect: () => resolve(),
  });
  const { port } = first;
  const model = slider(session.document);
  model.value = 7;
  await session.flushed();
  await first.stop();
  await using second = await serve({ port });
  await Promise.race([reconnected, session.closed]);
  assert(session.connected);
  assertEquals(slider(session.document), model);
  assertEquals(model.value, 1);
  model.value = 9;
  await session.flushed();
  assertEquals(session.document.get_model_by_name<Div>("twice").text, "18");
  assertEquals(slider(serverDocument(second, session)).value, 9);
});

Deno.test("closed rejects when the connection is lost and reconnect is false", async () => {
  const server = await serve();
  const session = await pullSession({ url: server.url, reconnect: false });
  await server.stop();
  const error = await assertRejects(() => session.closed, ClientError);
  assertEquals([error.code, error.closeCode], ["lost", 1001]);
  await session.close();
});

Deno.test("closed rejects after the last attempt to reconnect", async () => {
  const server = await serve();
  const session = await pullSession({ url: server.url, reconnect: { attempts: 2, firstMilliseconds: 1 } });
  await server.stop();
  assertEquals((await assertRejects(() => session.closed, ClientError)).code, "unreachable");
  slider(session.document).value = 5;
  await session.close();
});

Deno.test("a document above maxMessageBytes is rejected with an error that names the option", async () => {
  const fill = (doc: Document) => doc.add_root(new ColumnDataSource({ data: { x: new Float64Array(3_000_000) } }));
  await using server = await serveBokeh({ "/": fill }, { port: 0, hostname: "127.0.0.1" });
  const url = server.url;
  const error = await assertRejects(() => pullSession({ url }), ClientError);
  assertStringIncludes(error.message, "maxMessageBytes");
  await using session = await pullSession({ url, maxMessageBytes: 30 * 1024 * 1024 });
  assertEquals(session.document.roots.length, 1);
});

Deno.test("a document above the limit of Deno's websockets is rejected with Deno's reason", async () => {
  const fill = (doc: Document) => doc.add_root(new ColumnDataSource({ data: { x: new Float64Array(9_000_000) } }));
  await using server = await serveBokeh({ "/": fill }, { port: 0, hostname: "127.0.0.1" });
  const pull = () => pullSession({ url: server.url, maxMessageBytes: 200 * 1024 * 1024, reconnect: false });
  const error = await assertRejects(pull, ClientError);
  assertStringIncludes(error.message, "Frame too large");
});

Deno.test("flushed() in an async callback of the document waits for the server, not for the callback", async () => {
  await using server = await serve();
  await using session = await pullSession({ url: server.url });
  const { document } = session;
  const seen: string[] = [];
  slider(document).on_change("step", async () => {
    slider(document).value = 21;
    await session.flushed();
    seen.push(document.get_model_by_name<Div>("twice").text);
    slider(document).value = 13;
    await assertRejects(() => session.flushed(), ClientError, "A callback of the application failed");
    seen.push("refused");
  });
  slider(document).step = 0.5;
  await session.flushed();
  assertEquals(seen, ["42", "refused"]);
});

Deno.test("close() in an async callback of the document closes the session", async () => {
  await using server = await serve();
  const session = await pullSession({ url: server.url });
  const { document } = session;
  document.add_next_tick_callback(async () => {
    slider(document).value = 21;
    await session.close();
  });
  await session.closed;
  await session.close();
  assert(!session.connected);
  assertEquals(slider(serverDocument(server, session)).value, 21);
});
