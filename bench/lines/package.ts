/** What the package costs before it does anything: its import, and the first check of an application's types. */

import { join } from "@std/path";
import { PackageRegistry } from "../../tests/kit/package_registry.ts";
import type { Goal, Line } from "../line.ts";
import { run, type Where } from "../measure/run_job.ts";
import { median } from "../measure/statistics.ts";
import { DENO } from "../servers/commands.ts";

const APPS = decodeURIComponent(new URL("../apps/", import.meta.url).pathname);
const SLIDERS = decodeURIComponent(new URL("../../tests/apps/sliders.ts", import.meta.url).pathname);

/** Milliseconds; the bare server's are those of an empty module. */
export const packageLines: readonly Line[] = [
  importLine("import", "import of `@bokeh/server`, over an empty module", "package.ts", { atMost: 60 }),
  importLine("import-all", "import of all entry points of the package, over an empty module", "imports.ts"),
  {
    id: "check",
    title: "cold `deno check` of sliders, the package from a registry",
    unit: "ms",
    servers: ["ours", "bare"],
    goal: { atMost: 3000 },
    async measure(server) {
      await using registry = await PackageRegistry.publish();
      const folder = await Deno.makeTempDir();
      const application = await Deno.readTextFile(SLIDERS);
      await Deno.writeTextFile(join(folder, "app.ts"), server === "ours" ? application : "export {};\n");
      const imports = { "@bokeh/server": "jsr:@bokeh/server" };
      await Deno.writeTextFile(join(folder, "deno.json"), JSON.stringify({ imports }));
      const took: number[] = [];
      for (let i = 0; i < 3; i++) {
        await registry.forget();
        took.push(await timeOf([Deno.execPath(), "check", "app.ts"], { cwd: folder, env: registry.environment }));
      }
      await Deno.remove(folder, { recursive: true });
      return { value: median(took) };
    },
  },
];

function importLine(id: string, title: string, module: string, goal?: Goal): Line {
  return {
    id,
    title,
    unit: "ms",
    servers: ["ours"],
    ...(goal && { goal }),
    async measure() {
      const whole: number[] = [];
      const empty: number[] = [];
      // One beside the other, and the best of all: what else the machine does comes and goes, and only adds.
      for (let i = 0; i < 10; i++) {
        whole.push(await timeOf([...DENO, join(APPS, module)]));
        empty.push(await timeOf([...DENO, join(APPS, "nothing.ts")]));
      }
      const [best, bestEmpty] = [Math.min(...whole), Math.min(...empty)];
      return { value: best - bestEmpty, further: { whole: best, empty: bestEmpty } };
    },
  };
}

/** Milliseconds until a command has ended well. */
async function timeOf(command: string[], where: Where = {}): Promise<number> {
  const started = performance.now();
  await run(command, "", where);
  return performance.now() - started;
}
