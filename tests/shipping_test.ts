/** One program that is a server with its application: what it may do, and that it needs no network but its own port. */

import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { join } from "@std/path";

const PROGRAM = decodeURIComponent(new URL("../examples/standalone.ts", import.meta.url).pathname);

/** Starts a program on a free port, and answers what a visitor gets of it. */
async function visit(command: string, args: string[]): Promise<{ page: string; script: number }> {
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
    return { page, script };
  } finally {
    child.kill("SIGTERM");
    await reader.cancel();
  }
}

Deno.test("a program with its application needs its port and no other permission", async () => {
  const { page, script } = await visit(Deno.execPath(), [
    ...["run", "--cached-only", "--no-prompt", "--allow-net=0.0.0.0", "--allow-env", PROGRAM],
  ]);
  assertStringIncludes(page, "render_items");
  assert(script > 500_000);
});

Deno.test("deno compile makes one file of it, where Deno can fetch what it puts that on", async () => {
  const folder = await Deno.makeTempDir();
  const file = join(folder, "powers");
  const { success, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["compile", "--no-check", "--cached-only", "--allow-net=0.0.0.0", "--allow-env", "--output", file, PROGRAM],
    stdin: "null",
  }).output();
  const said = new TextDecoder().decode(stderr);
  if (success) {
    assert((await visit(file, [])).script > 500_000);
  } else assertEquals(/Setting up base binary/.test(said), true, said);
  await Deno.remove(folder, { recursive: true });
});
