import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { join } from "@std/path";
import type { Document } from "../document/document.ts";
import { Slider } from "../models/mod.ts";
import { generateToken } from "../session/credentials/token.ts";
import { tokenOf } from "../handlers/handler_test_support.ts";
import { rawRequest, RawSocket } from "../tests/kit/raw_socket.ts";
import { type Handshake, handshakeText } from "../tests/kit/raw_websocket.ts";
import { message } from "../tests/kit/messages.ts";
import { WireClient } from "../tests/kit/wire_client.ts";
import { memoryStore } from "../store/memory.ts";
import { serveBokeh, type ServeBokehOptions } from "./serve.ts";

function slider(doc: Document): void {
  doc.add_root(new Slider({ start: 0, end: 9, value: 1 }));
}

function serve(options: ServeBokehOptions = {}) {
  return serveBokeh({ "/app": slider }, { port: 0, hostname: "127.0.0.1", ...options });
}

/** Opens a websocket with a token, without waiting for `ACK`. It is closed at the end of the test. */
function openClient({ port }: { readonly port: number }, token: string): Promise<WireClient> {
  return WireClient.open(port, { token });
}

/** Connects with a token, and returns the close frame of the server. */
async function closeFrameOf(server: { readonly port: number }, token: string) {
  using client = await openClient(server, token);
  return await client.socket.closeFrame();
}

/** Sends a request and returns the status line of the response. */
async function statusLine(port: number, request: string): Promise<string | undefined> {
  using socket = await RawSocket.connect(port);
  await socket.send(request);
  return (await socket.readThrough("\r\n"))?.trimEnd();
}

/** Sends the request that opens a websocket, and returns the status of the response. */
async function handshakeStatus(port: number, handshake: Handshake = {}): Promise<number | undefined> {
  const text = handshakeText(port, { host: `127.0.0.1:${port}`, token: await generateToken("mine"), ...handshake });
  return (await rawRequest(port, text))?.status;
}

Deno.test("serveBokeh listens on the address that it reports", async () => {
  await using server = await serve();
  assertEquals(server.url, `http://127.0.0.1:${server.port}/`);
  const response = await fetch(`${server.url}app`);
  assertStringIncludes(await response.text(), "render_items");
});

Deno.test("serveBokeh answers health probes in HTTP/1.0 without a host", async () => {
  await using server = await serve();
  for (const path of ["/healthz", "/readyz"]) {
    assertEquals(await statusLine(server.port, `GET ${path} HTTP/1.0\r\n\r\n`), "HTTP/1.0 200 OK");
  }
  assertEquals(await statusLine(server.port, "GET /app HTTP/1.1\r\n\r\n"), "HTTP/1.1 400 Bad Request");
});

Deno.test("serveBokeh exchanges messages with a page over its websocket", async () => {
  await using server = await serve();
  const token = tokenOf(await (await fetch(`${server.url}app`)).text());
  using client = await openClient(server, token);
  assertEquals((await client.next())?.type, "ACK");
  assertEquals(client.socket.protocol, "bokeh");
  assertEquals((await client.ask("PULL-DOC-REQ"))?.type, "PULL-DOC-REPLY");
  assertEquals(server.getSessions("/app").length, 1);
});

Deno.test("serveBokeh creates the session with its websocket if sessionCreation is connect", async () => {
  await using server = await serve({ sessionCreation: "connect" });
  const token = tokenOf(await (await fetch(`${server.url}app`)).text());
  assertEquals(server.getSessions("/app").length, 0);
  using client = await openClient(server, token);
  assertEquals((await client.next())?.type, "ACK");
  assertEquals(server.getSessions("/app").length, 1);
});

Deno.test("serveBokeh refuses websockets before the upgrade", async () => {
  await using server = await serve({ secretKey: "key", signSessions: true });
  const { port } = server;
  const status = (handshake: Handshake) => handshakeStatus(port, handshake);
  assertEquals(await status({}), 403, "not signed");
  assertEquals(await status({ protocol: null }), 400);
  assertEquals(await status({ protocol: "bokeh" }), 400);
  assertEquals(await status({ protocol: "other, token" }), 400);
  assertEquals(await status({ protocol: "bokeh, a, b" }), 400);
  assertEquals(await status({ origin: "http://evil.example" }), 403);
  assertEquals(await status({ origin: "http://evil.example", host: "evil.example" }), 403);
  assertEquals(await status({ version: "8" }), 426);
  assertEquals(await status({ key: null }), 400);
  assertEquals(await status({ upgrade: null }), 400);
  assertEquals(server.getSessions("/app").length, 0);
});

Deno.test("serveBokeh allows pages of the server by each local host name", async () => {
  await using server = await serve();
  for (const host of ["localhost", "127.0.0.1", "[::1]"]) {
    assertEquals(await handshakeStatus(server.port, { origin: `http://${host}:${server.port}` }), 101, host);
  }
  assertEquals(await handshakeStatus(server.port, { origin: "http://localhost:1" }), 403);
  assertEquals(await handshakeStatus(server.port, { protocol: `bokeh,${await generateToken("x")}` }), 101);
});

Deno.test("serveBokeh refuses an expired token with its reason unless the session exists", async () => {
  await using server = await serve();
  const expired = (id: string) => generateToken(id, { expirationSeconds: -5 });
  assertEquals((await closeFrameOf(server, await expired("gone")))?.code, 1008);
  await (await fetch(`${server.url}app?bokeh-session-id=living`)).body?.cancel();
  using client = await openClient(server, await expired("living"));
  assertEquals((await client.next())?.type, "ACK");
});

Deno.test("serveBokeh refuses the token of a destroyed session with its reason", async () => {
  const { promise: destroyed, resolve } = Promise.withResolvers<void>();
  await using server = await serve({
    unusedSessionLifetimeMilliseconds: 1,
    checkUnusedSessionsMilliseconds: 5,
    onEvent: ({ type }) => type === "sessionDestroyed" && resolve(),
  });
  const token = await generateToken("mine");
  const client = await openClient(server, token);
  await client.next();
  client.close();
  await destroyed;
  const frame = await closeFrameOf(server, token);
  assertEquals(frame?.code, 4404);
  assertStringIncludes(frame!.reason, "reload");
});

Deno.test("serveBokeh answers messages that arrive before the session is created", async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  await using server = await serveBokeh({ "/app": () => promise }, { port: 0, hostname: "127.0.0.1" });
  using client = await openClient(server, await generateToken("slow"));
  await client.send(...message("SERVER-INFO-REQ"));
  resolve();
  assertEquals([(await client.next())?.type, (await client.next())?.type], ["ACK", "SERVER-INFO-REPLY"]);
});

Deno.test("serveBokeh closes the websocket if the application fails", async () => {
  const fails = () => Promise.reject(new Error("a secret"));
  await using server = await serveBokeh({ "/app": fails }, { port: 0, hostname: "127.0.0.1" });
  const frame = await closeFrameOf(server, await generateToken("mine"));
  assertEquals(frame, { code: 1011, reason: "Internal server error" });
});

Deno.test("BokehHttpServer.stop closes websockets with 1001 and the port", async () => {
  const server = await serve();
  const { port } = server;
  using client = await openClient(server, await generateToken("mine"));
  await client.next();
  const closed = client.socket.closeCode().finally(() => client.close());
  await Promise.all([server.stop(), server.stop()]);
  assertEquals(await closed, 1001);
  await server.finished;
  await using again = await serve({ port });
  assertEquals(again.port, port);
});

Deno.test("serveBokeh stops when its signal is aborted", async () => {
  const controller = new AbortController();
  const server = await serve({ signal: controller.signal });
  controller.abort();
  await server.finished;
  await server.stop();
});

Deno.test("serveBokeh throws if the port is in use, and does not listen", async () => {
  await using server = await serve();
  await assertRejects(() => serve({ port: server.port }), Deno.errors.AddrInUse);
});

Deno.test("serveBokeh closes the port for other servers if it throws", async () => {
  await using server = await serve();
  await using sessionStore = memoryStore();
  const options = { port: server.port, sessionStore, secretKey: "a secret of several servers, long enough" };
  await assertRejects(() => serve(options), Deno.errors.AddrInUse); // otherwise the test leaks a server
  assertEquals(sessionStore.members.size, 0);
});

Deno.test("serveBokeh listens on a unix socket, and removes its file", async () => {
  const folder = await Deno.makeTempDir();
  const path = join(folder, "bokeh.sock");
  try {
    const server = await serveBokeh({ "/app": slider }, { path });
    using client = Deno.createHttpClient({ proxy: { transport: "unix", path } });
    const response = await fetch("http://localhost/app", { client });
    assertStringIncludes(await response.text(), "render_items");
    await server.stop();
    assert(!(await Array.fromAsync(Deno.readDir(folder))).some(({ name }) => name === "bokeh.sock"));
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("serveBokeh replaces a unix socket only if no process listens on it", async () => {
  const folder = await Deno.makeTempDir();
  const path = join(folder, "a.sock");
  const dead = new Deno.Command(Deno.execPath(), {
    args: ["eval", `Deno.listen({ transport: "unix", path: ${JSON.stringify(path)} }); Deno.kill(Deno.pid, "SIGKILL")`],
  });
  await dead.output();
  assert((await Deno.stat(path)).isSocket);
  {
    await using _server = await serveBokeh({ "/app": slider }, { path });
    await assertRejects(() => serveBokeh({ "/app": slider }, { path }), Deno.errors.AddrInUse);
    assert((await Deno.stat(path)).isSocket);
  }
  await Deno.remove(folder, { recursive: true });
});
