/**
 * Servers that share a session store: clients that reach another server than the owner of their
 * session, and owners that are killed, suspended, or cannot be reached.
 */

import { assert, assertEquals } from "@std/assert";
import { delay } from "@std/async/delay";
import { eventually } from "../kit/eventually.ts";
import { idOf, type Json, message, textOf } from "../kit/messages.ts";
import { OPCODE } from "../kit/raw_websocket.ts";
import type { RedisServer } from "../kit/redis_server.ts";
import type { ServerProcess } from "../kit/server_process.ts";
import { SeverableLink } from "../kit/severable_link.ts";
import { SharedServers } from "../kit/shared_servers.ts";
import { WireClient } from "../kit/wire_client.ts";

/** Time for which an owner is suspended. */
const SUSPENDED_MILLISECONDS = 5000;

for (const kind of ["sqlite", "redis", "valkey"] as const) {
  Deno.test(`${kind}: a client that reaches another server is relayed to the owner`, async () => {
    await using shared = await SharedServers.start(kind, "dashboard", 2);
    const [first, second] = shared.servers as [ServerProcess, ServerProcess];
    const token = await shared.token();
    using own = await shared.connect(first, token);
    using relayed = await shared.connect(second, token);
    const slider = idOf(await own.pull(), "slider");
    await relayed.pull();
    assertEquals(await relayed.patch(valueOf(slider, 7)), "OK");
    assertEquals((await own.next())?.type, "PATCH-DOC");
    assertEquals(answerOf(await own.pull()), "frequency 7, change 1");
    assertEquals(await own.patch(valueOf(slider, 8)), "OK");
    assertEquals(answerOf(await relayed.pull()), "frequency 8, change 2");
  });

  Deno.test(`${kind}: files are found through each server, also after the owner was killed`, async () => {
    await using shared = await SharedServers.start(kind, "shared_files", 2);
    const [first, second] = shared.servers as [ServerProcess, ServerProcess];
    const token = await shared.token();
    const own = await shared.connect(first, token);
    const doc = await own.pull();
    const [upload, download] = [textOf(doc, "upload"), textOf(doc, "download")];
    assertEquals(await send(second, upload, 1234), 200);
    assertEquals(await receive(second, download), "1234 bytes");
    assertEquals(await receive(first, download), "1234 bytes");
    await own.patch({ kind: "MessageSent", msg_type: "bokeh_event", msg_data: clickOn(idOf(doc, "offer")) });
    const late = textOf(await own.pull(), "late");
    assertEquals(await receive(second, late), "late");
    await first.kill();
    own.close();
    using again = await reconnect(shared, second, token);
    assertEquals(textOf(await again.pull(), "upload"), upload);
    assertEquals(await receive(second, download), "1234 bytes");
    assertEquals(await send(second, upload, 5), 200);
    assertEquals(await receive(second, late), undefined); // its function has ended with the process
    const third = await shared.add();
    assertEquals(await send(third, upload, 77), 200);
    assertEquals(await receive(third, download), "77 bytes");
  });
}

for (const kind of ["sqlite", "redis"] as const) {
  Deno.test(`${kind}: the clients of a killed owner see one history, and callbacks run once`, async () => {
    await using shared = await SharedServers.start(kind, "dashboard", 4);
    const token = await shared.token();
    const watchers: WireClient[] = [];
    for (const server of shared.servers) watchers.push(await shared.connect(server, token));
    const slider = idOf(await watchers[0]!.pull(), "slider");
    let changes = 0;
    for (const watcher of watchers) {
      await watcher.pull();
      assertEquals(await watcher.patch(valueOf(slider, 100 + ++changes)), "OK");
    }
    const [owner, ...others] = shared.servers as [ServerProcess, ...ServerProcess[]];
    await owner.kill();
    for (const watcher of watchers) watcher.close();
    // All come back at once, and one of the servers takes the session.
    const back = await Promise.all([...others, others[0]!].map((server) => reconnect(shared, server, token)));
    const docs = await Promise.all(back.map((watcher) => watcher.pull()));
    assertEquals(new Set(docs.map(answerOf)), new Set([`frequency ${100 + changes}, change ${changes}`]));
    for (const watcher of back) assertEquals(await watcher.patch(valueOf(slider, 100 + ++changes)), "OK");
    const last = await Promise.all(back.map((watcher) => watcher.pull()));
    assertEquals(new Set(last.map(answerOf)), new Set([`frequency ${100 + changes}, change ${changes}`]));
    for (const watcher of back) watcher.close();
  });

  Deno.test(`${kind}: an owner that was suspended answers nothing, and closes its websockets with 1012`, async () => {
    await using shared = await SharedServers.start(kind, "dashboard", 2);
    const [first, second] = shared.servers as [ServerProcess, ServerProcess];
    const token = await shared.token();
    using old = await shared.connect(first, token);
    const slider = idOf(await old.pull(), "slider");
    for (let value = 11; value <= 15; value++) assertEquals(await old.patch(valueOf(slider, value)), "OK");
    first.signal("SIGSTOP");
    const awake = delay(SUSPENDED_MILLISECONDS); // the duration of the fault
    await old.send(...message("PATCH-DOC", { events: [valueOf(slider, 1000)] }));
    using taken = await reconnect(shared, second, token);
    assertEquals(answerOf(await taken.pull()), "frequency 15, change 5");
    assertEquals(await taken.patch(valueOf(slider, 16)), "OK");
    await awake;
    first.signal("SIGCONT");
    // The change that it received while it was suspended is not confirmed.
    const [texts, closeCode] = await remaining(old);
    assert(!texts.some((text) => text.includes('"OK"')), "two processes have answered OK");
    assertEquals(closeCode, 1012);
    assertEquals(await taken.patch(valueOf(slider, 17)), "OK");
    assertEquals(answerOf(await taken.pull()), "frequency 17, change 7");
    using back = await shared.connect(first, token); // relayed to the second server
    assertEquals(answerOf(await back.pull()), "frequency 17, change 7");
    assert(!second.log.includes("Socket timeout"), "its unused connection for notices was replaced");
  });
}

Deno.test("redis: an owner that was cut off from the engine closes the websockets of sessions that others have taken", async () => {
  await using shared = await SharedServers.start("redis", "dashboard", 1);
  const [second] = shared.servers as [ServerProcess];
  using link = new SeverableLink(shared.engine!.port);
  const first = await shared.add("--session-store", `redis://127.0.0.1:${link.port}`);
  const [token, other] = [await shared.token(), await shared.token()];
  using viewer = await shared.connect(first, token);
  using kept = await shared.connect(first, other);
  const slider = idOf(await viewer.pull(), "slider");
  await kept.pull();
  for (const value of [3, 4]) assertEquals(await viewer.patch(valueOf(slider, value)), "OK");
  link.sever();
  const leases = async () => await shared.engine!.command("KEYS bk:n:*");
  await eventually(async () => await leases() === "*1", "the lease of the first server expires");
  using taken = await reconnect(shared, second, token);
  await taken.pull();
  assertEquals(await taken.patch(valueOf(slider, 7)), "OK");
  link.restore();
  // Nothing is written in the first server: it must ask the store.
  const [, closeCode] = await remaining(viewer);
  assertEquals(closeCode, 1012);
  using back = await reconnect(shared, first, token);
  assertEquals(answerOf(await back.pull()), "frequency 7, change 3");
  assertEquals(await back.patch(valueOf(slider, 8)), "OK");
  assertEquals(await storedValues(shared.engine!), [3, 4, 7, 8]);
  assertEquals(await kept.patch(valueOf(slider, 9)), "OK"); // a session without a later owner stays
});

Deno.test("redis: an owner that others cannot reach keeps its session while it has clients, and then gives it back", async () => {
  await using shared = await SharedServers.start("redis", "dashboard", 1);
  const [second] = shared.servers as [ServerProcess];
  // An address of another network: packets are not answered.
  const first = await shared.add("--peer-address", "10.255.255.1:5999");
  assert(first.log.includes("does not reach itself"), first.log);
  const token = await shared.token();
  const own = await shared.connect(first, token);
  const slider = idOf(await own.pull(), "slider");
  assertEquals(await own.patch(valueOf(slider, 7)), "OK");
  assertEquals(await refusalOf(second, token), 1013);
  assertEquals(await own.patch(valueOf(slider, 8)), "OK"); // the session has stayed with its owner
  own.close();
  using taken = await reconnect(shared, second, token);
  assertEquals(answerOf(await taken.pull()), "frequency 8, change 2");
});

Deno.test("redis: the port for other servers refuses requests that are not signed, or are repeated", async () => {
  await using shared = await SharedServers.start("redis", "dashboard", 0);
  const { port } = new URL(`http://${await peerAddressOf(shared)}`);
  for (const path of ["/dashboard", "/.bokeh/sessions/x", "/.bokeh/ended-logins", "/metrics"]) {
    for (const headers of [{}, { "bokeh-relay": "e30" }, { "bokeh-relay": `e30.${"A".repeat(43)}` }]) {
      const response = await fetch(`http://127.0.0.1:${port}${path}`, { headers });
      await response.body?.cancel();
      assertEquals(response.status, 403, path);
    }
  }
});

async function peerAddressOf(shared: SharedServers): Promise<string> {
  const server = await shared.add();
  const [address] = /127\.0\.0\.1:\d+/.exec(await Deno.readTextFile(`/proc/${server.pid}/cmdline`))!;
  return address;
}

/** Returns the values of the slider in the entries of the only journal of an engine, in their order. */
async function storedValues(engine: RedisServer): Promise<number[]> {
  const key = /bk:s:\S+:j/.exec(await engine.answer("KEYS bk:s:*:j"))![0];
  const count = Number((await engine.command(`LLEN ${key}`)).slice(1));
  const values: number[] = [];
  for (let index = 0; index < count; index++) {
    values.push(Number(/"attr":"value","new":(\d+)/.exec(await engine.answer(`LRANGE ${key} ${index} ${index}`))?.[1]));
  }
  return values;
}

/** Connects until a server accepts the client, and at most for the time in which a lease ends. */
async function reconnect(shared: SharedServers, server: ServerProcess, token: string): Promise<WireClient> {
  let client: WireClient | undefined;
  await eventually(async () => {
    client = await shared.connect(server, token).catch(() => undefined);
    return client !== undefined;
  }, "the session goes on");
  return client!;
}

/** Returns what the server still sends, and its close code. */
async function remaining({ socket }: WireClient): Promise<[texts: string[], closeCode: number | undefined]> {
  const texts: string[] = [];
  for (let frame = await socket.next(); frame !== undefined; frame = await socket.next()) {
    if (frame.opcode === OPCODE.close) {
      return [texts, new DataView(frame.payload.buffer).getUint16(frame.payload.byteOffset)];
    }
    texts.push(new TextDecoder().decode(frame.payload));
  }
  return [texts, undefined];
}

async function refusalOf(server: ServerProcess, token: string): Promise<number | undefined> {
  using client = await WireClient.open(server.port, { path: "/dashboard/ws", token });
  return await client.socket.closeCode();
}

function valueOf(slider: string, value: number): Json {
  return { kind: "ModelChanged", model: { id: slider }, attr: "value", new: value };
}

function clickOn(button: string): Json {
  return { type: "event", name: "button_click", values: { type: "map", entries: [["model", { id: button }]] } };
}

function answerOf(doc: Json): string {
  return textOf(doc, "answer");
}

async function send(server: ServerProcess, path: string, bytes: number): Promise<number> {
  const response = await fetch(new URL(path, server.url), { method: "POST", body: new Uint8Array(bytes) });
  await response.body?.cancel();
  return response.status;
}

/** Returns the text of a download; undefined if there is none. */
async function receive(server: ServerProcess, path: string): Promise<string | undefined> {
  const response = await fetch(new URL(path, server.url));
  const text = await response.text();
  return response.ok ? text : undefined;
}
