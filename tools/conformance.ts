/**
 * Runs the conformance suite against this checkout; arguments go to pytest: `deno task conformance -m ws -k patch -x`.
 *
 * @module
 */

import { ensureChromium } from "./setup/chromium.ts";
import { ensurePython } from "./setup/python.ts";

const SUITE = new URL("../tests/conformance/", import.meta.url);

/** The tests that cannot pass, each with its reason: lines of `known_failures.txt`. */
export function readKnownFailures(text: string): { test: string; reason: string }[] {
  return text.split("\n").filter((line) => line.trim() !== "" && !line.startsWith("#")).map((line) => {
    const [test, reason] = line.split(/\s+# /);
    if (!reason) throw new SyntaxError(`Cannot read known_failures.txt: no reason in the line ${line}`);
    return { test: test!.trim(), reason: reason.trim() };
  });
}

/** The arguments of pytest and the environment of the suites. */
async function prepare(args: readonly string[]): Promise<Deno.CommandOptions & { python: string; args: string[] }> {
  const known = readKnownFailures(await Deno.readTextFile(new URL("known_failures.txt", SUITE)));
  return {
    python: await ensurePython(),
    args: ["-m", "pytest", ...known.flatMap(({ test }) => ["--deselect", test]), ...args],
    env: {
      BOKEH_IMPL: Deno.env.get("BOKEH_IMPL") ?? "deno",
      CHROMIUM: await ensureChromium(),
      DENO: Deno.execPath(),
      // other suites use this one's harness
      PYTHONPATH: pathOf(SUITE),
      REPO: pathOf(new URL("..", import.meta.url)),
    },
  };
}

function pathOf(url: URL): string {
  return decodeURIComponent(url.pathname);
}

/** Runs a folder of tests against this checkout, and answers with pytest's exit code. */
export async function runSuite(folder: URL, args: readonly string[]): Promise<number> {
  const { python, ...options } = await prepare(args);
  return (await new Deno.Command(python, { ...options, cwd: folder }).spawn().status).code;
}

if (import.meta.main) Deno.exit(await runSuite(SUITE, Deno.args));
