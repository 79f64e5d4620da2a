/** A process without free file descriptors refuses new connections and keeps the open ones. */

import { assertEquals } from "@std/assert";
import { RawSocket } from "../kit/raw_socket.ts";
import { eventually } from "../kit/eventually.ts";
import { ServerProcess } from "../kit/server_process.ts";

Deno.test("File descriptors: without free ones connected clients are served, and others as soon as there are some", async () => {
  await using server = await ServerProcess.start();
  using old = await server.client("old");
  const most = server.descriptors() + 20;
  const limit = new Deno.Command("prlimit", { args: [`--pid=${server.pid}`, `--nofile=${most}:${most}`] });
  assertEquals((await limit.output()).success, true);
  const sockets: RawSocket[] = [];
  for (let i = 0; i < 60; i++) {
    const socket = await RawSocket.connect(server.port).catch(() => undefined);
    if (socket !== undefined) sockets.push(socket);
  }
  await eventually(() => server.log.includes("accepts no more connections"), "no descriptors are left", 10);
  assertEquals(await old.patch({ kind: "TitleChanged", title: "kept" }), "OK");
  sockets.forEach((socket) => socket.close());
  await eventually(() => server.assertHealthy().then(() => true, () => false), "descriptors are free again", 10);
  assertEquals((await old.pull()).title, "kept");
});
