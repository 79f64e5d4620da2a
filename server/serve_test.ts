import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { join } from "@std/path";
import type { Document } from "../document/document.ts";
import { Slider } from "../models/mod.ts";
import { generateToken } from "../session/credentials/token.ts";
import { tokenOf } from "../handlers/handler_test_support.ts";
import { serveBokeh, type ServeBokehOptions } from "./serve.ts";

function slider(doc: Document): void {
  doc.add_root(new Slider({ start: 0, end: 9, value: 1 }));
}

function serve(options: ServeBokehOptions = {}) {
  return serveBokeh({ "/app": slider }, { port: 0, hostname: "127.0.0.1", ...options });
}

/** Texts that come over a websocket, and how it ended. */
class Client {
  readonly socket: WebSocket;
  readonly closed: Promise<CloseEvent>;
  #texts: string[] = [];
  #wanted: ((text: string) => void)[] = [];

  constructor(url: string, token: string) {
    this.socket = new WebSocket(`${url.replace("http", "ws")}app/ws`, ["bokeh", token]);
    this.socket.onmessage = ({ data }) => {
      const wanted = this.#wanted.shift();
      if (wanted === undefined) this.#texts.push(String(data));
      else wanted(String(data));
    };
    this.socket.onerror = (event) => event.preventDefault();
    this.closed = new Promise((resolve) => this.socket.onclose = resolve);
  }

  /** The next text. */
  text(): Promise<string> {
    const text = this.#texts.shift();
    return text === undefined ? new Promise((resolve) => this.#wanted.push(resolve)) : Promise.resolve(text);
  }

  /** Type of the next message without buffers. */
  async type(): Promise<string> {
    const header = await this.text();
    await this.text();
    await this.text();
    return JSON.parse(header).msgtype;
  }
}

/** The first line that a server answers to a request that is written by hand. */
async function statusLine(port: number, lines: string[]): Promise<string> {
  using connection = await Deno.connect({ hostname: "127.0.0.1", port });
  await connection.write(new TextEncoder().encode([...lines, "", ""].join("\r\n")));
  const buffer = new Uint8Array(4096);
  const count = await connection.read(buffer) ?? 0;
  return new TextDecoder().decode(buffer.subarray(0, count)).split("\r\n")[0]!;
}

async function handshake(port: number, headers: Record<string, string | undefined> = {}): Promise<string> {
  const all: Record<string, string | undefined> = {
    Host: `127.0.0.1:${port}`,
    Upgrade: "websocket",
    Connection: "Upgrade",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
    "Sec-WebSocket-Protocol": `bokeh, ${await generateToken("mine")}`,
    ...headers,
  };
  const lines = Object.entries(all).filter(([, value]) => value !== undefined).map(([name, value]) =>
    `${name}: ${value}`
  );
  return await statusLine(port, ["GET /app/ws HTTP/1.1", ...lines]);
}

Deno.test("serveBokeh listens where it says", async () => {
  await using server = await serve();
  assertEquals(server.url, `http://127.0.0.1:${server.port}/`);
  const response = await fetch(`${server.url}app`);
  assertStringIncludes(await response.text(), "render_items");
});

Deno.test("serveBokeh answers a balancer's probe in HTTP/1.0, which names no host", async () => {
  await using server = await serve();
  for (const path of ["/healthz", "/readyz"]) {
    assertEquals(await statusLine(server.port, [`GET ${path} HTTP/1.0`]), "HTTP/1.0 200 OK");
  }
  assertEquals(await statusLine(server.port, ["GET /app HTTP/1.1"]), "HTTP/1.1 400 Bad Request");
});

Deno.test("serveBokeh speaks with the page over its websocket", async () => {
  await using server = await serve();
  const token = tokenOf(await (await fetch(`${server.url}app`)).text());
  const client = new Client(server.url, token);
  assertEquals(await client.type(), "ACK");
  assertEquals(client.socket.protocol, "bokeh");
  for (const part of [{ msgid: "1", msgtype: "PULL-DOC-REQ" }, {}, {}]) client.socket.send(JSON.stringify(part));
  assertEquals(await client.type(), "PULL-DOC-REPLY");
  client.socket.close();
  await client.closed;
  assertEquals(server.getSessions("/app").length, 1);
});

Deno.test("serveBokeh makes the session at the websocket if so told", async () => {
  await using server = await serve({ sessionCreation: "connect" });
  const token = tokenOf(await (await fetch(`${server.url}app`)).text());
  assertEquals(server.getSessions("/app").length, 0);
  const client = new Client(server.url, token);
  assertEquals(await client.type(), "ACK");
  assertEquals(server.getSessions("/app").length, 1);
});

Deno.test("serveBokeh refuses websockets before the upgrade", async () => {
  await using server = await serve({ secretKey: "key", signSessions: true });
  const { port } = server;
  const status = async (headers: Record<string, string | undefined>) => (await handshake(port, headers)).split(" ")[1];
  assertEquals(await status({}), "403", "not signed");
  assertEquals(await status({ "Sec-WebSocket-Protocol": undefined }), "400");
  assertEquals(await status({ "Sec-WebSocket-Protocol": "bokeh" }), "400");
  assertEquals(await status({ "Sec-WebSocket-Protocol": "other, token" }), "400");
  assertEquals(await status({ "Sec-WebSocket-Protocol": "bokeh, a, b" }), "400");
  assertEquals(await status({ Origin: "http://evil.example" }), "403");
  assertEquals(await status({ Origin: "http://evil.example", Host: "evil.example" }), "403");
  assertEquals(await status({ "Sec-WebSocket-Version": "8" }), "426");
  assertEquals(await status({ "Sec-WebSocket-Key": undefined }), "400");
  assertEquals(await status({ Upgrade: undefined }), "400");
  assertEquals(server.getSessions("/app").length, 0);
});

Deno.test("serveBokeh lets its own pages in by every name of this machine", async () => {
  await using server = await serve();
  for (const host of ["localhost", "127.0.0.1", "[::1]"]) {
    assertStringIncludes(await handshake(server.port, { Origin: `http://${host}:${server.port}` }), "101", host);
  }
  assertStringIncludes(await handshake(server.port, { Origin: "http://localhost:1" }), "403");
  assertStringIncludes(
    await handshake(server.port, { "Sec-WebSocket-Protocol": `bokeh,${await generateToken("x")}` }),
    "101",
  );
});

Deno.test("serveBokeh tells a page with an expired token that it has expired, unless its session lives", async () => {
  await using server = await serve();
  const expired = (id: string) => generateToken(id, { expirationSeconds: -5 });
  const { code } = await new Client(server.url, await expired("gone")).closed;
  assertEquals(code, 1008);
  await (await fetch(`${server.url}app?bokeh-session-id=living`)).body?.cancel();
  assertEquals(await new Client(server.url, await expired("living")).type(), "ACK");
});

Deno.test("serveBokeh tells a page whose session has ended that it is gone", async () => {
  const { promise: destroyed, resolve } = Promise.withResolvers<void>();
  await using server = await serve({
    unusedSessionLifetimeMilliseconds: 1,
    checkUnusedSessionsMilliseconds: 5,
    onEvent: ({ type }) => type === "sessionDestroyed" && resolve(),
  });
  const token = await generateToken("mine");
  const client = new Client(server.url, token);
  await client.type();
  client.socket.close();
  await destroyed;
  const { code, reason } = await new Client(server.url, token).closed;
  assertEquals(code, 4404);
  assertStringIncludes(reason, "reload");
});

Deno.test("serveBokeh answers what came before the session was there", async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  await using server = await serveBokeh({ "/app": () => promise }, { port: 0, hostname: "127.0.0.1" });
  const client = new Client(server.url, await generateToken("slow"));
  client.socket.onopen = () => {
    for (const part of [{ msgid: "1", msgtype: "SERVER-INFO-REQ" }, {}, {}]) client.socket.send(JSON.stringify(part));
    resolve();
  };
  assertEquals([await client.type(), await client.type()], ["ACK", "SERVER-INFO-REPLY"]);
});

Deno.test("serveBokeh closes the websocket of an application that failed", async () => {
  const fails = () => Promise.reject(new Error("a secret"));
  await using server = await serveBokeh({ "/app": fails }, { port: 0, hostname: "127.0.0.1" });
  const { code, reason } = await new Client(server.url, await generateToken("mine")).closed;
  assertEquals([code, reason], [1011, "Internal server error"]);
});

Deno.test("BokehHttpServer.stop closes websockets with 1001 and gives the port back", async () => {
  const server = await serve();
  const { port } = server;
  const client = new Client(server.url, await generateToken("mine"));
  await client.type();
  await Promise.all([server.stop(), server.stop()]);
  assertEquals((await client.closed).code, 1001);
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

Deno.test("serveBokeh tells that a port is taken, and listens to nothing then", async () => {
  await using server = await serve();
  await assertRejects(() => serve({ port: server.port }), Deno.errors.AddrInUse);
});

Deno.test("serveBokeh listens on a unix socket, and takes its file away", async () => {
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

Deno.test("serveBokeh takes the place of a unix socket that nobody listens on, and of no other", async () => {
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
  }
  await Deno.remove(folder, { recursive: true });
});
