/** Requests and websockets that one process forwards to another: limits, access, and addresses of clients. */

import { assert, assertEquals, assertRejects } from "@std/assert";
import { pullSession } from "../../client/mod.ts";
import { Div } from "../../models/mod.ts";
import { eventually } from "../kit/eventually.ts";
import { RawSocket } from "../kit/raw_socket.ts";
import { encodeFrame, handshakeText, OPCODE, RawWebSocket } from "../kit/raw_websocket.ts";
import { ServerProcess } from "../kit/server_process.ts";
import { idOf, type Json, message, unsignedToken } from "../kit/messages.ts";
import { WireClient } from "../kit/wire_client.ts";

const BUSY = decodeURIComponent(new URL("busy.ts", import.meta.url).pathname);
const MEASURED = decodeURIComponent(new URL("measured.ts", import.meta.url).pathname);
const LINUX = { ignore: Deno.build.os !== "linux" };
const MEBIBYTE = 1024 * 1024;

/** Returns the peak of the resident memory of a process since its start, in MiB. */
async function peakOf(pid: number): Promise<number> {
  const status = await Deno.readTextFile(`/proc/${pid}/status`);
  return Number(/VmHWM:\s+(\d+)/.exec(status)?.[1]) / 1024;
}

/** Returns whether a process has accepted the connection from a client's port. */
async function hasAccepted(pid: number, clientPort: number): Promise<boolean> {
  const port = `:${clientPort.toString(16).toUpperCase().padStart(4, "0")}`;
  const lines = (await Deno.readTextFile("/proc/net/tcp")).split("\n").map((line) => line.trim().split(/\s+/));
  const inode = lines.find(([, , remote]) => remote?.endsWith(port))?.[9];
  for await (const { name } of Deno.readDir(`/proc/${pid}/fd`)) {
    const target = await Deno.readLink(`/proc/${pid}/fd/${name}`).catch(() => "");
    if (target === `socket:[${inode}]`) return true;
  }
  return false;
}

/** Opens websockets until a process has accepted one. */
async function connectTo(pid: number, port: number, path: string, sessionId: string): Promise<WireClient> {
  for (let tries = 0; tries < 64; tries++) {
    const socket = await RawSocket.connect(port);
    await socket.send(handshakeText(port, { path, token: unsignedToken(sessionId) }));
    if ((await socket.readResponse())?.status === 101 && await hasAccepted(pid, socket.localPort)) {
      const client = new WireClient(new RawWebSocket(socket));
      assertEquals((await client.next())?.type, "ACK");
      return client;
    }
    socket.close();
  }
  throw new Error(`Process ${pid} accepted no connection`);
}

/** Returns the ids of two processes, and of a session that each of them owns. */
async function sessionsOfBoth(port: number): Promise<[pid: number, sessionId: string][]> {
  const found = new Map<number, string>();
  for (let count = 0; found.size < 2 && count < 64; count++) {
    using client = await WireClient.connect(port, `session-${count}`, { path: "/busy/ws" });
    found.set(Number((await client.pull()).title), `session-${count}`);
  }
  return [...found];
}

Deno.test(
  "forwarding: data that waits for a busy process is limited, and only its websockets are closed",
  LINUX,
  async () => {
    await using program = await ServerProcess.serve(BUSY, "--port", "0", "--num-procs", "2", "--log-level", "None");
    const port = program.port;
    const [[owner, busy], [relay, other]] = await sessionsOfBoth(port) as [[number, string], [number, string]];
    using bystander = await connectTo(relay, port, "/busy/ws", other);
    using blocking = await connectTo(owner, port, "/busy/ws", busy);
    const slider = idOf(await blocking.pull(), "seconds");
    const flooding = await Promise.all(
      Array.from({ length: 8 }, () => connectTo(relay, port, "/busy/ws", busy)),
    );
    const before = await peakOf(relay);
    const event = { kind: "ModelChanged", model: { id: slider }, attr: "value", new: 6 };
    await blocking.send(...message("PATCH-DOC", { events: [event] }));
    const frame = encodeFrame({ opcode: OPCODE.text, payload: "x".repeat(4 * MEBIBYTE) });
    const floods = Promise.all(flooding.map(async (client) => {
      for (let sent = 0; sent < 120; sent++) if (!await client.socket.socket.send(frame)) return;
    }));
    const longest = await longestAnswer(bystander, floods);
    const grown = await peakOf(relay) - before;
    // 64 MiB wait, and the runtime copies the data that it reads. Without a limit the peak was 4 GiB.
    assert(grown < 500, `the process grew by ${grown} MiB`);
    assert(longest < 5000, `the bystander waited ${longest} ms`);
    flooding.forEach((client) => client.close());
    assertEquals((await blocking.next(20))?.type, "OK");
    using again = await connectTo(relay, port, "/busy/ws", busy);
    assertEquals((await again.pull()).title, String(owner));
  },
);

/** Sends requests until `work` settles. Returns the longest response time, in milliseconds. */
async function longestAnswer(client: WireClient, work: Promise<unknown>): Promise<number> {
  let ended = false;
  void work.finally(() => ended = true);
  let longest = 0;
  while (!ended) {
    const start = performance.now();
    assertEquals((await client.ask("SERVER-INFO-REQ"))?.type, "SERVER-INFO-REPLY");
    longest = Math.max(longest, performance.now() - start);
  }
  return longest;
}

Deno.test("forwarding: bodies of requests wait at the client while the owner is busy", LINUX, async () => {
  await using program = await ServerProcess.serve(BUSY, "--port", "0", "--num-procs", "2", "--log-level", "None");
  const port = program.port;
  const [[owner, session], [relay]] = await sessionsOfBoth(port) as [[number, string], [number, string]];
  using blocking = await connectTo(owner, port, "/busy/ws", session);
  const doc = await blocking.pull();
  const path = doc.roots.find((root: Json) => root.attributes.name === "upload").attributes.text;
  const event = { kind: "ModelChanged", model: { id: idOf(doc, "seconds") }, attr: "value", new: 3 };
  const before = await peakOf(relay);
  const senders = await Promise.all(Array.from({ length: 12 }, () => RawSocket.connect(port)));
  const chunk = new Uint8Array(MEBIBYTE);
  const head = `POST ${path} HTTP/1.1\r\nHost: localhost:${port}\r\nContent-Length: ${400 * MEBIBYTE}\r\n\r\n`;
  for (const sender of senders) await sender.send(head);
  await blocking.send(...message("PATCH-DOC", { events: [event] }));
  const sending = senders.map(async (sender) => {
    for (let sent = 0; sent < 400 && await sender.send(chunk); sent++);
  });
  assertEquals((await blocking.next(20))?.type, "OK");
  const grown = await peakOf(relay) - before;
  assert(grown < 150, `the process grew by ${grown} MiB`);
  senders.forEach((sender) => sender.close());
  await Promise.all(sending);
});

Deno.test("forwarding: a frame that is too long is refused by the forwarding process", LINUX, async () => {
  await using program = await ServerProcess.serve(
    ...[BUSY, "--port", "0", "--num-procs", "2", "--log-level", "None"],
    ...["--websocket-max-message-size", "100000"],
  );
  const port = program.port;
  const [[, session], [relay]] = await sessionsOfBoth(port) as [[number, string], [number, string]];
  using client = await connectTo(relay, port, "/busy/ws", session);
  await client.send("x".repeat(100_001));
  assertEquals(await client.socket.closeCode(), 1009);
});

Deno.test(
  "forwarding: a token that is not a valid subprotocol is refused by every process",
  LINUX,
  async () => {
    await using program = await ServerProcess.serve(BUSY, "--port", "0", "--num-procs", "2", "--log-level", "None");
    for (const end of [".(x)", ".a b", '."', ".x;y", ".\xff"]) {
      for (let count = 0; count < 8; count++) {
        const token = unsignedToken(crypto.randomUUID()) + end;
        const refusal = RawWebSocket.open(program.port, { path: "/busy/ws", token });
        await assertRejects(() => refusal, Error, "403");
      }
    }
  },
);

Deno.test("forwarding: the log contains no URL of a request whose owner ends", LINUX, async () => {
  await using program = await ServerProcess.serve(MEASURED, "--port", "0", "--num-procs", "2");
  await using session = await pullSession({ url: program.url });
  const { pathname } = new URL(session.document.title, program.url);
  const uploaded = await fetch(new URL(pathname, program.url), { method: "POST", body: "file" });
  const owner: number = (await uploaded.json()).pid;
  const upload = async (): Promise<RawSocket> => {
    const socket = await RawSocket.connect(program.port);
    await eventually(async () =>
      (await Promise.all((await program.childPids()).map((pid) => hasAccepted(pid, socket.localPort)))).includes(true)
    );
    if (await hasAccepted(owner, socket.localPort)) {
      socket.close();
      return await upload();
    }
    await socket.send(`POST ${pathname} HTTP/1.1\r\nHost: localhost:${program.port}\r\nContent-Length: 10\r\n\r\nfile`);
    return socket;
  };
  const socket = await upload();
  const response = socket.readResponse();
  await eventually(() => session.document.select_one(Div)?.text === "receiving");
  Deno.kill(owner, "SIGKILL");
  assertEquals((await response)?.status, 503);
  socket.close();
  await eventually(() => program.log.includes("does not answer"));
  assert(!program.log.includes(pathname.slice(-20)), program.log);
});

Deno.test("forwarding: files are not transferred for pages of other origins", LINUX, async () => {
  await using program = await ServerProcess.serve(MEASURED, "--port", "0", "--num-procs", "2", "--log-level", "None");
  await using session = await pullSession({ url: program.url });
  const url = new URL(session.document.title, program.url);
  for (let count = 0; count < 12; count++) {
    using client = Deno.createHttpClient({});
    const post = async (origin: string) => {
      const response = await fetch(url, { method: "POST", body: "file", headers: { origin }, client });
      await response.body?.cancel();
      return [response.status, response.headers.get("access-control-allow-origin")];
    };
    assertEquals(await post("http://evil.example"), [403, "*"]);
    const own = new URL(program.url).origin;
    assertEquals(await post(own), [200, own]);
    const head = await fetch(url, { method: "HEAD", headers: { origin: "http://evil.example" }, client });
    assertEquals(head.status, 403);
  }
});

Deno.test("forwarding: sessions per address are counted by the client's address in all processes", LINUX, async () => {
  await using program = await ServerProcess.serve(
    ...[BUSY, "--port", "0", "--num-procs", "2", "--max-sessions-per-address", "2", "--log-level", "None"],
  );
  let open = 0;
  const clients: WireClient[] = [];
  for (let count = 0; count < 24; count++) {
    const handshake = { path: "/busy/ws", token: unsignedToken(`many-${count}`), extra: "bokeh-relay: forged\r\n" };
    const client = new WireClient(await RawWebSocket.open(program.port, handshake));
    clients.push(client);
    if ((await client.next())?.type === "ACK") open++;
  }
  // Two in each process.
  assertEquals(open, 4);
  clients.forEach((client) => client.close());
});

Deno.test("forwarding: the Unix socket of a process accepts only requests of the other processes", LINUX, async () => {
  await using program = await ServerProcess.serve(BUSY, "--port", "0", "--num-procs", "2", "--log-level", "None");
  for (const pid of await program.childPids()) {
    const environment = (await Deno.readTextFile(`/proc/${pid}/environ`)).split("\0");
    const [index, , , folder] = environment.find((line) => line.startsWith("BOKEH_SERVER_CHILD="))!.split("=")[1]!
      .split(
        ":",
      );
    using client = Deno.createHttpClient({ proxy: { transport: "unix", path: `${folder}/${index}.sock` } });
    for (const headers of [{}, { "bokeh-relay": "e30" }, { "bokeh-relay": `e30.${"A".repeat(43)}` }]) {
      const response = await fetch("http://localhost/busy", { headers, client });
      await response.body?.cancel();
      assertEquals(response.status, 403);
    }
  }
});
