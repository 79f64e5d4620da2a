/** A process that has no file descriptors left refuses new connections and keeps the old ones. */

import { assertEquals } from "@std/assert";
import { RawSocket } from "../kit/raw_socket.ts";
import { eventually } from "../kit/eventually.ts";
import { Victim } from "../kit/victim.ts";

Deno.test("A server out of file descriptors serves those who are connected, and others when there is room", async () => {
  await using victim = await Victim.start();
  using old = await victim.client("old");
  const room = victim.descriptors() + 20;
  const limit = new Deno.Command("prlimit", { args: [`--pid=${victim.pid}`, `--nofile=${room}:${room}`] });
  assertEquals((await limit.output()).success, true);
  const crowd: RawSocket[] = [];
  for (let i = 0; i < 60; i++) {
    const socket = await RawSocket.connect(victim.port).catch(() => undefined);
    if (socket !== undefined) crowd.push(socket);
  }
  await eventually(() => victim.log.includes("accepts no more connections"), "the server is full", 10);
  assertEquals(await old.patch({ kind: "TitleChanged", title: "still here" }), "OK");
  crowd.forEach((socket) => socket.close());
  await eventually(() => victim.assertHealthy().then(() => true, () => false), "there is room again", 10);
  assertEquals((await old.pull()).title, "still here");
});
