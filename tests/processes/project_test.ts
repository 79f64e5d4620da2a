/** Several processes in a project: they run with its configuration and with the flags of the first process. */

import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { join } from "@std/path";
import { pullSession } from "../../client/mod.ts";
import { Div } from "../../models/mod.ts";
import { ServerProcess } from "../kit/server_process.ts";
import { createProject } from "../kit/project_folder.ts";

const CHECKOUT = decodeURIComponent(new URL("../../", import.meta.url).pathname);
const OPTIONS = { ignore: Deno.build.os !== "linux" };

const APP = `import type { Document } from "@bokeh/server";
import { Div } from "@bokeh/server/models";
import { greeting } from "greeting";
export default (doc: Document) => doc.add_root(new Div({ text: greeting }));
`;
const IMPORTS = { "@bokeh/server": "jsr:@bokeh/server@^0.2.0" };
const GREETING = { "greeting": "./lib/greeting.ts" };

/** Creates a project that links this checkout instead of the published package. */
async function makeProject(files: Record<string, string>): Promise<string> {
  const folder = await createProject({ "app.ts": APP, ...files });
  await Deno.mkdir(join(folder, "lib"));
  await Deno.writeTextFile(join(folder, "lib/greeting.ts"), 'export const greeting = "hello from the project";\n');
  return folder;
}

function start(folder: string, flags: string[]): Promise<ServerProcess> {
  const serve = ["serve", "app.ts", "--port", "0", "--num-procs", "2", "--log-level", "None"];
  return ServerProcess.run(["run", ...flags, "jsr:@bokeh/server", ...serve], { cwd: folder });
}

async function commandLine(pid: number): Promise<string[]> {
  return (await Deno.readTextFile(`/proc/${pid}/cmdline`)).split("\0");
}

async function assertGreets({ url }: ServerProcess): Promise<void> {
  await using session = await pullSession({ url });
  assertEquals(session.document.select_one(Div)?.text, "hello from the project");
}

Deno.test("--num-procs: processes use the deno.json and the frozen lock file of the project", OPTIONS, async () => {
  const config = JSON.stringify({ imports: { ...IMPORTS, ...GREETING }, links: [CHECKOUT] });
  const folder = await makeProject({ "deno.json": config });
  const checkoutLock = await Deno.readTextFile(join(CHECKOUT, "deno.lock"));
  await (await start(folder, ["-A"])).stop();
  const lock = await Deno.readTextFile(join(folder, "deno.lock"));
  assertEquals(
    Object.keys(JSON.parse(lock).specifiers).filter((name) =>
      /hono|react|playwright|redis|openid|esbuild|lru-cache|arrow|duckdb/.test(name)
    ),
    [],
  );

  await using program = await start(folder, ["-A", "--frozen"]);
  await assertGreets(program);
  for (const pid of await program.childPids()) assert((await commandLine(pid)).includes("--frozen"));
  assertEquals(await Deno.readTextFile(join(folder, "deno.lock")), lock);
  assertEquals(await Deno.readTextFile(join(CHECKOUT, "deno.lock")), checkoutLock);
  await program.stop();
  await Deno.remove(folder, { recursive: true });
});

Deno.test("--num-procs: processes use the configuration and import map given by flags", OPTIONS, async () => {
  const folder = await makeProject({
    "other.json": JSON.stringify({ links: [CHECKOUT], lock: false }),
    "imports.json": JSON.stringify({
      imports: { ...IMPORTS, "@bokeh/server/": "jsr:/@bokeh/server@^0.2.0/", ...GREETING },
    }),
  });
  await using program = await start(folder, ["-A", "--config", "other.json", "--import-map=imports.json"]);
  await assertGreets(program);
  await program.stop();
  await Deno.remove(folder, { recursive: true });
});

Deno.test("--num-procs: processes have the permissions of the first", OPTIONS, async () => {
  const config = JSON.stringify({ imports: { ...IMPORTS, ...GREETING }, links: [CHECKOUT], lock: false });
  const app = APP.replace(
    "text: greeting",
    'text: String(Deno.permissions.querySync({ name: "read", path: "/etc" }).state)',
  );
  const folder = await makeProject({ "deno.json": config, "app.ts": app });
  const read = `--allow-read=/tmp,${CHECKOUT},${Deno.env.get("HOME")}/.bokeh`;
  const flags = [
    "--no-prompt",
    "--allow-net",
    "--allow-env",
    read,
    "--allow-write=/tmp",
    `--allow-run=${Deno.execPath()}`,
  ];
  await using program = await start(folder, flags);
  await using session = await pullSession({ url: program.url });
  assertStringIncludes(session.document.select_one(Div)!.text!.toString(), "prompt");
  for (const pid of await program.childPids()) assert((await commandLine(pid)).includes(read));
  await session.close();
  await program.stop();
  await Deno.remove(folder, { recursive: true });
});
