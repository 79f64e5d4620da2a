import { assertEquals } from "@std/assert";
import { countTests, failuresIn } from "./ci.ts";

Deno.test("countTests reads the summary of deno test", () => {
  assertEquals(countTests("running 3 tests\n\nok | 3 passed (2 steps) | 0 failed (12ms)\n", true), {
    passed: 3,
    failed: 0,
  });
  assertEquals(countTests("FAILED | 2 passed | 1 failed | 4 filtered out (12ms)\n", false), { passed: 2, failed: 1 });
});

Deno.test("countTests reads the summary of pytest", () => {
  const line = "====== 1 failed, 20 passed, 3 deselected, 2 errors in 12.34s (0:00:12) ======\n";
  assertEquals(countTests(line, false), { passed: 20, failed: 3 });
});

Deno.test("countTests counts output without a summary as one test, and a crash as a failed test", () => {
  assertEquals(countTests("", true), { passed: 1, failed: 0 });
  assertEquals(countTests("", false), { passed: 0, failed: 1 });
  assertEquals(countTests("ok | 3 passed | 0 failed (1ms)\n", false), { passed: 3, failed: 1 });
});

Deno.test("failuresIn returns the errors of deno test and of pytest, and else the last lines", () => {
  const denoTest =
    "a ... ok\nb ... FAILED\n\n ERRORS \n\nb => ./b_test.ts:1:6\nerror: Error: x\n\n FAILURES \n\nb\n\nFAILED | 1 passed";
  assertEquals(failuresIn(denoTest).split("\n").slice(0, 3), ["ERRORS ", "", "b => ./b_test.ts:1:6"]);
  const pytest = "a.py .F\n===== FAILURES =====\n___ test_a ___\nE  assert 1\n==== 1 failed in 1.00s ====";
  assertEquals(failuresIn(pytest).split("\n").at(1), "___ test_a ___");
  assertEquals(failuresIn("started\nTypeError: y\n"), "started\nTypeError: y");
});
