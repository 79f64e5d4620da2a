/** Changes of the system clock by hours: callbacks and lifetimes of sessions do not depend on it, only the expiry of tokens does. */

import { assertEquals } from "@std/assert";
import { tokenOf } from "../../handlers/handler_test_support.ts";
import { rawRequest } from "../kit/raw_socket.ts";
import { RawWebSocket } from "../kit/raw_websocket.ts";
import { eventually } from "../kit/eventually.ts";
import { ServerProcess } from "../kit/server_process.ts";
import { idOf, unsignedToken } from "../kit/messages.ts";
import { WireClient } from "../kit/wire_client.ts";

const HOUR = 3_600_000;
const JUMPING = decodeURIComponent(new URL("../kit/jumping_clock.ts", import.meta.url).pathname);

async function jump(server: ServerProcess, offset: number): Promise<void> {
  server.signal("SIGUSR2");
  await eventually(() => server.log.includes(`off by ${offset} ms`), "the clock has changed", 5);
}

/** Requests a page and returns its token. */
async function tokenOfPage(server: ServerProcess): Promise<string> {
  const page = await rawRequest(server.port, "GET /app HTTP/1.1\r\nHost: localhost\r\n\r\n");
  return tokenOf(page!.body);
}

async function startTicking(client: WireClient): Promise<void> {
  const action = idOf(await client.pull(), "action");
  const tick = { kind: "ModelChanged", model: { id: action }, attr: "value", new: "tick" };
  assertEquals(await client.patch(tick), "OK");
}

async function assertTicks(client: WireClient): Promise<void> {
  for (let i = 0; i < 5; i++) assertEquals((await client.next(2))?.type, "PATCH-DOC");
}

Deno.test("Clock: setting it back by two hours does not stop callbacks or delay session expiry", async () => {
  const args = ["--unused-session-lifetime", "400", "--check-unused-sessions", "100", "--metrics"];
  await using server = await ServerProcess.start({ preload: JUMPING, env: { JUMPS: `${-2 * HOUR}` }, args });
  using client = await server.client();
  await startTicking(client);
  (await server.client()).close();
  await jump(server, -2 * HOUR);
  await assertTicks(client);
  await eventually(async () => await server.sessions() === 1, "the abandoned session has expired", 5);
  using page = await WireClient.connect(server.port, "", { token: await tokenOfPage(server) });
  assertEquals((await page.pull()).title, "Attacked");
});

Deno.test("Clock: setting it forward by a day does not expire sessions, but expires tokens", async () => {
  const args = ["--unused-session-lifetime", "60000", "--check-unused-sessions", "50"];
  await using server = await ServerProcess.start({ preload: JUMPING, env: { JUMPS: `${24 * HOUR}` }, args });
  using client = await server.client();
  await startTicking(client);
  const token = unsignedToken();
  const left = await WireClient.connect(server.port, "", { token });
  assertEquals(await left.patch({ kind: "TitleChanged", title: "left" }), "OK");
  left.close();
  const unused = unsignedToken();
  await jump(server, 24 * HOUR);
  await assertTicks(client);
  using back = await WireClient.connect(server.port, "", { token });
  assertEquals((await back.pull()).title, "left");
  using late = await RawWebSocket.open(server.port, { token: unused });
  assertEquals(await late.closeCode(), 1008);
  using page = await WireClient.connect(server.port, "", { token: await tokenOfPage(server) });
  assertEquals((await page.pull()).title, "Attacked");
});
