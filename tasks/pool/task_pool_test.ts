import { assert, assertEquals, assertRejects } from "@std/assert";
import { compute, fail, scale, sum, wait } from "../../tests/kit/tasks/sample_tasks.ts";
import { eventually } from "../../tests/kit/eventually.ts";
import type { Task } from "../task.ts";
import { TaskError } from "../task_error.ts";
import type { TaskCall } from "./job.ts";
import { TaskPool, type TaskPoolOptions } from "./task_pool.ts";

const OPTIONS: TaskPoolOptions = {
  workers: 2,
  minWorkers: 0,
  memoryMegabytes: 64,
  timeoutMilliseconds: 60_000,
  idleMilliseconds: 60_000,
  waitingPerSession: 1000,
  graceMilliseconds: 100,
};

function call<I, R>(task: Task<I, never, R> | Task<I, number, R>, input: I, more: Partial<TaskCall> = {}): TaskCall {
  return { url: task.url, index: task.index, input, owner: OPTIONS, ...more };
}

Deno.test("TaskPool reuses its Workers, and ends them when they are not used", async () => {
  using pool = new TaskPool({ ...OPTIONS, workers: 1, idleMilliseconds: 20 });
  const threads = new Set<string>();
  for (let i = 0; i < 3; i++) {
    const { thread } = await pool.run(call(scale, { values: new Float64Array(1), factor: 1 })) as { thread: string };
    threads.add(thread);
  }
  assertEquals([threads.size, pool.size], [1, 1]);
  await eventually(() => pool.size === 0, "the Worker has ended");
});

Deno.test("TaskPool starts the Workers that are kept, and replaces all for changed modules", async () => {
  using pool = new TaskPool({ ...OPTIONS, minWorkers: 1, idleMilliseconds: 1 });
  await pool.warmUp();
  assertEquals(pool.size, 1);
  const input = { values: new Float64Array(1), factor: 1 };
  const before = await pool.run(call(scale, input)) as { thread: string };
  pool.recycle();
  const after = await pool.run(call(scale, input)) as { thread: string };
  assert(before.thread !== after.thread);
});

Deno.test("TaskPool moves the buffers of a result, and those of the input on request", async () => {
  using pool = new TaskPool(OPTIONS);
  const values = new Float64Array(1000).fill(1);
  assertEquals(await pool.run(call(sum, values)), 1000);
  assertEquals(values.length, 1000);
  assertEquals(await pool.run(call(sum, values, { transfer: [values.buffer] })), 1000);
  assertEquals(values.length, 0);
});

const ENDS = [["heap", "out_of_memory"], ["heap later", "out_of_memory"], ["exit", "worker_ended"], [
  "crash",
  "worker_ended",
], ["clone", "not_cloneable"]] as const;
for (const [how, expected] of ENDS) {
  Deno.test(`TaskPool runs further tasks after one that ends by: ${how}`, async () => {
    using pool = new TaskPool({ ...OPTIONS, workers: 1 });
    const error = await assertRejects(() => pool.run(call(fail, how)), TaskError);
    assertEquals(error.code, expected, error.message);
    assertEquals(await pool.run(call(sum, Float64Array.of(1, 2))), 3);
    assertEquals([pool.size, pool.pending, pool.waiting, pool.stuckWorkers], [1, 0, 0, 0]);
  });
}

for (
  const [what, start] of [
    ["wait for ever", (pool: TaskPool) => pool.run(call(wait, undefined, { timeoutMilliseconds: 1 }))],
    ["compute too long", (pool: TaskPool) => {
      return pool.run(call(compute, { milliseconds: 1000, polls: false }, { timeoutMilliseconds: 1 }));
    }],
  ] as const
) {
  Deno.test(`TaskPool runs further tasks after more tasks than it has Workers that ${what}`, async () => {
    using pool = new TaskPool({ ...OPTIONS, workers: 1, graceMilliseconds: 1 });
    for (let i = 0; i < 4; i++) await assertRejects(() => start(pool), DOMException, "time limit of 1 ms");
    assertEquals(await pool.run(call(sum, Float64Array.of(1, 2))), 3);
    await eventually(() => pool.stuckWorkers === 0, "all code has ended");
  });
}

Deno.test("TaskPool rejects a task that exceeds its time limit, and replaces its Worker", async () => {
  using pool = new TaskPool({ ...OPTIONS, workers: 1 });
  await pool.run(call(sum, new Float64Array(1))); // the Worker has started
  const never = call(compute, { milliseconds: Infinity, polls: false }, { timeoutMilliseconds: 100 });
  const error = await assertRejects(() => pool.run(never), DOMException, "time limit of 100 ms");
  assertEquals(error.name, "TimeoutError");
  assertEquals(await pool.run(call(sum, Float64Array.of(1, 2))), 3);
  await eventually(() => pool.stuckWorkers === 0, "V8 has stopped the code of the task");
});

Deno.test("TaskPool cancels a task whose code has no await, if it polls, in the same Worker", async () => {
  using pool = new TaskPool({ ...OPTIONS, workers: 1, graceMilliseconds: 10_000 });
  const controller = new AbortController();
  const more = { signal: controller.signal };
  const result = pool.run(call(compute, { milliseconds: 60_000, polls: true }, more));
  result.catch(() => {});
  const next = pool.run(call(sum, Float64Array.of(1, 2)));
  controller.abort(new Error("not needed"));
  await assertRejects(() => result, Error, "not needed");
  assertEquals(await next, 3);
  assertEquals(pool.stuckWorkers, 0);
});

Deno.test("TaskPool lets sessions take turns, and limits what a session may leave waiting", async () => {
  using pool = new TaskPool({ ...OPTIONS, workers: 1, waitingPerSession: 4 });
  const order: string[] = [];
  const [one, other] = [{}, {}];
  const run = (name: string, owner: object) =>
    pool.run(call(compute, { milliseconds: 1, polls: false }, { owner })).then(() => void order.push(name));
  const runs = ["a1", "a2", "a3", "a4", "a5"].map((name) => run(name, one));
  runs.push(run("b1", other));
  await assertRejects(() => run("a6", one), TaskError, "4 tasks are waiting");
  await Promise.all(runs);
  assertEquals(order, ["a1", "a2", "b1", "a3", "a4", "a5"]);
});

Deno.test("TaskPool runs 1,000 tasks of 50 sessions", async () => {
  using pool = new TaskPool(OPTIONS);
  const owners = Array.from({ length: 50 }, () => ({}));
  const results = await Promise.all(Array.from({ length: 1000 }, async (_, i) => {
    const values = new Float64Array(100).fill(i);
    return await pool.run(call(sum, values, { owner: owners[i % 50]!, transfer: [values.buffer] }));
  }));
  assertEquals(results, Array.from({ length: 1000 }, (_, i) => i * 100));
  assertEquals([pool.size, pool.pending, pool.waiting], [2, 0, 0]);
});
