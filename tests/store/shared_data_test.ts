/** Columns and values that the servers of one session store share. */

import { assertEquals } from "@std/assert";
import { type ClientSession, pullSession } from "../../client/mod.ts";
import { ColumnDataSource, Div, Slider } from "../../models/mod.ts";
import { eventually } from "../kit/eventually.ts";
import { RedisServer } from "../kit/redis_server.ts";
import { ServerProcess } from "../kit/server_process.ts";

const APP = decodeURIComponent(new URL("../processes/shared_feed.ts", import.meta.url).pathname);
const SECRET = "0123456789abcdef0123456789abcdef";

const OPTIONS = { ignore: Deno.build.os !== "linux", sanitizeOps: false, sanitizeResources: false };

async function serve(store: string, ...options: string[]): Promise<ServerProcess> {
  const env = { BOKEH_SECRET_KEY: SECRET, BOKEH_SESSION_STORE: store };
  return await ServerProcess.serve(env, APP, "--port", "0", "--session-ids", "signed", ...options);
}

async function open(server: ServerProcess): Promise<ClientSession> {
  return await pullSession({ url: server.url, secretKey: SECRET });
}

function valuesOf({ document }: ClientSession): number[] {
  return [...document.select_one(ColumnDataSource)!.data.value];
}

function lastOf({ document }: ClientSession): string {
  return document.select_one({ type: Div, name: "last" })!.text;
}

async function move(session: ClientSession, from: number, count = 20): Promise<number[]> {
  const values = Array.from({ length: count }, (_, index) => from + index);
  for (const value of values) {
    session.document.select_one(Slider)!.value = value;
    await session.flushed();
  }
  return values;
}

/** Waits until sessions show the same rows, of which there is this number. */
async function converge(sessions: readonly ClientSession[], rows: number): Promise<void> {
  const agree = () => {
    const [first, ...others] = sessions.map((session) => `${valuesOf(session)} ${lastOf(session)}`);
    return valuesOf(sessions[0]!).length === rows && others.every((other) => other === first);
  };
  await eventually(agree, `all sessions show the same ${rows} rows`, 60);
}

async function close(...sessions: readonly ClientSession[]): Promise<void> {
  await Promise.allSettled(sessions.map((session) => session.close()));
}

Deno.test(
  "shared data: servers of one Redis make the same changes, through faults of the engine",
  OPTIONS,
  async () => {
    await using engine = await RedisServer.start("redis");
    const one = await serve(engine.url);
    await using two = await serve(engine.url);
    const [a, b] = [await open(one), await open(two)];
    const sent = await Promise.all([move(a, 100), move(b, 500)]);
    await converge([a, b], 41);
    assertEquals(valuesOf(a).slice(1).toSorted((x, y) => x - y), sent.flat());

    engine.kill("SIGSTOP");
    const whileFrozen = move(a, 200, 3);
    const alsoWhileFrozen = move(b, 600, 3);
    engine.kill("SIGCONT");
    await Promise.all([whileFrozen, alsoWhileFrozen]);
    await converge([a, b], 47);

    await one.kill();
    await using three = await serve(engine.url);
    const c = await open(three);
    assertEquals(valuesOf(c), valuesOf(b));
    await move(c, 300, 2);
    await converge([b, c], 49);

    await engine.restart(); // empty
    await Promise.all([move(b, 700, 3), move(c, 800, 3)]);
    await converge([b, c], 55);
    await close(a, b, c);
  },
);

Deno.test("shared data: processes of two servers with one SQLite file make the same changes", OPTIONS, async () => {
  const folder = await Deno.makeTempDir();
  const store = `sqlite:${folder}/sessions.db`;
  const one = await serve(store, "--num-procs", "2");
  await using two = await serve(store);
  const sessions = await Promise.all([one, one, one, two].map(open));
  const sent = await Promise.all(sessions.map((session, index) => move(session, 100 * (index + 1), 5)));
  await converge(sessions, 21);
  assertEquals(valuesOf(sessions[3]!).slice(1).toSorted((x, y) => x - y), sent.flat());

  await close(...sessions);
  await one.stop();
  await two.stop();
  await using again = await serve(store);
  const session = await open(again);
  assertEquals([valuesOf(session).length, lastOf(session)], [21, `${valuesOf(session).at(-1)}`]);
  await close(session);
  await again.stop();
  await Deno.remove(folder, { recursive: true });
});
