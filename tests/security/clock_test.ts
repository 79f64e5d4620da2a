/** Somebody sets the clock of the machine, by hours and both ways: what lasts goes on evenly, and only tokens look at it. */

import { assertEquals } from "@std/assert";
import { rawRequest } from "../kit/raw_socket.ts";
import { RawWebSocket } from "../kit/raw_websocket.ts";
import { eventually } from "../kit/eventually.ts";
import { Victim } from "../kit/victim.ts";
import { idOf, WireClient } from "../kit/wire_client.ts";

const HOUR = 3_600_000;
const JUMPING = decodeURIComponent(new URL("../kit/jumping_clock.ts", import.meta.url).pathname);

async function jump(victim: Victim, offset: number): Promise<void> {
  victim.kill("SIGUSR2");
  await eventually(() => victim.log.includes(`off by ${offset} ms`), "the clock has jumped", 5);
}

/** The token that a page would give to its websocket now. */
async function tokenOfPage(victim: Victim): Promise<string> {
  const page = await rawRequest(victim.port, "GET /app HTTP/1.1\r\nHost: localhost\r\n\r\n");
  return /"token":"([^"]+)"/.exec(page!.body)![1]!;
}

async function startTicking(client: WireClient): Promise<void> {
  const action = idOf(await client.pull(), "action");
  const tick = { kind: "ModelChanged", model: { id: action }, attr: "value", new: "tick" };
  assertEquals(await client.patch(tick), "OK");
}

async function assertTicks(client: WireClient): Promise<void> {
  for (let i = 0; i < 5; i++) assertEquals((await client.next(2))?.type, "PATCH-DOC");
}

Deno.test("A clock that is set back by two hours stops no callback and keeps no session", async () => {
  const args = ["--unused-session-lifetime", "400", "--check-unused-sessions", "100", "--metrics"];
  await using victim = await Victim.start({ preload: JUMPING, env: { JUMPS: `${-2 * HOUR}` }, args });
  using client = await victim.client();
  await startTicking(client);
  (await victim.client()).close();
  await jump(victim, -2 * HOUR);
  await assertTicks(client);
  await eventually(async () => await victim.sessions() === 1, "the session that was left has ended", 5);
  using page = await WireClient.connect(victim.port, "", { token: await tokenOfPage(victim) });
  assertEquals((await page.pull()).title, "Victim");
});

Deno.test("A clock that is set forward by a day ends no session before its time, and tokens of then", async () => {
  const args = ["--unused-session-lifetime", "60000", "--check-unused-sessions", "50"];
  await using victim = await Victim.start({ preload: JUMPING, env: { JUMPS: `${24 * HOUR}` }, args });
  using client = await victim.client();
  await startTicking(client);
  const token = victim.token();
  const left = await WireClient.connect(victim.port, "", { token });
  assertEquals(await left.patch({ kind: "TitleChanged", title: "left" }), "OK");
  left.close();
  const unused = victim.token();
  await jump(victim, 24 * HOUR);
  await assertTicks(client);
  using back = await WireClient.connect(victim.port, "", { token });
  assertEquals((await back.pull()).title, "left");
  using late = await RawWebSocket.open(victim.port, { token: unused });
  assertEquals(await late.closeCode(), 1008);
  using page = await WireClient.connect(victim.port, "", { token: await tokenOfPage(victim) });
  assertEquals((await page.pull()).title, "Victim");
});
