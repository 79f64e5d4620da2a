/** Permissions of a program that contains a server and its application. `tests/browser/compiled_test.ts` compiles it. */

import { assert, assertEquals, assertStringIncludes } from "@std/assert";

const PROGRAM = decodeURIComponent(new URL("../examples/standalone.ts", import.meta.url).pathname);

/** Starts a program on a free port. Returns its page and its exit code after SIGTERM. */
async function startAndStop(command: string, args: string[]): Promise<{ page: string; script: number; code: number }> {
  await using child = new Deno.Command(command, { args, env: { PORT: "0" }, stdin: "null", stdout: "piped" }).spawn();
  let printed = "";
  const reader = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
  while (!printed.includes("\n")) {
    const { value, done } = await reader.read();
    if (done) break;
    printed += value;
  }
  try {
    const url = /http:\S+/.exec(printed)![0];
    const page = await (await fetch(url)).text();
    const source = /src="([^"]*bokeh\.min\.js[^"]*)"/.exec(page)![1]!;
    const script = (await (await fetch(new URL(source, url))).text()).length;
    child.kill("SIGTERM");
    return { page, script, code: (await child.status).code };
  } finally {
    await reader.cancel();
  }
}

Deno.test("serveBokeh: needs only the permission for its port", async () => {
  const { page, script, code } = await startAndStop(Deno.execPath(), [
    ...["run", "--cached-only", "--no-prompt", "--allow-net=0.0.0.0", "--allow-env", PROGRAM],
  ]);
  assertStringIncludes(page, "render_items");
  assert(script > 500_000);
  assertEquals(code, 0);
});
