/** A certificate is renewed without a restart: visitors keep their sessions. */

import { assert, assertEquals, assertRejects } from "@std/assert";
import type { Document } from "../../document/document.ts";
import { serveBokeh } from "../../server/serve.ts";
import { generateToken } from "../../session/credentials/token.ts";
import { Certificates } from "../kit/certificates.ts";
import { eventually } from "../kit/eventually.ts";
import { ATTACKED_APP, ServerProcess } from "../kit/server_process.ts";

/** A websocket of a session, until it closes. */
async function connect(port: number, client: Deno.HttpClient) {
  const options = { protocols: ["bokeh", await generateToken("kept")], client };
  const socket = new WebSocket(`wss://localhost:${port}/app/ws`, options);
  const closed = new Promise<number>((resolve) => socket.onclose = ({ code }) => resolve(code));
  await new Promise<void>((resolve, reject) => {
    socket.onmessage = () => resolve();
    socket.onerror = () => reject(new Error("The server let nobody in"));
  });
  return { socket, closed };
}

Deno.test("BokehHttpServer.renewCertificate shows another certificate and keeps sessions, ports and what is right", async () => {
  await using certificates = await Certificates.make();
  const [one, two] = [await certificates.sign("one"), await certificates.sign("two")];
  const fill = (doc: Document) => void (doc.title = "kept");
  await using server = await serveBokeh({ "/app": fill }, { port: 0, ...one });
  using client = Deno.createHttpClient({ caCerts: [certificates.authority] });
  const { closed } = await connect(server.port, client);
  const session = server.getSession("/app", "kept");
  assertEquals(await certificates.nameOf(server.port), "one");

  await assertRejects(() => server.renewCertificate({ cert: "none", key: "none" }));
  await assertRejects(() => server.renewCertificate({ cert: two.cert, key: one.key }));
  assertEquals(await certificates.nameOf(server.port), "one");

  const { port } = server;
  await server.renewCertificate(two);
  assertEquals([server.port, await certificates.nameOf(port)], [port, "two"]);
  assertEquals(await closed, 1001);
  const again = await connect(port, client);
  assert(server.getSession("/app", "kept") === session);
  again.socket.close();
  await again.closed;
});

Deno.test("BokehHttpServer.renewCertificate is for servers with TLS", async () => {
  await using server = await serveBokeh({ "/app": () => {} }, { port: 0 });
  await assertRejects(() => server.renewCertificate({ cert: "", key: "" }), TypeError, "without TLS");
});

for (const processes of ["1", "2"]) {
  Deno.test({
    name: `SIGHUP has ${processes} processes read their certificate anew`,
    ignore: Deno.build.os === "windows",
  }, async () => {
    await using certificates = await Certificates.make();
    const { files } = certificates;
    const args = ["--ssl-certfile", files.cert, "--ssl-keyfile", files.key];
    await certificates.use("one");
    await using server = await ServerProcess.start({ apps: [ATTACKED_APP], args: [...args, "--num-procs", processes] });
    assertEquals(await certificates.nameOf(server.port), "one");
    await Deno.writeTextFile(files.cert, "none");
    server.signal("SIGHUP");
    await eventually(() => server.log.includes("keeping the old one"), "the wrong certificate was looked at", 10);
    assertEquals(await certificates.nameOf(server.port), "one");
    await certificates.use("two");
    server.signal("SIGHUP");
    const renewed = () => server.log.split("Listening with a new certificate").length - 1;
    await eventually(() => renewed() === Number(processes), "all processes show the new one", 10);
    for (let i = 0; i < 4; i++) assertEquals(await certificates.nameOf(server.port), "two");
    assertEquals(await server.stop(), 0);
  });
}
