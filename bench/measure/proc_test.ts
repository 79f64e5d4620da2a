import { assertEquals, assertGreater } from "@std/assert";
import { memoryOf, parseBusySeconds, parseMemory, parseProcessSeconds, processSeconds } from "./proc.ts";

Deno.test("parseProcessSeconds: adds user, system and children's time for any program name", () => {
  const stat = "42 (a) b (c)) S 1 42 42 0 -1 4194560 900 0 0 0 120 30 7 3 20 0 1 0 100 1000 200";
  assertEquals(parseProcessSeconds(stat), 1.6);
});

Deno.test("parseBusySeconds: does not count idle and iowait", () => {
  assertEquals(parseBusySeconds("cpu  100 10 50 9999 8888 5 15 20 0 0\ncpu0 1 1 1 1\n"), 2);
});

Deno.test("parseMemory: reads only Pss and Rss", () => {
  const rollup = "5000-6000 ---p 00000000 00:00 0  [rollup]\nRss:   1728 kB\nPss:    295 kB\nPss_Dirty:  116 kB\n";
  assertEquals(parseMemory(rollup), { pss: 295 * 1024, rss: 1728 * 1024 });
});

Deno.test({
  name: "processSeconds, memoryOf: read this process",
  ignore: Deno.build.os !== "linux",
  fn: () => {
    assertGreater(processSeconds(Deno.pid), 0);
    assertGreater(memoryOf(Deno.pid).rss, 10e6);
  },
});
