/**
 * Sessions of a server that is killed, stopped and started again: real processes, SQLite, Redis and
 * Valkey.
 */

import { assert, assertEquals } from "@std/assert";
import { ServerProcess } from "../kit/server_process.ts";
import { eventually } from "../kit/eventually.ts";
import { RedisServer } from "../kit/redis_server.ts";
import { idOf, textOf, unsignedToken } from "../kit/messages.ts";
import { WireClient } from "../kit/wire_client.ts";
import { tokenOf } from "../../handlers/handler_test_support.ts";
import { freePort } from "../../cli/processes/workers.ts";

const DASHBOARD = decodeURIComponent(new URL("apps/dashboard.ts", import.meta.url).pathname);
const SECRET = "0123456789abcdef0123456789abcdef";

Deno.test("durable sessions: in SQLite, no change that was answered with OK is lost after SIGKILL", async () => {
  await using store = await sqliteFile();
  const port = freePort("127.0.0.1");
  const start = () => ServerProcess.serve(DASHBOARD, "--port", `${port}`, "--session-store", store.name);
  const first = await start();
  const token = unsignedToken("a-session");
  using client = await WireClient.connect(port, "a-session", { path: "/dashboard/ws", token });
  const slider = idOf(await client.pull(), "slider");
  let answered = 0;
  for (let value = 2; value < 200; value++) {
    assertEquals(await client.patch({ kind: "ModelChanged", model: { id: slider }, attr: "value", new: value }), "OK");
    answered = value;
  }
  // A further change is in transit when the process is killed.
  const unanswered = client.patch({ kind: "ModelChanged", model: { id: slider }, attr: "value", new: 1000 });
  await first.kill();
  await unanswered.catch(() => {});
  client.close();

  await using _second = await start();
  using again = await WireClient.connect(port, "a-session", { path: "/dashboard/ws", token });
  const doc = await again.pull();
  const text = textOf(doc, "answer");
  assert([answered, 1000].includes(Number(/frequency (\d+)/.exec(text)?.[1])), text);
  assert(/change (198|199)/.test(text), text);
  await again.patch({ kind: "ModelChanged", model: { id: slider }, attr: "value", new: 7 });
  assertEquals(textOf(await again.pull(), "answer").startsWith("frequency 7, "), true);
});

Deno.test("durable sessions: continue after a restart of a server with several processes", async () => {
  await using store = await sqliteFile();
  const port = freePort("127.0.0.1");
  const start = () =>
    ServerProcess.serve(DASHBOARD, "--port", `${port}`, "--num-procs", "2", "--session-store", store.name);
  const token = unsignedToken("another-session");
  const first = await start();
  using client = await WireClient.connect(port, "another-session", { path: "/dashboard/ws", token });
  const slider = idOf(await client.pull(), "slider");
  await client.patch({ kind: "ModelChanged", model: { id: slider }, attr: "value", new: 5 });
  const closed = client.socket.closeCode();
  const stopping = performance.now();
  await first.stop();
  // this client does not answer the close frame: the server waits for it a second, not until its deadline
  assert(performance.now() - stopping < 9000);
  assertEquals(await closed, 1012);
  await using _second = await start();
  using again = await WireClient.connect(port, "another-session", { path: "/dashboard/ws", token });
  assertEquals(textOf(await again.pull(), "answer"), "frequency 5, change 1");
});

Deno.test("durable sessions: continue in another server through Redis after SIGKILL", async () => {
  await using redis = await RedisServer.start("redis");
  const env = { BOKEH_SECRET_KEY: SECRET, BOKEH_SESSION_STORE: `redis://127.0.0.1:${redis.port}` };
  const start = () => ServerProcess.serve(env, DASHBOARD, "--port", "0", "--session-ids", "signed");
  const first = await start();
  const page = await fetch(first.url);
  const token = tokenOf(await page.text());
  using client = await WireClient.connect(first.port, "", { path: "/dashboard/ws", token });
  const slider = idOf(await client.pull(), "slider");
  await client.patch({ kind: "ModelChanged", model: { id: slider }, attr: "value", new: 5 });
  await using second = await start();
  await first.kill();
  client.close();
  // the lease of the first ends after 1.5 s
  await eventually(async () => {
    try {
      using again = await WireClient.connect(Number(second.port), "", { path: "/dashboard/ws", token });
      return textOf(await again.pull(), "answer") === "frequency 5, change 1";
    } catch {
      return false;
    }
  }, "the session goes on in the other server");
});

Deno.test("durable sessions: a server that stops while Redis is frozen closes its websockets with 1012", async () => {
  await using redis = await RedisServer.start("redis");
  const env = { BOKEH_SECRET_KEY: SECRET, BOKEH_SESSION_STORE: `redis://127.0.0.1:${redis.port}` };
  const server = await ServerProcess.serve(env, DASHBOARD, "--port", "0", "--session-ids", "signed", "--drain", "1000");
  const token = tokenOf(await (await fetch(server.url)).text());
  using client = await WireClient.connect(server.port, "", { path: "/dashboard/ws", token });
  const slider = idOf(await client.pull(), "slider");
  redis.kill("SIGSTOP");
  // The answer waits for the store.
  const unanswered = client.patch({ kind: "ModelChanged", model: { id: slider }, attr: "value", new: 5 });
  unanswered.catch(() => {});
  const closed = client.socket.closeCode();
  await server.stop();
  redis.kill("SIGCONT");
  assertEquals(await closed, 1012);
});

async function sqliteFile(): Promise<AsyncDisposable & { name: string }> {
  const folder = await Deno.makeTempDir({ prefix: "bokeh-" });
  return {
    name: `sqlite:${folder}/sessions.db`,
    [Symbol.asyncDispose]: () => Deno.remove(folder, { recursive: true }),
  };
}
