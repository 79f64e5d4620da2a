import { assertEquals } from "@std/assert";
import { systemClock } from "./clock.ts";
import { LongTimer } from "./long_timer.ts";

/** More than a timer of JavaScript can wait. */
const MONTH = 30 * 86_400_000;

/** Resolves after a timer of 1 ms has fired some times: by then a timer that is too long for JavaScript would have fired, too. */
async function turns(count: number): Promise<void> {
  // deno-lint-ignore house/no-test-sleep -- a timer that is cut to its lowest bits would fire meanwhile
  for (let i = 0; i < count; i++) await new Promise((resolve) => setTimeout(resolve, 1));
}

Deno.test("LongTimer waits in parts", async () => {
  const started = performance.now();
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = new LongTimer(resolve, 25, { repeats: false, longest: 10 });
  await promise;
  timer.clear();
  assertEquals(performance.now() - started >= 24, true);
});

Deno.test("LongTimer repeats until it is cleared", async () => {
  let count = 0;
  const { promise, resolve } = Promise.withResolvers<void>();
  const started = performance.now();
  const timer = new LongTimer(() => ++count === 3 && resolve(), 6, { repeats: true, longest: 4 });
  await promise;
  timer.clear();
  assertEquals(performance.now() - started >= 17, true);
  await turns(10);
  assertEquals(count, 3);
});

Deno.test("systemClock takes delays and periods that are longer than those of JavaScript", async () => {
  const fired: string[] = [];
  for (const milliseconds of [2 ** 31, MONTH, 2 ** 40, Infinity]) {
    const timeout = systemClock.setTimeout(() => fired.push(`timeout ${milliseconds}`), milliseconds);
    const interval = systemClock.setInterval(() => fired.push(`interval ${milliseconds}`), milliseconds);
    await turns(3);
    systemClock.clearTimeout(timeout);
    systemClock.clearInterval(interval);
  }
  assertEquals(fired, []);
});
