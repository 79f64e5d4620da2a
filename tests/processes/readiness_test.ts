/** Applications that fail: `/readyz` reports it, and the log contains the line of the application. */

import { assertEquals, assertMatch, assertRejects, assertStringIncludes } from "@std/assert";
import { join } from "@std/path";
import { pullSession } from "../../client/mod.ts";
import { example, ServerProcess } from "../kit/server_process.ts";
import { createProject } from "../kit/project_folder.ts";

const FAILING = `import type { Document } from "@bokeh/server";

export default function (_doc: Document): void {
  throw new Error("no data today");
}
`;
const HOOKS = `export function onServerLoaded(): void {
  throw new Error("no database");
}
export default function (): void {}
`;

async function readiness({ url }: ServerProcess): Promise<[status: number, text: string]> {
  const response = await fetch(new URL("/readyz", url));
  return [response.status, (await response.text()).trim()];
}

for (const args of [["--session-creation", "page"], ["--session-creation", "connect"], ["--num-procs", "2"]]) {
  Deno.test({
    name: `/readyz: an application that throws is not ready, and the log has its line (${args.join(" ")})`,
    ignore: Deno.build.os !== "linux",
  }, async () => {
    const folder = await createProject({ "failing.ts": FAILING });
    const log = join(folder, "server.log");
    const serve = ["jsr:@bokeh/server", "serve", "failing.ts", "--port", "0", "--log-file", log, ...args];
    const start = (...more: string[]) => ServerProcess.run(["run", "-A", ...serve, ...more], { cwd: folder });
    {
      await using program = await start();
      assertEquals(await readiness(program), [200, "ok"]);
      await assertRejects(() => pullSession({ url: program.url, reconnect: false }));
    }
    const text = await Deno.readTextFile(log);
    assertStringIncludes(text, "no data today");
    assertMatch(text, /failing\.ts:4:9/);
    {
      await using program = await start("--readiness-probe");
      assertEquals(await readiness(program), [503, "no session of /failing can be opened"]);
    }
    await Deno.remove(folder, { recursive: true });
  });
}

for (const processes of ["1", "2"]) {
  Deno.test({
    name: `/readyz: ${processes} processes whose onServerLoaded throws are not ready`,
    ignore: Deno.build.os !== "linux",
  }, async () => {
    const folder = await createProject({ "hooks.ts": HOOKS });
    const serve = ["serve", "hooks.ts", "--port", "0", "--num-procs", processes, "--log-level", "None"];
    await using program = await ServerProcess.run(["run", "-A", "jsr:@bokeh/server", ...serve], { cwd: folder });
    assertEquals(await readiness(program), [503, "onServerLoaded of /hooks failed"]);
    const health = await fetch(new URL("/healthz", program.url));
    assertEquals([health.status, await health.text()], [200, "ok\n"]);
    await program.stop();
    await Deno.remove(folder, { recursive: true });
  });
}

Deno.test("/readyz: leaves no session behind and caches its result", async () => {
  const args = ["--port", "0", "--readiness-probe", "--metrics", "--log-level", "None"];
  await using program = await ServerProcess.serve(example("sliders"), ...args);
  for (let count = 0; count < 5; count++) assertEquals(await readiness(program), [200, "ok"]);
  const figures = await (await fetch(new URL("/metrics", program.url))).text();
  assertMatch(figures, /^bokeh_sessions\{app="\/sliders"\} 0$/m);
  assertMatch(figures, /^bokeh_sessions_created_total\{app="\/sliders"\} 1$/m);
});
