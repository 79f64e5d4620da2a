/** A server with several processes: each session has one owner, and no process is left behind. */

import { assert, assertEquals } from "@std/assert";
import { type ClientSession, pullSession } from "../../client/mod.ts";
import { Div, Slider } from "../../models/mod.ts";
import { tokenOf } from "../../handlers/handler_test_support.ts";
import { ServerProcess } from "../kit/server_process.ts";
import { eventually } from "../kit/eventually.ts";

const APP = decodeURIComponent(new URL("counted.ts", import.meta.url).pathname);

async function tokenOfPage(url: string): Promise<string> {
  return tokenOf(await (await fetch(url)).text());
}

function pidOf({ document }: ClientSession): number {
  return Number(document.select_one(Div)?.text);
}

/** A session and the process that owns it. */
async function open(url: string, token: string): Promise<{ session: ClientSession; pid: number }> {
  const session = await pullSession({ url, token });
  return { session, pid: pidOf(session) };
}

async function isAlive(pid: number): Promise<boolean> {
  return await Deno.stat(`/proc/${pid}`).then(() => true, () => false);
}

Deno.test({
  name: "--num-procs: a session is found in its process, and pages do not run the application",
  ignore: Deno.build.os !== "linux",
}, async () => {
  const file = await Deno.makeTempFile();
  await using program = await ServerProcess.serve(APP, "--port", "0", "--num-procs", "2", "--args", file);
  const pids = new Set<number>();
  for (let count = 0; count < 12; count++) {
    const token = await tokenOfPage(program.url);
    await using first = (await open(program.url, token)).session;
    first.document.select_one(Slider)!.value = 7;
    await first.flushed();
    for (let again = 0; again < 3; again++) {
      const { session, pid } = await open(program.url, token);
      assertEquals(pid, pidOf(first));
      assertEquals(session.document.select_one(Slider)!.value, 7);
      await session.close();
    }
    pids.add(pidOf(first));
  }
  assertEquals(pids.size, 2);
  assertEquals((await Deno.readTextFile(file)).trim().split("\n").length, 12);
  assertEquals(await program.stop(), 0);
  for (const pid of pids) assert(!await isAlive(pid));
  await Deno.remove(file);
});

Deno.test({
  name: "--num-procs: a killed process is replaced, and the sessions of the others continue",
  ignore: Deno.build.os !== "linux",
}, async () => {
  await using program = await ServerProcess.serve(APP, "--port", "0", "--num-procs", "2", "--log-level", "None");
  const sessions = new Map<number, { token: string; session: ClientSession }>();
  while (sessions.size < 2) {
    const token = await tokenOfPage(program.url);
    const { session, pid } = await open(program.url, token);
    if (sessions.has(pid)) await session.close();
    else sessions.set(pid, { token, session });
  }
  const [[server, lost], [survivor, kept]] = [...sessions] as [
    [number, { token: string; session: ClientSession }],
    [number, { token: string; session: ClientSession }],
  ];
  kept.session.document.select_one(Slider)!.value = 42;
  await kept.session.flushed();

  Deno.kill(server, "SIGKILL");

  // The replacement owns the session of this token from now on.
  await eventually(async () => {
    const found = await open(program.url, lost.token).catch(() => undefined);
    await found?.session.close();
    return found !== undefined && found.pid !== server;
  });
  const { session, pid } = await open(program.url, kept.token);
  assertEquals(pid, survivor);
  assertEquals(session.document.select_one(Slider)!.value, 42);
  await Promise.allSettled([session.close(), kept.session.close(), lost.session.close()]);
});

Deno.test(
  { name: "--num-procs: the processes exit with the one that started them", ignore: Deno.build.os !== "linux" },
  async () => {
    await using program = await ServerProcess.serve(APP, "--port", "0", "--num-procs", "2", "--log-level", "None");
    const pids = new Set<number>();
    while (pids.size < 2) {
      const { session, pid } = await open(program.url, await tokenOfPage(program.url));
      pids.add(pid);
      await session.close();
    }
    await program.kill();
    for (const pid of pids) await eventually(async () => !await isAlive(pid));
  },
);

Deno.test({
  name: "--num-procs: /metrics of each process contains the figures of all",
  ignore: Deno.build.os !== "linux",
}, async () => {
  await using program = await ServerProcess.serve(
    APP,
    "--port",
    "0",
    "--num-procs",
    "2",
    "--metrics",
    "--log-level",
    "None",
  );
  const { session } = await open(program.url, await tokenOfPage(program.url));
  const text = await (await fetch(new URL("/metrics", program.url))).text();
  const living = [...text.matchAll(/^bokeh_sessions\{process="(\d)",app="\/counted"\} (\d)$/gm)];
  assertEquals(living.map(([, process]) => process).sort(), ["0", "1"]);
  assertEquals(living.reduce((sum, [, , count]) => sum + Number(count), 0), 1);
  await session.close();
});
