import { assertEquals, assertRejects, assertStringIncludes, assertThrows } from "@std/assert";
import { currentApplication } from "../application/current_application.ts";
import { ManualClock, settlePromises } from "../common/manual_clock.ts";
import type { ScheduledFunction, ScheduleOptions } from "../document/session_context.ts";
import type { SessionEvent } from "../session/observability/observer.ts";
import { captureLogs } from "../testing/captured_logs.ts";
import { eventually } from "../tests/kit/eventually.ts";
import { ApplicationSchedules } from "./application_schedules.ts";
import { DirectoryClient } from "./processes/directory_client.ts";
import { SessionDirectory } from "./processes/session_directory.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const APPLICATION = {};

/** A process without a group has no directory. */
function alone(): Promise<undefined> {
  return Promise.resolve(undefined);
}

/** Schedules whose clock starts on Saturday, 28 November 2026, 22:30 UTC. */
function newSchedules() {
  const clock = new ManualClock(Date.UTC(2026, 10, 28, 22, 30));
  const events: SessionEvent[] = [];
  const observer = (event: SessionEvent) => void events.push(event);
  const schedules = new ApplicationSchedules({ application: APPLICATION, path: "/sales", clock, observer });
  return { schedules, clock, events };
}

Deno.test("ApplicationSchedules: runs functions at the UTC times of their expressions", async () => {
  const { schedules, clock } = newSchedules();
  const times: [name: string, time: string][] = [];
  const note = (name: string) => () => void times.push([name, new Date(clock.wallTime()).toISOString().slice(5, 16)]);
  schedules.add("0 * * * *", note("hour"));
  schedules.add("30 0 * * SUN", note("by name"));
  schedules.add("45 0 * * 1", note("Sunday is 1, as in Deno.cron"));
  schedules.add("*/20 1 29-30 NOV *", note("steps"));
  await schedules.start(alone);
  await clock.tick(4 * HOUR);
  await schedules.stop(0);
  await clock.tick(4 * HOUR);
  assertEquals(times, [
    ["hour", "11-28T23:00"],
    ["hour", "11-29T00:00"],
    ["by name", "11-29T00:30"],
    ["Sunday is 1, as in Deno.cron", "11-29T00:45"],
    ["hour", "11-29T01:00"],
    ["steps", "11-29T01:00"],
    ["steps", "11-29T01:20"],
    ["steps", "11-29T01:40"],
    ["hour", "11-29T02:00"],
  ]);
  assertEquals(clock.pending, 0);
});

Deno.test("ApplicationSchedules: checks expressions but runs nothing if it is not enabled", async () => {
  const clock = new ManualClock();
  for (const [cron, isValid] of [["* * * * *", true], ["nope", false]] as const) {
    const schedules = new ApplicationSchedules({ application: APPLICATION, path: "/sales", clock, isEnabled: false });
    schedules.add(cron, () => {});
    const started = schedules.start(alone);
    if (isValid) await started;
    else await assertRejects(() => started, TypeError, "nope");
    assertEquals(clock.pending, 0);
  }
});

Deno.test("ApplicationSchedules: follows changes of the system's time", async () => {
  const { schedules, clock } = newSchedules();
  let runs = 0;
  schedules.add("0 * * * *", () => void runs++);
  await schedules.start(alone);
  clock.setWall(-10 * MINUTE);
  await clock.tick(35 * MINUTE);
  assertEquals(runs, 0);
  clock.setWall(3 * HOUR); // the machine has slept
  await clock.tick(MINUTE);
  assertEquals(runs, 1);
  await clock.tick(HOUR);
  assertEquals(runs, 2);
  await schedules.stop(0);
});

Deno.test("ApplicationSchedules: skips a run while the previous one has not ended", async () => {
  using captured = captureLogs();
  const { schedules, clock } = newSchedules();
  const runs: PromiseWithResolvers<void>[] = [];
  schedules.add("* * * * *", () => {
    runs.push(Promise.withResolvers());
    return runs.at(-1)!.promise;
  });
  await schedules.start(alone);
  await clock.tick(3 * MINUTE);
  assertEquals(runs.length, 1);
  assertEquals(captured.logs.filter(({ message }) => message.includes("previous run has not ended")).length, 2);
  runs[0]!.resolve();
  await clock.tick(MINUTE);
  assertEquals(runs.length, 2);
  runs[1]!.resolve();
  await schedules.stop(0);
});

Deno.test("ApplicationSchedules: logs and reports errors, and continues", async () => {
  using captured = captureLogs();
  const { schedules, clock, events } = newSchedules();
  const error = new Error("no database");
  const applications: unknown[] = [];
  schedules.add("* * * * *", async () => {
    applications.push(currentApplication());
    await Promise.resolve();
    throw error;
  });
  await schedules.start(alone);
  await clock.tick(2 * MINUTE);
  await schedules.stop(0);
  assertEquals(events, [{ type: "callbackFailed", error }, { type: "callbackFailed", error }]);
  assertEquals(applications, [APPLICATION, APPLICATION]);
  assertStringIncludes(captured.logs[0]!.message, "/sales");
  assertStringIncludes(captured.logs[0]!.message, "no database");
});

Deno.test("ApplicationSchedules: stopping aborts the signal and waits for runs until the deadline", async () => {
  using captured = captureLogs();
  const { schedules, clock, events } = newSchedules();
  const stuck = Promise.withResolvers<void>();
  let starts = 0;
  schedules.add("* * * * *", async ({ signal }) => {
    starts++;
    await new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
  });
  schedules.add("* * * * *", () => stuck.promise);
  await schedules.start(alone);
  await clock.tick(MINUTE);
  let hasStopped = false;
  const stopped = schedules.stop(10_000).then(() => hasStopped = true);
  await clock.tick(9_000);
  assertEquals(hasStopped, false);
  await clock.tick(1_000);
  await stopped;
  await clock.tick(5 * MINUTE);
  assertEquals(captured.logs.map(({ message }) => message), [
    "The scheduled functions of /sales have not ended in time",
  ]);
  assertEquals([starts, events], [1, []]);
  stuck.resolve();
});

Deno.test("ApplicationSchedules: refuses invalid expressions, no functions, and late calls", async () => {
  for (const cron of ["61 * * * *", "* * * * * *", "nope", "0 0 30 2 *", "0 0 * * 0", ""]) {
    const { schedules, clock } = newSchedules();
    schedules.add("* * * * *", () => {});
    schedules.add(cron, () => {});
    await assertRejects(() => schedules.start(alone), TypeError, `Cannot schedule ${JSON.stringify(cron)} of /sales`);
    assertEquals(clock.pending, 0);
  }
  const { schedules } = newSchedules();
  assertThrows(() => schedules.add("* * * * *", "run" as never), TypeError, "string is not a function");
  await schedules.start(alone);
  assertThrows(() => schedules.add("* * * * *", () => {}), Error, "onServerLoaded");
});

Deno.test("ApplicationSchedules: one process of a group runs them, and another continues when it has ended", async () => {
  const folder = await Deno.makeTempDir({ prefix: "bokeh-" });
  {
    using stack = new DisposableStack();
    stack.use(new SessionDirectory(folder, "secret"));
    const runs: string[] = [];
    const startAt = async (index: number) => {
      const client = stack.use(
        await DirectoryClient.connect({ folder, index, secret: "secret", addressOf: String, sharesData: true }),
      );
      const { schedules, clock } = newSchedules();
      const add = (name: string, options: ScheduleOptions) => {
        const run: ScheduledFunction = () => void runs.push(`${name} ${index}`);
        schedules.add("* * * * *", run, options);
      };
      add("one", {});
      add("every", { everyProcess: true });
      await schedules.start(() => Promise.resolve(client));
      stack.defer(() => void schedules.stop(0));
      return { client, clock };
    };
    const [first, second] = [await startAt(0), await startAt(1)];
    for (const _ of [1, 2]) {
      runs.length = 0;
      await first.clock.tick(MINUTE);
      await eventually(() => runs.length === 2);
      await second.clock.tick(MINUTE);
      // the answer of the directory to `find` follows that to the claim of the schedule
      await second.client.find("");
      await settlePromises();
      assertEquals(runs.toSorted(), ["every 0", "every 1", "one 0"]);
    }
    first.client[Symbol.dispose]();
    await eventually(async () => {
      await second.clock.tick(MINUTE);
      await second.client.find("");
      return runs.includes("one 1");
    });
  }
  await Deno.remove(folder, { recursive: true });
});

Deno.test("ApplicationSchedules: a function with atStart runs all the time, and again after it has ended", async () => {
  using captured = captureLogs();
  const { schedules, clock } = newSchedules();
  const runs: PromiseWithResolvers<void>[] = [];
  schedules.add("* * * * *", async ({ signal }) => {
    const run = Promise.withResolvers<void>();
    signal.addEventListener("abort", () => run.resolve());
    runs.push(run);
    await run.promise;
  }, { atStart: true });
  await schedules.start(alone);
  assertEquals(runs.length, 1);
  await clock.tick(3 * MINUTE);
  assertEquals(runs.length, 1);
  runs[0]!.resolve();
  await settlePromises();
  await clock.tick(MINUTE);
  assertEquals(runs.length, 2);
  await schedules.stop(0);
  assertEquals(captured.logs, []);
});
