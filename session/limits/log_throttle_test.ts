import { assertEquals } from "@std/assert";
import { LogThrottle } from "./log_throttle.ts";
import { ManualClock } from "../../common/manual_clock.ts";

Deno.test("LogThrottle writes 100 warnings at once, then ten per second, and counts the skipped ones", async () => {
  const clock = new ManualClock();
  const lines: string[] = [];
  const throttle = new LogThrottle(clock, (line) => void lines.push(line));
  for (let i = 0; i < 1000; i++) throttle.warn(`${i}`);
  assertEquals([lines.length, lines[99], lines[100]], [101, "99", lines[100]]);
  await clock.tick(1000);
  for (let i = 0; i < 1000; i++) throttle.warn(`late ${i}`);
  assertEquals(lines.slice(101, 103), ["900 warnings about messages of clients were skipped", "late 0"]);
  assertEquals([lines.length, lines[111]], [113, "late 9"]);
  await clock.tick(3_600_000);
  for (let i = 0; i < 1000; i++) throttle.warn("again");
  assertEquals(lines.length, 113 + 102);
});
