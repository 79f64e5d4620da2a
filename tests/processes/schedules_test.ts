/** `onSchedule` in a group of two processes. */

import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { join } from "@std/path";
import { eventually } from "../kit/eventually.ts";
import { createProject } from "../kit/project_folder.ts";
import { ServerProcess } from "../kit/server_process.ts";

const APP = `import type { Document, ServerContext } from "@bokeh/server";

export function onServerLoaded(server: ServerContext): void {
  const note = (name: string) => {
    const minute = new Date(Date.now()).toISOString().slice(0, 16);
    Deno.writeTextFileSync("runs.txt", \`\${name} \${Deno.pid} \${minute}\\n\`, { append: true });
  };
  server.onSchedule("* * * * *", () => note("one"));
  server.onSchedule("* * * * *", () => note("every"), { everyProcess: true });
  server.onSchedule("* * * * *", async () => {
    await Promise.reject(new Error("no database today"));
  });
  server.onSchedule("* * * * *", async ({ signal }) => {
    await new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
  });
}

export default function (_doc: Document): void {}
`;
const FAST_CLOCK = decodeURIComponent(new URL("../kit/fast_clock.ts", import.meta.url).pathname);

Deno.test({
  name: "onSchedule: one of two processes runs a function, and the other continues when it is killed",
  ignore: Deno.build.os !== "linux",
}, async () => {
  const folder = await createProject({ "app.ts": APP, "runs.txt": "" });
  const args = ["serve", "app.ts", "--port", "0", "--num-procs", "2"];
  {
    await using program = await ServerProcess.run(
      ["run", "-A", "--preload", FAST_CLOCK, "jsr:@bokeh/server", ...args],
      { cwd: folder, env: { CLOCK_START: `${Date.now()}` } },
    );
    const runs = async (name: string) => {
      const lines = (await Deno.readTextFile(join(folder, "runs.txt"))).trim().split("\n");
      return lines.map((line) => line.split(" ")).filter(([of]) => of === name);
    };
    await eventually(async () => (await runs("one")).length >= 2, "the function has run twice");
    const [[, owner]] = await runs("one") as [string[]];
    await eventually(async () => new Set((await runs("every")).map(([, pid]) => pid)).size === 2, "both processes run");
    const before = await runs("one");
    assertEquals(before.map(([, pid]) => pid), before.map(() => owner));

    Deno.kill(Number(owner), "SIGKILL");
    const others = async () => (await runs("one")).filter(([, pid]) => pid !== owner);
    await eventually(async () => (await others()).length >= 2, "the function runs in another process");
    await eventually(async () => (await program.childPids()).length === 2, "the process is replaced");

    const after = await others();
    assertEquals(new Set(after.map(([, pid]) => pid)).size, 1);
    for (const minutes of [before, after].map((part) => part.map(([, , minute]) => minute))) {
      assertEquals(minutes, [...new Set(minutes)]);
    }
    assertEquals(await program.stop(), 0);
    assertStringIncludes(program.log, "of /app failed: Error: no database today");
    assertStringIncludes(program.log, "its previous run has not ended");
    assert(!program.log.includes("have not ended in time"), program.log);
  }
  await Deno.remove(folder, { recursive: true });
});
