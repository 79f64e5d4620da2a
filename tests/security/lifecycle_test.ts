/** Slow and silent clients, abandoned sessions, and the shutdown of the server. */

import { assert, assertEquals } from "@std/assert";
import { RawSocket, withDeadline } from "../kit/raw_socket.ts";
import { testAttacks } from "../kit/attack_series.ts";
import { ServerProcess } from "../kit/server_process.ts";
import { handshakeText, OPCODE, RawWebSocket } from "../kit/raw_websocket.ts";
import { eventually } from "../kit/eventually.ts";
import { idOf, message, unsignedToken } from "../kit/messages.ts";
import { WireClient } from "../kit/wire_client.ts";

/** Returns whether the session of a token is gone: the server closes its websockets at once. */
async function isGone(server: ServerProcess, token: string): Promise<boolean> {
  using socket = await RawWebSocket.open(server.port, { token });
  return (await socket.next())?.opcode === OPCODE.close;
}

/** Starts 32 MB of changes per second in the session of a client. */
async function startFlood(client: WireClient): Promise<void> {
  const action = idOf(await client.pull(), "action");
  const flood = { kind: "ModelChanged", model: { id: action }, attr: "value", new: "flood" };
  assertEquals(await client.patch(flood), "OK");
}

testAttacks("Slow clients: a client that does not read does not block others", {}, async (server, attack) => {
  await attack("its peers get replies and it is disconnected", async () => {
    using _stuck = await server.client("flooded");
    using peer = await server.client("flooded");
    await startFlood(peer);
    for (let i = 0; i < 10; i++) {
      const started = performance.now();
      assertEquals(await peer.patch({ kind: "TitleChanged", title: `${i}` }), "OK");
      assert(performance.now() - started < 2000);
    }
    await eventually(
      () => server.log.includes("the client does not receive"),
      "the client that does not read is disconnected",
      20,
    );
  });
});

testAttacks("Slow requests: do not block others", {}, async (server, attack) => {
  await attack("slow headers", async () => {
    const slow = await Promise.all(Array.from({ length: 100 }, () => RawSocket.connect(server.port)));
    for (const socket of slow) await socket.send("GET /app HTTP/1.1\r\nHost: a\r\nX: ");
    const started = performance.now();
    await server.assertHealthy();
    assert(performance.now() - started < 2000);
    slow.forEach((socket) => socket.close());
  });
});

testAttacks("Callbacks: one that does not settle blocks only its own session", {}, async (server, attack) => {
  await attack("other sessions are served", async () => {
    using client = await server.client("hangs");
    const action = idOf(await client.pull(), "action");
    const hang = { kind: "ModelChanged", model: { id: action }, attr: "value", new: "hang" };
    await client.send(...message("PATCH-DOC", { events: [hang] }));
    await server.assertHealthy();
  });
  await attack("a callback that blocks the event loop is logged with its name", async () => {
    using client = await server.client("blocks");
    const action = idOf(await client.pull(), "action");
    assertEquals(
      await client.patch({ kind: "ModelChanged", model: { id: action }, attr: "value", new: "block" }),
      "OK",
    );
    await eventually(() => /blocked the event loop/.test(server.log), "the callback is logged", 5);
  });
});

Deno.test("Keep-alive: a client that does not answer pings is disconnected", async () => {
  await using server = await ServerProcess.start({ args: ["--keep-alive", "1000"] });
  using client = await server.client();
  const code = await client.socket.closeCode(10);
  assert([1001, 1002, 1006, 1011, undefined].includes(code), `${code}`);
});

Deno.test("Connections: wait in the listen queue while the server is busy", async () => {
  await using server = await ServerProcess.start();
  const most = Number(await Deno.readTextFile("/proc/sys/net/core/somaxconn"));
  Deno.kill(server.pid, "SIGSTOP");
  const connecting: Promise<RawSocket>[] = [];
  for (let i = 0; i < Math.min(most, 800); i++) connecting.push(RawSocket.connect(server.port));
  // A dropped connection would be established only after the server continues.
  const sockets = await withDeadline(Promise.all(connecting), () => Deno.kill(server.pid, "SIGCONT"));
  Deno.kill(server.pid, "SIGCONT");
  await server.assertHealthy();
  for (const socket of sockets) socket.close();
});

Deno.test("Sessions: abandoned ones are destroyed after their lifetime, and their descriptors closed", async () => {
  await using server = await ServerProcess.start({
    args: ["--unused-session-lifetime", "500", "--check-unused-sessions", "300", "--metrics"],
  });
  await server.assertHealthy();
  using kept = await server.client("kept");
  await kept.patch({ kind: "TitleChanged", title: "kept" });
  const descriptors = server.descriptors();
  const token = unsignedToken();
  (await WireClient.connect(server.port, "", { token })).close();
  for (let round = 0; round < 10; round++) {
    const clients = await Promise.all(Array.from({ length: 50 }, () => server.client()));
    clients.forEach((client) => client.close());
  }
  await eventually(() => server.descriptors() <= descriptors + 10, "the descriptors are closed", 15);
  await eventually(async () => await server.sessions() === 1, "only the session in use is left", 15);
  assert(await isGone(server, token));
  assertEquals((await kept.pull()).title, "kept");
  await server.assertHealthy();
  using back = await server.client("kept");
  assertEquals((await back.pull()).title, "kept");
});

Deno.test("SIGTERM: the server exits with 0 and closes websockets with 1001 in any state", async (t) => {
  const cases: Record<string, (server: ServerProcess) => Promise<Disposable>> = {
    "idle": (server) => server.client(),
    "in the middle of a message": async (server) => {
      const client = await server.client();
      await client.send(message("PATCH-DOC")[0]!);
      return client;
    },
    "with a client that does not read": async (server) => {
      const stuck = await server.client("flooded");
      const peer = await server.client("flooded");
      const action = idOf(await peer.pull(), "action");
      await peer.patch({ kind: "ModelChanged", model: { id: action }, attr: "value", new: "flood" });
      peer.close();
      return stuck;
    },
    "with slow headers": async (server) => {
      const socket = await RawSocket.connect(server.port);
      await socket.send("GET /app HTTP/1.1\r\nHo");
      return socket;
    },
    "during a request": async (server) => {
      const socket = await RawSocket.connect(server.port);
      await socket.send("POST /app HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nhalf");
      return socket;
    },
    "with a callback that does not settle": async (server) => {
      const client = await server.client();
      const action = idOf(await client.pull(), "action");
      const hang = { kind: "ModelChanged", model: { id: action }, attr: "value", new: "hang" };
      await client.send(...message("PATCH-DOC", { events: [hang] }));
      return client;
    },
  };
  for (const [name, prepare] of Object.entries(cases)) {
    await t.step({
      name,
      sanitizeOps: false,
      sanitizeResources: false,
      fn: async () => {
        await using server = await ServerProcess.start();
        using _busy = await prepare(server);
        using other = await server.client();
        const started = performance.now();
        server.signal("SIGTERM");
        server.signal("SIGTERM");
        assertEquals(await other.socket.closeCode(), 1001);
        assertEquals(await withDeadline(server.exitCode(), () => server.signal("SIGKILL"), 12), 0);
        assert(performance.now() - started < 12_000);
      },
    });
  }
});

Deno.test("Port: is free as soon as the server has exited", async () => {
  let port: number;
  {
    await using server = await ServerProcess.start();
    using _client = await server.client();
    port = server.port;
  }
  await using again = await ServerProcess.start({ args: ["--port", `${port}`] });
  await again.assertHealthy();
});

Deno.test("SIGTERM: a patch that was sent before is applied and answered with OK, or not applied", async () => {
  await using server = await ServerProcess.start();
  const client = await server.client();
  for (let i = 0; i < 200; i++) {
    await client.send(...message("PATCH-DOC", { events: [{ kind: "TitleChanged", title: `${i}` }] }));
  }
  server.signal("SIGTERM");
  let answered = 0;
  for (let reply = await client.next(); reply !== undefined; reply = await client.next()) {
    assertEquals(reply.type, "OK");
    answered++;
  }
  assert(answered <= 200);
  client.close();
});

Deno.test("Connections: silent websockets use only their descriptors", async () => {
  await using server = await ServerProcess.start();
  const descriptors = server.descriptors();
  const sockets = await Promise.all(Array.from({ length: 300 }, async () => {
    const socket = await RawSocket.connect(server.port);
    await socket.send(handshakeText(server.port, { token: unsignedToken() }));
    return socket;
  }));
  await server.assertHealthy();
  sockets.forEach((socket) => socket.close());
  await eventually(() => server.descriptors() <= descriptors + 10, "the descriptors are closed", 15);
});
