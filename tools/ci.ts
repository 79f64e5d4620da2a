/**
 * Runs every check and every test there is, and ends with one line that counts them.
 *
 * @module
 */

import { ensureChromium } from "./setup/chromium.ts";
import { ensureNginx } from "./setup/nginx.ts";
import { ensurePython } from "./setup/python.ts";
import { ensureRedis, ensureValkey } from "./setup/redis.ts";

/** What a step says of itself. */
export interface Count {
  passed: number;
  failed: number;
}

interface Step {
  readonly name: string;
  readonly task: readonly string[];
}

/** In the order of their speed: what is quick to fail comes first. */
const STEPS: readonly Step[] = [
  { name: "checks", task: ["ok:static"] },
  { name: "unit tests", task: ["test"] },
  { name: "tests of whole servers", task: ["test:server"] },
  { name: "soak", task: ["soak", "--minutes", "3"] },
  { name: "browser tests", task: ["test:browser"] },
  { name: "tests with Python", task: ["test:python"] },
  { name: "conformance with Python", task: ["conformance", "-m", "http or ws or session or document or client"] },
  { name: "parity with Python's server", task: ["parity"] },
  { name: "conformance in browsers", task: ["conformance", "-m", "browser or embed"] },
  { name: "conformance of the program", task: ["conformance", "-m", "auth or cli"] },
  // no figure is too bad: what counts is that all of it can be measured, and the figures are kept
  { name: "bench", task: ["bench", "--smoke", "--json", "bench.json"] },
];

/** A step that takes longer hangs: it is ended, and counts as a failure. */
const STEP_MILLISECONDS = 20 * 60_000;

/** Reads the closing lines of `deno test` and of pytest; a step without any counts as one. */
export function countTests(output: string, success: boolean): Count {
  const count = { passed: 0, failed: 0 };
  for (const [, passed, failed] of output.matchAll(/^(?:ok|FAILED) \| (\d+) passed.*? \| (\d+) failed/gm)) {
    count.passed += Number(passed);
    count.failed += Number(failed);
  }
  for (const [, summary] of output.matchAll(/^=+ (.*) in [\d.]+s.* =+$/gm)) {
    for (const [, number, what] of summary!.matchAll(/(\d+) (passed|failed|errors?)\b/g)) {
      count[what === "passed" ? "passed" : "failed"] += Number(number);
    }
  }
  if (count.passed + count.failed === 0) count.passed = success ? 1 : 0;
  if (!success && count.failed === 0) count.failed = 1;
  return count;
}

/** Runs a task with its output shown, and counts. */
async function runStep(step: Step): Promise<Count> {
  console.log(`\n--- ${step.name}`);
  const started = performance.now();
  const child = new Deno.Command(Deno.execPath(), {
    args: ["task", ...step.task],
    env: { NO_COLOR: "1" },
    stdin: "null",
    stdout: "piped",
    stderr: "inherit",
    signal: AbortSignal.timeout(STEP_MILLISECONDS),
  }).spawn();
  let output = "";
  for await (const text of child.stdout.pipeThrough(new TextDecoderStream())) {
    output += text;
    await Deno.stdout.write(new TextEncoder().encode(text));
  }
  const count = countTests(output, (await child.status).success);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`--- ${step.name}: ${count.passed} passed, ${count.failed} failed in ${seconds} s`);
  return count;
}

if (import.meta.main) {
  await ensurePython();
  await ensureChromium();
  await ensureNginx();
  await ensureRedis();
  await ensureValkey();
  const total: Count = { passed: 0, failed: 0 };
  for (const step of STEPS) {
    const { passed, failed } = await runStep(step);
    total.passed += passed;
    total.failed += failed;
  }
  console.log(`\n${total.passed} passed, ${total.failed} failed`);
  Deno.exit(total.failed === 0 ? 0 : 1);
}
