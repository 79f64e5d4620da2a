/** Notebooks: outputs of Deno's real kernel, shown in Chromium. Scripts: show() and save(). */

import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { TextLineStream } from "@std/streams/text-line-stream";
import { join } from "@std/path";
import { ensurePython } from "../../tools/setup/python.ts";
import { eventually } from "../kit/eventually.ts";
import { createProject } from "../kit/project_folder.ts";
import { openBrowser, problemsOf } from "./browser.ts";

const SANITIZERS = { sanitizeOps: false, sanitizeResources: false };

const CELLS = [
  `import { figure } from "@bokeh/server/plotting";
import { Button, Div } from "@bokeh/server/models";
import { column } from "@bokeh/server/layouts";
import { output_notebook, show } from "@bokeh/server/io";
output_notebook({ resources: "inline" });`,
  `const plot = figure({ width: 300, height: 200, title: "a cell" });
plot.line({ x: [1, 2, 3], y: [4, 6, 5] });
plot`,
  `column([new Div({ text: "a layout" }), new Button({ label: "widget" })])`,
  `const text = new Div({ text: "before" });
const shown = await show(text);`,
  `text.text = "after an update";
await shown.update();`,
  `let clicks = 0;
const live = await show((doc) => {
  const button = new Button({ label: "Press" });
  const count = new Div({ text: "no clicks" });
  button.on_click(() => void (count.text = "clicks in the kernel: " + ++clicks));
  doc.add_root(column([button, count]));
});`,
  `import { defineModel, LayoutDOM } from "@bokeh/server/models";
const Stamp = defineModel({
  name: "NotebookStamp",
  base: LayoutDOM,
  properties: ({ Str }) => ({ text: [Str, ""] }),
  view: "module.exports = { render({ model, el }) { el.textContent = 'stamp ' + model.get('text'); } };",
});
new Stamp({ text: "of a cell" })`,
  `await show((doc) => void doc.add_root(new Stamp({ text: "of an application" })));`,
];

/** Positions of the cells that show something. */
const SHOWING: ReadonlySet<number> = new Set([1, 2, 3, 5, 6, 7]);

/** An output of a cell. */
interface Output {
  readonly output_type: string;
  readonly data: Readonly<Record<string, string>>;
}

/** Runs cells with Deno's kernel, which ends when the result is disposed of. */
async function runNotebook(folder: string, cells: readonly string[]) {
  const kernels = join(folder, "jupyter", "kernels", "deno-under-test");
  await Deno.mkdir(kernels, { recursive: true });
  const argv = [Deno.execPath(), "jupyter", "--kernel", "--conn", "{connection_file}"];
  await Deno.writeTextFile(
    join(kernels, "kernel.json"),
    JSON.stringify({ argv, display_name: "Deno", language: "typescript" }),
  );
  const script = decodeURIComponent(new URL("./run_notebook.py", import.meta.url).pathname);
  const python = new Deno.Command(await ensurePython(), {
    args: [script, folder, "deno-under-test"],
    env: { JUPYTER_PATH: join(folder, "jupyter"), NO_COLOR: "1" },
    stdin: "piped",
    stdout: "piped",
  }).spawn();
  const input = python.stdin.getWriter();
  await input.write(
    new TextEncoder().encode(`${JSON.stringify(cells.map((text, index) => [text, SHOWING.has(index)]))}\n`),
  );
  const lines = python.stdout.pipeThrough(new TextDecoderStream()).pipeThrough(new TextLineStream()).getReader();
  const { value } = await lines.read();
  assert(value !== undefined, "the notebook failed: see standard error");
  return {
    outputs: JSON.parse(String(value)) as Output[][],
    async [Symbol.asyncDispose](): Promise<void> {
      await input.close();
      await lines.cancel();
      await python.status;
    },
  };
}

Deno.test("notebook: cells show models, updates and live applications", SANITIZERS, async (t) => {
  const folder = await createProject({});
  await using notebook = await runNotebook(folder, CELLS);
  const [, figure, layout, updated, , live, stamp, stampLive] = notebook.outputs;
  assertEquals(figure!.map(({ output_type }) => output_type), ["execute_result"]);
  assertStringIncludes(figure![0]!.data["text/plain"]!, "Figure");
  const html = [figure, layout, updated, live, stamp, stampLive].flatMap((outputs) =>
    outputs!.map(({ data }) => data["text/html"])
  );
  const page = `<!DOCTYPE html><link rel="icon" href="data:,"><body>${html.join("\n<hr>\n")}</body>`;
  await using site = Deno.serve(
    { port: 0, hostname: "127.0.0.1", onListen: () => {} },
    () => new Response(page, { headers: { "content-type": "text/html; charset=utf-8" } }),
  );
  await using browser = await openBrowser();
  const shown = await browser.newPage();
  const problems = problemsOf(shown);
  await shown.goto(`http://127.0.0.1:${site.addr.port}/`);

  await t.step("a figure and a layout as last values", async () => {
    await eventually(async () =>
      await shown.evaluate(`Bokeh.documents.some((doc) => doc.roots()[0]?.title?.text === "a cell" && doc.is_idle)`)
    );
    await shown.getByText("a layout").waitFor();
    await shown.getByText("widget").waitFor();
  });

  await t.step("show(), and update() of what it has shown", async () => {
    await shown.getByText("after an update").waitFor();
    assertEquals(await shown.getByText("before").count(), 0);
  });

  await t.step("an application, whose callbacks run in the kernel", async () => {
    await shown.getByText("no clicks").waitFor();
    await shown.getByText("Press").click();
    await shown.getByText("clicks in the kernel: 1").waitFor();
  });

  await t.step("custom models, in a figure and in an application", async () => {
    await shown.getByText("stamp of a cell").waitFor();
    await shown.getByText("stamp of an application").waitFor();
  });
  assertEquals(problems, []);
  assertEquals(await shown.evaluate(`document.querySelectorAll("script[src*='/bokeh.min.js']").length`), 0);
});

Deno.test("show() in a script opens a browser, and save() writes a file", SANITIZERS, async () => {
  const folder = await createProject({
    "script.ts": `import { save, show } from "@bokeh/server/io";
import { Button, Div } from "@bokeh/server/models";

const text = new Div({ text: "from a script" });
await save(text, "saved.html", { resources: "inline" });
const file = await show(text, { resources: "inline", browser: Deno.args[0] });
const app = await show((doc) => void doc.add_root(new Div({ text: "live" })), { browser: Deno.args[0] });
console.log(JSON.stringify([file.url, (await fetch(app.url!)).status]));
await app.stop();
`,
  });
  // Stands for a browser: writes the URL that it gets to a file.
  const opener = join(folder, "opener.sh");
  await Deno.writeTextFile(opener, `#!/bin/sh\necho "$1" >> "${folder}/opened.txt"\n`, { mode: 0o755 });
  const { stdout, stderr, code } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", "script.ts", opener],
    cwd: folder,
    stdin: "null",
  }).output();
  assertEquals(code, 0, new TextDecoder().decode(stderr));
  const [url, status] = JSON.parse(new TextDecoder().decode(stdout));
  assertEquals(status, 200);
  await eventually(async () => {
    const text = await Deno.readTextFile(join(folder, "opened.txt")).catch(() => "");
    return text.includes(url) && text.includes("http://");
  });
  await using browser = await openBrowser();
  for (const address of [url, `file://${folder}/saved.html`]) {
    const page = await browser.newPage();
    await page.goto(address);
    await page.getByText("from a script").waitFor();
  }
});
