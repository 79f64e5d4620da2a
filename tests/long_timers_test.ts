/** Durations beyond the maximum of JavaScript's timers (24.8 days), which would fire at once. */

import { assertEquals, assertStringIncludes } from "@std/assert";
import { type Document, serveBokeh } from "@bokeh/server";
import { captureLogs } from "../testing/captured_logs.ts";
import { example, runProgram } from "./kit/server_process.ts";

const MONTH = 30 * 86_400_000;

/** Calls `seen` each time a short callback of the application has run. */
function countOf(doc: Document, long: () => void, enough: () => void): void {
  doc.add_periodic_callback(long, MONTH);
  doc.add_periodic_callback(long, Number.MAX_SAFE_INTEGER);
  doc.add_timeout_callback(long, 2 ** 31);
  doc.add_timeout_callback(long, MONTH);
  let short = 0;
  doc.add_periodic_callback(() => ++short === 20 && enough(), 5);
}

Deno.test("long timers: callbacks with periods and delays of a month do not run at once", async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  let long = 0;
  await using server = await serveBokeh((doc) => countOf(doc, () => long++, resolve), { port: 0 });
  await (await fetch(server.url)).body?.cancel();
  await promise;
  assertEquals(long, 0);
});

Deno.test("long timers: all durations of a server can be months", async () => {
  using captured = captureLogs();
  await using server = await serveBokeh((doc) => void (doc.title = "t"), {
    port: 0,
    checkUnusedSessionsMilliseconds: MONTH,
    unusedSessionLifetimeMilliseconds: MONTH,
    statsLogFrequencyMilliseconds: MONTH,
    memLogFrequencyMilliseconds: MONTH,
    drainMilliseconds: MONTH,
    sessionTokenExpiration: 365 * 86_400,
    limits: { openingMilliseconds: MONTH, stallMilliseconds: MONTH, slowCallbackMilliseconds: MONTH },
  });
  await (await fetch(server.url)).body?.cancel();
  // deno-lint-ignore bokeh-server/no-test-sleep -- a truncated timer would fire meanwhile
  for (let i = 0; i < 20; i++) await new Promise((resolve) => setTimeout(resolve, 1));
  assertEquals(server.getSessions("/").length, 1);
  const periodic = captured.logs.filter(({ message }) => message.startsWith("Memory:") || message.includes("unused"));
  assertEquals(periodic, []);
});

Deno.test("long timers: the program refuses a too long --keep-alive and states the maximum", async () => {
  const { code, stderr } = await runProgram("serve", example("sliders"), "--keep-alive", String(MONTH), "--port", "0");
  assertEquals(code === 0, false);
  assertStringIncludes(stderr, "2592000000 is greater than 2147483647");
});
