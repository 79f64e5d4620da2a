import { assertEquals } from "@std/assert";
import { Attempts } from "./attempts.ts";

Deno.test("Attempts delays attempts after failed ones, twice as long each time, up to a quarter of an hour", () => {
  const attempts = new Attempts(2);
  const delays = Array.from({ length: 4 }, () => {
    attempts.fail("a", 0);
    return attempts.delay("a", 0);
  });
  assertEquals(delays, [0, 1000, 2000, 4000]);
  for (let i = 0; i < 50; i++) attempts.fail("a", 0);
  assertEquals(attempts.delay("a", 0), 900_000);
  assertEquals(attempts.delay("a", 900_000), 0);
  assertEquals(attempts.delay("b", 0), 0);
  attempts.succeed("a");
  assertEquals(attempts.delay("a", 0), 0);
});

Deno.test("Attempts forgets the oldest of many names", () => {
  const attempts = new Attempts(0);
  for (let i = 0; i <= 10_000; i++) attempts.fail(`name ${i}`, 0);
  assertEquals([attempts.delay("name 0", 0), attempts.delay("name 1", 0)], [0, 2000]);
});
