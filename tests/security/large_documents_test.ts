/** Large documents: a server holds their columns once, however slowly clients receive them. */

import { assert, assertEquals } from "@std/assert";
import { message } from "../kit/messages.ts";
import { ServerProcess } from "../kit/server_process.ts";
import { WireClient } from "../kit/wire_client.ts";

const LARGE_APP = decodeURIComponent(new URL("../kit/attacked_apps/large.ts", import.meta.url).pathname);
const MEBIBYTE = 1024 * 1024;
const COLUMNS = 12;

Deno.test("A document of 96 MiB is not copied for a client that receives it slowly", {
  ignore: Deno.build.os !== "linux",
}, async () => {
  await using server = await ServerProcess.start({ apps: [LARGE_APP] });
  using client = await WireClient.connect(server.port, "shared", { path: "/large/ws" });
  using other = await WireClient.connect(server.port, "shared", { path: "/large/ws" });
  await server.resetPeakMemory();
  const before = await server.memory();
  const grown = async () => await server.peakMemory() - before;

  await client.send(...message("PULL-DOC-REQ"));
  const next = async () => (await client.socket.next())!.payload;
  const texts = [await next(), await next(), await next()].map((text) => JSON.parse(new TextDecoder().decode(text)));
  assertEquals(texts[0].num_buffers, COLUMNS);
  // The client reads nothing more until another one has been answered: the server has sent what it sends at once.
  assertEquals((await other.ask("SERVER-INFO-REQ"))?.type, "SERVER-INFO-REPLY");
  assert(await grown() < 64, `${await grown()} MiB for a client that does not read`);
  for (let column = 0; column < COLUMNS; column++) {
    await next();
    assertEquals((await next()).length, 8 * MEBIBYTE);
  }
  assert(await grown() < 64, `${await grown()} MiB until the client has received all`);
  assertEquals((await client.ask("SERVER-INFO-REQ"))?.type, "SERVER-INFO-REPLY");
});
