import { assertEquals } from "@std/assert";
import { systemClock } from "./clock.ts";
import { LongTimer } from "./long_timer.ts";

/** Longer than the longest timer of JavaScript. */
const MONTH = 30 * 86_400_000;

/**
 * Waits for `count` timers of 1 ms. A timer that is too long for JavaScript would have fired by
 * then.
 */
async function turns(count: number): Promise<void> {
  // deno-lint-ignore bokeh-server/no-test-sleep -- a timer that JavaScript truncates would fire meanwhile
  for (let i = 0; i < count; i++) await new Promise((resolve) => setTimeout(resolve, 1));
}

Deno.test("LongTimer fires after its delay, which it splits into parts", async () => {
  const started = performance.now();
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = new LongTimer(resolve, 25, { repeats: false, longest: 10 });
  await promise;
  timer.clear();
  assertEquals(performance.now() - started >= 24, true);
});

Deno.test("LongTimer repeats until clear() is called", async () => {
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

Deno.test("systemClock accepts delays and periods longer than 2 ** 31 - 1 milliseconds", async () => {
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
