/** A compiled program with applications, their tasks, the server, BokehJS and static files, used in a Chromium without network. */

import { assert, assertEquals } from "@std/assert";
import { join } from "@std/path";
import { type Compiler, ensureCompiler } from "../../tools/setup/compiler.ts";
import { createProject } from "../kit/project_folder.ts";
import type { Observations } from "./compiled/check_program.ts";

const ROOT = new URL("../../", import.meta.url);

function path(name: string): string {
  return decodeURIComponent(new URL(name, ROOT).pathname);
}

/** Files of a folder application. */
const DASH = {
  "dash/main.ts": `import type { Document } from "@bokeh/server";
import { defineModel, Div, LayoutDOM } from "@bokeh/server/models";
import { text } from "./text.ts";

const Hello = defineModel({ name: "Hello", base: LayoutDOM, view: new URL("./hello_view.ts", import.meta.url) });

export default function (doc: Document): void {
  doc.add_root(new Div({ text: text(3) }));
  doc.add_root(new Hello());
}
`,
  "dash/hello_view.ts": `export default { render: ({ el }: { el: Element }): void => el.append("a custom model") };\n`,
  "dash/text.ts": "export const text = (size: number): string => `size is ${size}`;\n",
  "dash/static/page.css": "h1 { color: rgb(1, 2, 3) }",
  "dash/templates/index.html": `{% extends base %}
{% block inner_body %}<h1>Dash</h1>{{ super() }}{% endblock %}
{% block postamble %}<link rel="icon" href="data:,"><link rel="stylesheet" href="dash/static/page.css">{% endblock %}`,
};

/** An application with tasks: the compiler sees one in an import, the other is only named by a URL. */
const SUMS = {
  "sums.ts": `import type { Document } from "@bokeh/server";
import { Div } from "@bokeh/server/models";
import { sum } from "./sum.ts";

export default function (doc: Document): void {
  const label = new Div({ text: "" });
  doc.add_root(label);
  doc.add_next_tick_callback(async () => {
    const total = await doc.task(sum, [1, 2, 3]);
    label.text = \`total is \${await doc.task<typeof import("./square.ts")>(new URL("./square.ts", import.meta.url), total)}\`;
  });
}
`,
  "sum.ts": `import { defineTask } from "@bokeh/server/tasks";

export const sum = defineTask(import.meta, (values: number[]) => values.reduce((total, value) => total + value, 0));
`,
  "square.ts": "export default (value: number): number => value ** 2;\n",
};

/** Creates a project with the program of the guide, the folder application and the one with tasks. */
async function makeProject(): Promise<string> {
  const program = await Deno.readTextFile(path("examples/standalone.ts"));
  return await createProject({
    ...DASH,
    ...SUMS,
    "powers.ts": await Deno.readTextFile(path("examples/powers.ts")),
    "standalone.ts": `import sums from "./sums.ts";\n` +
      program.replace("serveBokeh({ ", `serveBokeh({ "/sums": sums, "/dash": new URL("dash", import.meta.url), `),
  });
}

/** Runs the command `build`, and then the command of the guide. */
async function compile({ deno, args, env }: Compiler, cwd: string): Promise<string> {
  const build = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", path("mod.ts"), "build", "dash"],
    cwd,
    stdin: "null",
  }).output();
  assert(build.success, new TextDecoder().decode(build.stderr));
  const guide = await Deno.readTextFile(path("docs/compiling.md"));
  const [, given] = /^deno compile (--include .*)$/m.exec(guide)!;
  const { success, stderr } = await new Deno.Command(deno, {
    args: ["compile", "--quiet", "--no-check", ...args, "--include", "square.ts", ...given!.split(" ")],
    env,
    cwd,
    stdin: "null",
  }).output();
  assert(success, new TextDecoder().decode(stderr));
  return join(cwd, "powers");
}

Deno.test("deno compile: the program needs no network and no other files", {
  ignore: Deno.build.os !== "linux",
  sanitizeOps: false,
  sanitizeResources: false,
}, async () => {
  const folder = await makeProject();
  const empty = await Deno.makeTempDir();
  const program = join(empty, "powers");
  await Deno.rename(await compile(await ensureCompiler(), folder), program);
  await Deno.remove(folder, { recursive: true });
  const checker = `ip link set lo up && exec "${Deno.execPath()}" run -A --cached-only "${
    path("tests/browser/compiled/check_program.ts")
  }" "${program}"`;
  const { success, stdout, stderr } = await new Deno.Command("unshare", {
    args: ["--net", ...(Deno.uid() === 0 ? [] : ["--map-root-user"]), "sh", "-c", checker],
    cwd: empty,
    stdin: "null",
  }).output();
  assert(success, new TextDecoder().decode(stderr));
  const seen: Observations = JSON.parse(new TextDecoder().decode(stdout));
  assertEquals(seen, {
    network: false,
    heights: [9, 27],
    folder: ["rgb(1, 2, 3)", "size is 3", "a custom model"],
    tasks: "total is 36",
    problems: [],
    code: 0,
  });
  await Deno.remove(empty, { recursive: true });
});
