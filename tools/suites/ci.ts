/**
 * Installs the test environment, then runs all checks, test suites and the bench. Prints the total of passed and failed
 * tests at the end, and exits with 1 if one failed.
 *
 * @module
 */

import { PROGRAMS } from "../setup/main.ts";

/** The number of passed and failed tests of a step. */
export interface Count {
  passed: number;
  failed: number;
}

interface Step {
  readonly name: string;
  readonly task: readonly string[];
}

/** The steps, the fastest first, so that an error shows early. */
const STEPS: readonly Step[] = [
  { name: "checks", task: ["ok:static"] },
  { name: "unit tests", task: ["test"] },
  { name: "tests of whole servers", task: ["test:server"] },
  { name: "soak", task: ["soak", "--minutes", "2"] },
  { name: "browser tests", task: ["test:browser"] },
  { name: "tests with Python", task: ["test:python"] },
  { name: "conformance with Python", task: ["conformance", "-m", "http or ws or session or document or client"] },
  { name: "parity with Python's server", task: ["parity"] },
  { name: "conformance in browsers", task: ["conformance", "-m", "browser or embed"] },
  { name: "conformance of the program", task: ["conformance", "-m", "auth or cli"] },
  // The bench has no limits here: the step fails only if a measurement fails. The figures are kept.
  { name: "bench", task: ["bench", "--smoke", "--json", "bench.json"] },
];

/** The deadline of a step. A step that takes longer is stopped, and counts as failed. */
const STEP_TIMEOUT_MILLISECONDS = 20 * 60_000;

/**
 * Counts tests by the summary lines of `deno test` and pytest.
 *
 * Output without a summary counts as one test, which passed if the step succeeded. A step that failed without a failed
 * test, for example because of a crash, counts as one failed test.
 *
 * @param success whether the step exited with code 0
 */
export function countTests(output: string, success: boolean): Count {
  const count = { passed: 0, failed: 0 };
  for (const [, passed, failed] of output.matchAll(/^(?:ok|FAILED) \| (\d+) passed.*? \| (\d+) failed/gm)) {
    count.passed += Number(passed);
    count.failed += Number(failed);
  }
  for (const [, summary] of output.matchAll(/^=+ (.*) in [\d.]+s.* =+$/gm)) {
    for (const [, number, outcome] of summary!.matchAll(/(\d+) (passed|failed|errors?)\b/g)) {
      count[outcome === "passed" ? "passed" : "failed"] += Number(number);
    }
  }
  if (count.passed + count.failed === 0) count.passed = success ? 1 : 0;
  if (!success && count.failed === 0) count.failed = 1;
  return count;
}

/** At most this many lines of a failed step are printed again at the end. */
const MAXIMUM_FAILURE_LINES = 80;

/** Returns the part of the output of a failed step with the errors: the errors, or else the last lines. */
export function failuresIn(output: string): string {
  const errors = /^ ERRORS $[^]*?(?=^FAILED \|)/m.exec(output) ?? /^=+ (?:FAILURES|ERRORS) =+$[^]*/m.exec(output);
  const lines = (errors?.[0] ?? output).trim().split("\n");
  // The end has the names of the failed tests, and the exception of a program that crashed.
  return lines.slice(-MAXIMUM_FAILURE_LINES).join("\n");
}

/** The result of a step. `failures` has the errors. */
interface StepResult extends Count {
  readonly failures?: string;
}

/** Runs a task, copies its output to the terminal, and counts its tests. */
async function runStep(step: Step): Promise<StepResult> {
  console.log(`\n--- ${step.name}`);
  const started = performance.now();
  const child = new Deno.Command(Deno.execPath(), {
    args: ["task", ...step.task],
    env: { NO_COLOR: "1" },
    stdin: "null",
    stdout: "piped",
    stderr: "inherit",
    signal: AbortSignal.timeout(STEP_TIMEOUT_MILLISECONDS),
  }).spawn();
  let output = "";
  for await (const text of child.stdout.pipeThrough(new TextDecoderStream())) {
    output += text;
    await Deno.stdout.write(new TextEncoder().encode(text));
  }
  const count = countTests(output, (await child.status).success);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`--- ${step.name}: ${count.passed} passed, ${count.failed} failed in ${seconds} s`);
  return count.failed === 0 ? count : { ...count, failures: `--- ${step.name}\n${failuresIn(output)}` };
}

if (import.meta.main) {
  for (const [, ensure] of PROGRAMS) await ensure();
  const total: Count = { passed: 0, failed: 0 };
  const failures: string[] = [];
  for (const step of STEPS) {
    const { passed, failed, failures: text } = await runStep(step);
    total.passed += passed;
    total.failed += failed;
    if (text !== undefined) failures.push(text);
  }
  if (failures.length > 0) {
    console.log(`\nWhat failed:\n\n${failures.join("\n\n")}`);
  }
  console.log(`\n${total.passed} passed, ${total.failed} failed`);
  Deno.exit(total.failed === 0 ? 0 : 1);
}
