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

/** The arguments of pytest and the environment of the suite. */
async function prepare(args: string[]): Promise<{ python: string; args: string[]; env: Record<string, string> }> {
  const known = readKnownFailures(await Deno.readTextFile(new URL("known_failures.txt", SUITE)));
  const checkout = decodeURIComponent(new URL("..", import.meta.url).pathname);
  return {
    python: await ensurePython(),
    args: ["-m", "pytest", ...known.flatMap(({ test }) => ["--deselect", test]), ...args],
    env: {
      BOKEH_IMPL: Deno.env.get("BOKEH_IMPL") ?? "deno",
      CHROMIUM: await ensureChromium(),
      DENO: Deno.execPath(),
      REPO: checkout,
    },
  };
}

if (import.meta.main) {
  const { python, args, env } = await prepare(Deno.args);
  const { code } = await new Deno.Command(python, { args, env, cwd: SUITE }).spawn().status;
  Deno.exit(code);
}
