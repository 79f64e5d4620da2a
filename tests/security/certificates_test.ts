/** Renewing a certificate without a restart keeps the sessions. */

import { assert, assertEquals, assertRejects } from "@std/assert";
import type { Document } from "../../document/document.ts";
import { serveBokeh } from "../../server/serve.ts";
import { generateToken } from "../../session/credentials/token.ts";
import { Certificates } from "../kit/certificates.ts";
import { eventually } from "../kit/eventually.ts";
import { ATTACKED_APP, ServerProcess } from "../kit/server_process.ts";

/** Opens a websocket to a session. `closed` resolves with the close code. */
async function connect(port: number, client: Deno.HttpClient) {
  const options = { protocols: ["bokeh", await generateToken("kept")], client };
  const socket = new WebSocket(`wss://localhost:${port}/app/ws`, options);
  const closed = new Promise<number>((resolve) => socket.onclose = ({ code }) => resolve(code));
  await new Promise<void>((resolve, reject) => {
    socket.onmessage = () => resolve();
    socket.onerror = () => reject(new Error("The server refused the websocket"));
  });
  return { socket, closed };
}

Deno.test("BokehHttpServer.renewCertificate: changes the certificate, keeps sessions and port, and rejects invalid certificates", async () => {
  await using certificates = await Certificates.create();
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

Deno.test("BokehHttpServer.renewCertificate: rejects on a server without TLS", async () => {
  await using server = await serveBokeh({ "/app": () => {} }, { port: 0 });
  await assertRejects(() => server.renewCertificate({ cert: "", key: "" }), TypeError, "without TLS");
});

for (const processes of ["1", "2"]) {
  Deno.test({
    name: `SIGHUP: ${processes} processes reload their certificate`,
    ignore: Deno.build.os === "windows",
  }, async () => {
    await using certificates = await Certificates.create();
    const { files } = certificates;
    const args = ["--ssl-certfile", files.cert, "--ssl-keyfile", files.key];
    await certificates.use("one");
    await using server = await ServerProcess.start({ apps: [ATTACKED_APP], args: [...args, "--num-procs", processes] });
    assertEquals(await certificates.nameOf(server.port), "one");
    await Deno.writeTextFile(files.cert, "none");
    server.signal("SIGHUP");
    await eventually(() => server.log.includes("keeping the old one"), "the invalid certificate has been read", 10);
    assertEquals(await certificates.nameOf(server.port), "one");
    await certificates.use("two");
    server.signal("SIGHUP");
    const renewed = () => server.log.split("Listening with a new certificate").length - 1;
    await eventually(() => renewed() === Number(processes), "all processes use the new one", 10);
    for (let i = 0; i < 4; i++) assertEquals(await certificates.nameOf(server.port), "two");
    assertEquals(await server.stop(), 0);
  });
}
