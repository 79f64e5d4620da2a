/** A full disk: log lines and uploads are lost, but the server continues to serve. */

import { assertEquals, assertRejects } from "@std/assert";
import type { Document } from "../../document/document.ts";
import { serveBokeh } from "../../server/serve.ts";
import { eventually } from "../kit/eventually.ts";
import { ServerProcess } from "../kit/server_process.ts";

/** A device on which every write fails with ENOSPC. */
const FULL = "/dev/full";

/** Causes log lines, and asserts that the server still works. */
async function assertKeepsServing(server: ServerProcess): Promise<void> {
  for (let i = 0; i < 3; i++) {
    using client = await server.client();
    assertEquals(await client.patch({ kind: "Nope" }), "ERROR");
    await client.send("{");
    assertEquals(await client.socket.closeCode(), 1002);
  }
  await server.assertHealthy();
}

const ignore = Deno.build.os !== "linux";

Deno.test({ name: "Log file: on a full disk only log lines are lost", ignore }, async () => {
  await using server = await ServerProcess.start({ args: ["--log-file", FULL] });
  await assertKeepsServing(server);
  assertEquals(await server.stop(), 0);
});

Deno.test({ name: "Standard error: on a full disk only log lines are lost", ignore }, async () => {
  await using server = await ServerProcess.start({ shell: `exec "$@" 2>${FULL}` });
  await assertKeepsServing(server);
  assertEquals(await server.stop(), 0);
});

Deno.test({ name: "Log file: at the file size limit of the process only log lines are lost", ignore }, async () => {
  const file = await Deno.makeTempFile();
  await using server = await ServerProcess.start({ args: ["--log-file", file] });
  // A write beyond the limit also sends SIGXFSZ, which ends a process that does not ignore it.
  const limit = new Deno.Command("prlimit", { args: [`--pid=${server.pid}`, "--fsize=1024:1024"] });
  assertEquals((await limit.output()).success, true);
  await eventually(
    async () => {
      await assertKeepsServing(server);
      return (await Deno.stat(file)).size >= 900;
    },
    "the file has reached the limit",
    10,
  );
  await assertKeepsServing(server);
  assertEquals((await Deno.stat(file)).size <= 1024, true);
  assertEquals(await server.stop(), 0);
  await Deno.remove(file);
});

Deno.test({
  name: "Uploads: 500 if the disk is full, 200 as soon as there is space",
  ignore,
}, async () => {
  const writable = await Deno.makeTempFile();
  let path = FULL;
  let url = "";
  const fill = (doc: Document) => {
    url = doc.session_context!.files.acceptUploads(async ({ stream }) => {
      using file = await Deno.open(path, { write: true });
      for await (const chunk of stream) await file.write(chunk);
      return "kept";
    });
  };
  await using server = await serveBokeh({ "/app": fill }, { port: 0 });
  await (await fetch(`${server.url}app`)).body?.cancel();
  const send = async () => {
    const response = await fetch(new URL(url, server.url), { method: "POST", body: new Uint8Array(100_000) });
    return [response.status, (await response.text()).includes("No space")];
  };
  assertEquals(await send(), [500, false]);
  path = writable;
  assertEquals(await send(), [200, false]);
  assertEquals((await Deno.stat(writable)).size, 100_000);
  await Deno.remove(writable);
});

Deno.test(
  { name: "Uploads: if saveTo cannot write a short upload, the response is 500 and no file remains", ignore },
  async () => {
    const folder = await Deno.makeTempDir();
    let path = FULL;
    let url = "";
    const fill = (doc: Document) => {
      url = doc.session_context!.files.acceptUploads(({ saveTo }) => saveTo(path), { maxBytes: 2000 });
    };
    await using server = await serveBokeh({ "/app": fill }, { port: 0 });
    await (await fetch(`${server.url}app`)).body?.cancel();
    const send = async (length: number) => {
      const response = await fetch(new URL(url, server.url), { method: "POST", body: new Uint8Array(length) });
      return [response.status, response.ok ? await response.json() : (await response.text()).includes("No space")];
    };
    assertEquals(await send(1), [500, false]);
    assertEquals(await send(1024), [500, false]);
    path = `${folder}/kept`;
    assertEquals(await send(1024), [200, 1024]);
    assertEquals((await Deno.stat(path)).size, 1024);
    assertEquals(await send(2001), [413, false]);
    assertEquals([...Deno.readDirSync(folder)].length, 1);
    await Deno.remove(folder, { recursive: true });
  },
);

Deno.test({ name: "Uploads: at the file size limit of the process no file remains", ignore }, async () => {
  const folder = await Deno.makeTempDir();
  const app = `${folder}/app.ts`;
  await Deno.writeTextFile(
    app,
    `export default (doc) => {
      doc.title = doc.session_context.files.acceptUploads(({ saveTo }) => saveTo(${JSON.stringify(`${folder}/kept`)}));
    };`,
  );
  await using server = await ServerProcess.start({ apps: [app] });
  const limit = new Deno.Command("prlimit", { args: [`--pid=${server.pid}`, "--fsize=4096:4096"] });
  assertEquals((await limit.output()).success, true);
  const url = `http://localhost:${server.port}/app`;
  const [path] = /\/app\/files\/[\w.-]+/.exec(await (await fetch(url)).text())!;
  const send = async (length: number) => {
    const response = await fetch(new URL(path, url), { method: "POST", body: new Uint8Array(length) });
    await response.body?.cancel();
    return response.status;
  };
  assertEquals(await send(100_000), 500);
  await assertRejects(() => Deno.stat(`${folder}/kept`), Deno.errors.NotFound);
  assertEquals(await send(1000), 200);
  await Deno.remove(folder, { recursive: true });
});
