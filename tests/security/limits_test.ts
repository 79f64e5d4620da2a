/** Limits: requests beyond a limit are refused and logged; others are served. */

import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import type { Document } from "../../document/document.ts";
import { Div, Slider } from "../../models/mod.ts";
import { serveBokeh } from "../../server/serve.ts";
import type { SessionEvent } from "../../session/observability/observer.ts";
import { eventually } from "../kit/eventually.ts";
import { rawRequest } from "../kit/raw_socket.ts";
import { handshakeText, RawWebSocket } from "../kit/raw_websocket.ts";
import { ServerProcess } from "../kit/server_process.ts";
import { message, unsignedToken } from "../kit/messages.ts";
import { WireClient } from "../kit/wire_client.ts";

function get(port: number, path: string, headers = "Host: localhost\r\n") {
  return rawRequest(port, `GET ${path} HTTP/1.1\r\n${headers}\r\n`);
}

function fill(doc: Document): void {
  doc.add_root(new Div({ text: "" }));
}

async function closeCode(port: number, sessionId: string): Promise<number | undefined> {
  using socket = await RawWebSocket.open(port, { token: unsignedToken(sessionId) });
  return await socket.closeCode();
}

Deno.test("Limit of sessions: others get 503 or 1013 until a session has expired", async () => {
  await using server = await ServerProcess.start({
    args: ["--max-sessions", "2", "--unused-session-lifetime", "200", "--check-unused-sessions", "100"],
  });
  using _first = await server.client("first");
  const second = await server.client("second");
  assertEquals((await get(server.port, "/app"))?.status, 503);
  assertEquals(await closeCode(server.port, "third"), 1013);
  assertStringIncludes(server.log, "Refused a session: Cannot open session: there are 2 already");
  using _again = await server.client("first");
  second.close();
  await eventually(async () => (await get(server.port, "/app"))?.status === 200, "a session has expired", 10);
});

Deno.test("Limit of sessions per address: uses the address from a trusted proxy", async () => {
  await using server = await ServerProcess.start({ args: ["--max-sessions-per-address", "1", "--use-xheaders"] });
  const from = (address: string) => get(server.port, "/app", `Host: localhost\r\nX-Real-Ip: ${address}\r\n`);
  assertEquals((await from("1.1.1.1"))?.status, 200);
  assertEquals((await from("1.1.1.1"))?.status, 503);
  assertEquals((await from("2.2.2.2"))?.status, 200);
  // An IPv6 network counts as one address.
  assertEquals((await from("2001:db8:1:2::1"))?.status, 200);
  assertEquals((await from("2001:db8:1:2:aaaa:bbbb:cccc:dddd"))?.status, 503);
  assertEquals((await from("2001:db8:1:3::1"))?.status, 200);
});

Deno.test("Limit of sessions per address: a forged proxy header does not change the address", async () => {
  const statuses = async (...requests: string[][]) => {
    await using server = await ServerProcess.start({ args: ["--max-sessions-per-address", "1", "--use-xheaders"] });
    const answers: (number | undefined)[] = [];
    for (const headers of requests) {
      answers.push((await get(server.port, "/app", ["Host: localhost", ...headers, ""].join("\r\n")))?.status);
    }
    return answers;
  };
  const real = (address: string) => `X-Real-Ip: ${address}`;
  const forwarded = (addresses: string) => `X-Forwarded-For: ${addresses}`;
  // The proxy sets X-Forwarded-For and passes the client's X-Real-IP on; then vice versa.
  assertEquals(
    await statuses([forwarded("9.9.9.9"), real("1.1.1.1")], [forwarded("9.9.9.9"), real("2.2.2.2")]),
    [200, 503],
  );
  assertEquals(
    await statuses([forwarded("1.1.1.1"), real("9.9.9.9")], [forwarded("2.2.2.2"), real("9.9.9.9")]),
    [200, 503],
  );
  // The last address of a list is set by the proxy. A port does not make another client.
  assertEquals(
    await statuses([forwarded("1.1.1.1, 9.9.9.9")], [forwarded("2.2.2.2, 9.9.9.9:80")], [
      forwarded("9.9.9.9, 3.3.3.3"),
    ]),
    [200, 503, 200],
  );
  assertEquals(await statuses([forwarded("[2001:db8::1]:443")], [real("2001:db8::1")]), [200, 503]);
  assertEquals(
    await statuses([forwarded("1.1.1.1"), real("1.1.1.1")], [forwarded("2.2.2.2"), real("2.2.2.2")]),
    [200, 200],
  );
});

Deno.test("Limit of websockets per session: others are closed with 1013", async () => {
  await using server = await ServerProcess.start({ args: ["--max-sockets-per-session", "2"] });
  using first = await server.client("shared");
  using _second = await server.client("shared");
  assertEquals(await closeCode(server.port, "shared"), 1013);
  assertEquals((await first.pull()).title, "Attacked");
  await server.assertHealthy();
});

Deno.test("Hosts: other hosts than those of the server are refused with 421", async () => {
  await using server = await ServerProcess.start({
    args: ["--allowed-host", "apps.test", "--allowed-host", "localhost"],
  });
  for (const host of ["evil.test", "apps.test.evil.test", "127.0.0.1", "[::1]"]) {
    assertEquals((await get(server.port, "/app", `Host: ${host}\r\n`))?.status, 421, host);
  }
  const rebound = handshakeText(server.port, { host: "evil.test", token: unsignedToken() });
  assertEquals((await rawRequest(server.port, rebound))?.status, 421);
  for (const host of ["apps.test", "APPS.test:8080"]) {
    assertEquals((await get(server.port, "/app", `Host: ${host}\r\n`))?.status, 200, host);
  }
  await server.assertHealthy();
});

Deno.test("Limits of queries, headers and tokens: longer ones are refused", async () => {
  await using server = await serveBokeh({ "/app": () => {} }, {
    port: 0,
    limits: { queryBytes: 1000, headerBytes: 4000, tokenBytes: 300 },
  });
  const token = unsignedToken("a".repeat(300));
  assertEquals((await get(server.port, `/app?${"x".repeat(1000)}`))?.status, 414);
  assertEquals((await get(server.port, "/app", `Host: a\r\nX: ${"x".repeat(4000)}\r\n`))?.status, 431);
  assertEquals((await get(server.port, `/app?bokeh-token=${token}`))?.status, 403);
  assertEquals((await rawRequest(server.port, handshakeText(server.port, { token })))?.status, 403);
  assertEquals((await get(server.port, "/app"))?.status, 200);
});

Deno.test("Limits of models and depth of a patch: exceeding them is answered with ERROR and counted in the metrics", async () => {
  const received: SessionEvent[] = [];
  await using server = await serveBokeh({ "/app": fill }, {
    port: 0,
    limits: { modelsPerPatch: 3, nesting: 9 },
    onEvent: (event) => void received.push(event),
  });
  using client = await WireClient.connect(server.port, "a");
  const [root] = (await client.pull()).roots;
  const tags = (value: unknown) => ({ kind: "ModelChanged", model: { id: root.id }, attr: "tags", new: value });
  const models = (count: number) =>
    Array.from({ length: count }, (_, i) => ({ type: "object", name: "Selection", id: `${count}-${i}` }));
  assertEquals(await client.patch(tags(models(3))), "OK");
  assertEquals(await client.patch(tags(models(4))), "ERROR");
  assertEquals(await client.patch(tags([[[[[[[[[[[[1]]]]]]]]]]]])), "ERROR");
  assertEquals(received.filter(({ type }) => type === "patchRefused").length, 2);
});

Deno.test("Limit of session creation time: the websocket is closed with 1013", async () => {
  const begin = Promise.withResolvers<void>();
  await using server = await serveBokeh({ "/app": () => begin.promise }, {
    port: 0,
    limits: { openingMilliseconds: 100 },
  });
  assertEquals(await closeCode(server.port, "slow"), 1013);
  begin.resolve();
  using client = await WireClient.connect(server.port, "slow");
  assert(await client.pull());
});

Deno.test("Limit of retained memory: new sessions get 503 or 1013 while it is exhausted", async () => {
  const limits = { retainedBytes: 3_000_000 };
  await using server = await serveBokeh({ "/app": fill }, { port: 0, limits, metrics: true });
  const metric = async (line: RegExp) =>
    Number(line.exec(await (await fetch(`http://127.0.0.1:${server.port}/metrics`)).text())?.[1]);
  const greedy = await WireClient.connect(server.port, "greedy");
  using modest = await WireClient.connect(server.port, "modest");
  const title = (length: number) => ({ kind: "TitleChanged", title: "x".repeat(length) });
  assertEquals(await greedy.patch(title(1_400_000)), "OK");
  assert(await metric(/^bokeh_retained_bytes\{.*\} (\d+)/m) > 2_800_000);
  assertEquals(await modest.patch(title(500_000)), "OK");

  assertEquals((await get(server.port, "/app"))?.status, 503);
  assertEquals(await closeCode(server.port, "new"), 1013);
  assertEquals(await modest.patch(title(1_000_000)), "ERROR");
  assertEquals(await modest.patch(title(1000)), "OK");

  assertEquals(await greedy.patch(title(10)), "OK");
  using later = await WireClient.connect(server.port, "later");
  assertEquals(await later.patch(title(1_000_000)), "OK");
  greedy.close();
});

Deno.test("Limit of work: a session whose clients exceed it repeatedly is destroyed, and no other", async () => {
  const limits = { savedSteps: 2_000_000, stepsPerSecond: 1 };
  const refused: string[] = [];
  const onEvent = (event: SessionEvent) => void (event.type === "workRefused" && refused.push(event.limit));
  await using server = await serveBokeh({ "/app": fill }, { port: 0, limits, onEvent });
  using attacker = await WireClient.connect(server.port, "attacker");
  using companion = await WireClient.connect(server.port, "attacker");
  using bystander = await WireClient.connect(server.port, "bystander");
  const plots = Array.from({ length: 200 }, () => ({ type: "object", name: "Plot" }));
  const bomb = { kind: "RootAdded", model: { type: "object", name: "Div", attributes: { tags: plots } } };
  let answers = 0;
  while (await attacker.patch(bomb) !== undefined) answers++;
  assert(answers > 2, `${answers} answers`);
  assertEquals(await companion.socket.closeCode(), 1008);
  assertEquals(refused, ["steps"]);
  assertEquals(await bystander.patch({ kind: "TitleChanged", title: "x" }), "OK");
});

/** Waits for the close code of a websocket. Rejects if the server does not close it. */
async function closed(socket: RawWebSocket): Promise<number> {
  const code = await socket.closeCode();
  if (code === undefined) throw new Error("The test has closed the websocket");
  return code;
}

/** Returns the frames of a message without its last buffer. */
function* incompleteMessage(mebibytes: number): Generator<string | Uint8Array> {
  yield* [JSON.stringify({ msgid: "m", msgtype: "PATCH-DOC", num_buffers: mebibytes + 1 }), "{}", '{"events":[]}'];
  for (let count = 0; count < mebibytes; count++) {
    yield JSON.stringify({ id: `b${count}` });
    yield new Uint8Array(1024 * 1024);
  }
}

Deno.test("Limit of waiting bytes: applies to all clients together; a client that exceeds it is disconnected", async () => {
  const opening = Promise.withResolvers<void>();
  const slow = async (doc: Document) => {
    await opening.promise;
    fill(doc);
  };
  const limits = { retainedBytes: 32 * 1024 * 1024 };
  await using server = await serveBokeh({ "/app": fill, "/slow": slow }, { port: 0, limits });
  for (const path of ["/app/ws", "/slow/ws"]) {
    using bystander = await WireClient.connect(server.port, "bystander");
    const sockets: RawWebSocket[] = [];
    for (let count = 0; count < 4; count++) {
      const socket = await RawWebSocket.open(server.port, { path, token: unsignedToken(`${path} ${count}`) });
      sockets.push(socket);
      await socket.sendAll([...incompleteMessage(10)]);
    }
    assertEquals(await Promise.any(sockets.map((socket) => closed(socket))), 1008, path);
    assertEquals(await bystander.patch({ kind: "TitleChanged", title: "mine" }), "OK");
    for (const socket of sockets) socket.close();
    // Their memory is free again.
    await eventually(async () => (await get(server.port, "/app"))?.status === 200, "memory is free", 10);
  }
  opening.resolve();
});

Deno.test("Limit of unsent bytes: applies to all clients together; clients that do not read are disconnected", async () => {
  const limit = 16 * 2 ** 20;
  const limits = { undeliveredBytesPerSession: limit, stallMilliseconds: 600_000 };
  let closed = 0;
  const onEvent = (event: SessionEvent) => void (event.type === "slowConsumer" && event.closed && closed++);
  await using server = await serveBokeh({ "/app": fill }, { port: 0, limits, metrics: true, onEvent });
  const stuck = await Promise.all(Array.from({ length: 8 }, () => WireClient.connect(server.port, "shared")));
  using reader = await WireClient.connect(server.port, "shared");
  for (let i = 0; closed === 0 && i < 50; i++) {
    assertEquals(await reader.patch({ kind: "TitleChanged", title: `${i} `.repeat(700_000) }), "OK");
    const metrics = await (await fetch(`http://127.0.0.1:${server.port}/metrics`)).text();
    const bytes = Number(/^bokeh_outbox_bytes\{.*\} (\d+)/m.exec(metrics)?.[1]);
    assert(bytes <= limit, `${bytes} bytes are on their way`);
  }
  assert(closed > 0 && closed < stuck.length, `${closed} clients were closed`);
  assertEquals(await reader.patch({ kind: "TitleChanged", title: "short" }), "OK");
  stuck.forEach((client) => client.close());
});

Deno.test("Limit of unsent bytes: large documents that several clients pull during a callback are not sent at once", async () => {
  const gate = Promise.withResolvers<void>();
  let sliderId = "";
  const application = (doc: Document) => {
    const slider = new Slider({ name: "slider", start: 0, end: 10, value: 1 });
    slider.on_change("value", () => gate.promise);
    sliderId = slider.id;
    doc.add_root(slider);
    // more than the socket buffers of the system hold
    doc.add_root(new Div({ text: "x".repeat(20_000_000) }));
  };
  await using server = await serveBokeh({ "/app": application }, { port: 0, metrics: true });
  const pullsReceived = async () => {
    const metrics = await (await fetch(`${server.url}metrics`)).text();
    return Number(/^bokeh_messages_received\w*\{.*PULL-DOC-REQ.*\} (\d+)$/m.exec(metrics)?.[1]);
  };
  using actor = await WireClient.connect(server.port, "shared");
  const change = { kind: "ModelChanged", model: { id: sliderId }, attr: "value", new: 2 };
  const changed = actor.patch(change);
  const clients = await Promise.all(Array.from({ length: 8 }, () => WireClient.connect(server.port, "shared")));
  for (const client of clients) await client.send(...message("PULL-DOC-REQ"));
  await eventually(async () => await pullsReceived() === 8);
  gate.resolve();
  assertEquals(await changed, "OK");
  let arrived = 0;
  // Only the header of the reply is read; the rest stays in the buffers.
  const headers = clients.map(async (client) => {
    assertEquals((await client.next())?.type, "PATCH-DOC");
    if (await client.socket.next() !== undefined) arrived++;
  });
  await eventually(() => arrived > 0);
  for (let count = 0; count < 5; count++) {
    using bystander = await WireClient.connect(server.port, `bystander-${count}`);
    await bystander.ask("SERVER-INFO-REQ");
  }
  assert(arrived >= 1 && arrived <= 3, `${arrived} documents are on their way`);
  await Promise.all(clients.map(async (client, i) => {
    await headers[i];
    for (let frame = 1; frame < 3; frame++) assert(await client.socket.next() !== undefined);
    client.close();
  }));
});
