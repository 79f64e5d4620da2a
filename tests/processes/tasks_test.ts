/** Tasks of many sessions of one server. */

import { assert, assertEquals } from "@std/assert";
import { type ClientSession, pullSession } from "../../client/mod.ts";
import { ColumnDataSource, Slider } from "../../models/mod.ts";
import { eventually } from "../kit/eventually.ts";
import { ServerProcess } from "../kit/server_process.ts";

const APP = decodeURIComponent(new URL("task_sums.ts", import.meta.url).pathname);
const SESSIONS = 50;
const TASKS_PER_SESSION = 20;
/** Growth of the memory that 3,000 tasks may cause, in MiB: their inputs and results take 48 MiB. */
const MAX_GROWTH = 32;

/** Returns the memory of a process in MiB. */
async function memoryOf(pid: number): Promise<number> {
  const [, kilobytes] = /VmRSS:\s+(\d+)/.exec(await Deno.readTextFile(`/proc/${pid}/status`))!;
  return Number(kilobytes) / 1024;
}

/** Runs tasks in each of many sessions at once, and checks all results. */
async function runTasks(url: string, first: number): Promise<void> {
  const values = Array.from({ length: TASKS_PER_SESSION }, (_, i) => first + i);
  await Promise.all(Array.from({ length: SESSIONS }, async () => {
    const session = await pullSession({ url });
    for (const value of values) {
      session.document.select_one(Slider)!.value = value;
      await session.flushed();
    }
    await eventually(() => rowsOf(session).length > TASKS_PER_SESSION, "all tasks of a session have ended", 60);
    const expected = [[0, 0], ...values.map((value) => [value, 1000 * value])];
    assertEquals(rowsOf(session).toSorted(([a = 0], [b = 0]) => a - b), expected);
    await session.close();
  }));
}

function rowsOf({ document }: ClientSession): number[][] {
  const { value, total } = document.select_one(ColumnDataSource)!.data;
  return Array.from(value as number[], (item, i) => [item, total[i]]);
}

Deno.test({
  name: "tasks: 1,000 of 50 sessions at once return the right results, and keep no memory",
  ignore: Deno.build.os !== "linux",
}, async () => {
  await using server = await ServerProcess.serve(APP, "--port", "0", "--unused-session-lifetime", "100");
  // until the heap has the size at which garbage is collected
  for (let round = 0; round < 3; round++) await runTasks(server.url, 1000 * round + 1);
  const before = await memoryOf(server.pid);
  for (let round = 3; round < 6; round++) await runTasks(server.url, 1000 * round + 1);
  const growth = await memoryOf(server.pid) - before;
  assert(growth < MAX_GROWTH, `${growth.toFixed(1)} MiB more`);
});
