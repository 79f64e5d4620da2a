/** Lines of the package: its import time, and the time of the first type check of an application. */

import { join } from "@std/path";
import { PackageRegistry } from "../../tests/kit/package_registry.ts";
import type { Goal, Line } from "../line.ts";
import { run, type Where } from "../measure/run_job.ts";
import { median } from "../measure/statistics.ts";
import { DENO, type Tools } from "../servers/commands.ts";
import type { Installation } from "../servers/published_package.ts";

const APPS = decodeURIComponent(new URL("../apps/", import.meta.url).pathname);
const SLIDERS = decodeURIComponent(new URL("../../tests/apps/sliders.ts", import.meta.url).pathname);

/** Import time and type checks. The values of the bare server are those of an empty module. */
export const packageLines: readonly Line[] = [
  ...importLines("import", "import of `@bokeh/server`, minus that of an empty module", "package.ts", { atMost: 60 }),
  ...importLines("import-all", "import of all entry points, minus that of an empty module", "imports.ts"),
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
        await registry.clearCache();
        took.push(await timeOf([Deno.execPath(), "check", "app.ts"], { cwd: folder, env: registry.environment }));
      }
      await Deno.remove(folder, { recursive: true });
      return { value: median(took) };
    },
  },
];

/** Returns a line of the modules of this checkout and one of the published package. */
function importLines(id: string, title: string, module: string, goal?: Goal): Line[] {
  return [
    importLine({ id, title: `${title}; from the checkout`, goal }, module, () => Promise.resolve(CHECKOUT)),
    importLine(
      { id: `${id}-published`, title: `${title}; published package`, goal },
      module,
      ({ published }) => published.install(),
    ),
  ];
}

/** The modules of this checkout. */
const CHECKOUT: Pick<Installation, "command" | "folder"> = { command: DENO, folder: APPS };

function importLine(
  { goal, ...line }: Pick<Line, "id" | "title"> & { goal: Goal | undefined },
  module: string,
  installationOf: (tools: Tools) => Promise<Pick<Installation, "command" | "folder">>,
): Line {
  return {
    ...line,
    unit: "ms",
    servers: ["ours"],
    ...(goal && { goal }),
    async measure(_server, { tools }) {
      const { command, folder } = await installationOf(tools);
      const whole: number[] = [];
      const empty: number[] = [];
      // The minimum of alternating runs: other load of the machine only adds time.
      for (let i = 0; i < 10; i++) {
        whole.push(await timeOf([...command, join(folder, module)]));
        empty.push(await timeOf([...command, join(folder, "empty.ts")]));
      }
      const [best, bestEmpty] = [Math.min(...whole), Math.min(...empty)];
      return { value: best - bestEmpty, further: { whole: best, empty: bestEmpty } };
    },
  };
}

/** Runs a command and returns its duration in milliseconds. */
async function timeOf(command: string[], where: Where = {}): Promise<number> {
  const started = performance.now();
  await run(command, "", where);
  return performance.now() - started;
}
