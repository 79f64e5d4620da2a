/**
 * Runs the conformance suite against this checkout. Arguments are passed to pytest:
 *
 * ```sh
 * deno task conformance -m ws -k patch -x
 * ```
 *
 * @module
 */

import { ensureChromium } from "../setup/chromium.ts";
import { ensurePython } from "../setup/python.ts";

const SUITE = new URL("../../tests/conformance/", import.meta.url);

/**
 * Reads `known_failures.txt`: the tests that are expected to fail, one per line, each with its reason after `#`.
 *
 * @throws {SyntaxError} if a line has no reason
 */
export function readKnownFailures(text: string): { test: string; reason: string }[] {
  return text.split("\n").filter((line) => line.trim() !== "" && !line.startsWith("#")).map((line) => {
    const [test, reason] = line.split(/\s+# /);
    if (!reason) throw new SyntaxError(`Cannot read known_failures.txt: no reason in the line ${line}`);
    return { test: test!.trim(), reason: reason.trim() };
  });
}

/** Returns the Python with pytest, the arguments of pytest, and the environment variables that the suites read. */
async function prepare(args: readonly string[]): Promise<Deno.CommandOptions & { python: string; args: string[] }> {
  const known = readKnownFailures(await Deno.readTextFile(new URL("known_failures.txt", SUITE)));
  return {
    python: await ensurePython(),
    args: ["-m", "pytest", ...known.flatMap(({ test }) => ["--deselect", test]), ...args],
    env: {
      BOKEH_IMPL: Deno.env.get("BOKEH_IMPL") ?? "deno",
      CHROMIUM: await ensureChromium(),
      DENO: Deno.execPath(),
      // The parity tests import the harness of the conformance suite.
      PYTHONPATH: pathOf(SUITE),
      REPO: pathOf(new URL("../..", import.meta.url)),
    },
  };
}

function pathOf(url: URL): string {
  return decodeURIComponent(url.pathname);
}

/**
 * Runs the tests of a folder against this checkout, or against Python's server if `BOKEH_IMPL` is `python`.
 *
 * @param args arguments of pytest
 * @returns pytest's exit code
 */
export async function runSuite(folder: URL, args: readonly string[]): Promise<number> {
  const { python, ...options } = await prepare(args);
  return (await new Deno.Command(python, { ...options, cwd: folder }).spawn().status).code;
}

if (import.meta.main) Deno.exit(await runSuite(SUITE, Deno.args));
