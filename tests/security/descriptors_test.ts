/** A process that has no file descriptors left refuses new connections and keeps the old ones. */

import { assertEquals } from "@std/assert";
import { RawSocket } from "../kit/raw_socket.ts";
import { eventually } from "../kit/eventually.ts";
import { ServerProcess } from "../kit/server_process.ts";

Deno.test("A server out of file descriptors serves those who are connected, and others when there is room", async () => {
  await using server = await ServerProcess.start();
  using old = await server.client("old");
  const room = server.descriptors() + 20;
  const limit = new Deno.Command("prlimit", { args: [`--pid=${server.pid}`, `--nofile=${room}:${room}`] });
  assertEquals((await limit.output()).success, true);
  const crowd: RawSocket[] = [];
  for (let i = 0; i < 60; i++) {
    const socket = await RawSocket.connect(server.port).catch(() => undefined);
    if (socket !== undefined) crowd.push(socket);
  }
  await eventually(() => server.log.includes("accepts no more connections"), "the server is full", 10);
  assertEquals(await old.patch({ kind: "TitleChanged", title: "still here" }), "OK");
  crowd.forEach((socket) => socket.close());
  await eventually(() => server.assertHealthy().then(() => true, () => false), "there is room again", 10);
  assertEquals((await old.pull()).title, "still here");
});
