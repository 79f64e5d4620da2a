/** `html --live`: pages whose applications run in Chromium, without a server. */

import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { join } from "@std/path";
import type { Page } from "playwright-core";
import { createProject } from "../kit/project_folder.ts";
import { serveFolder } from "../kit/static_host.ts";
import { example } from "../kit/server_process.ts";
import { openBrowser, openPage } from "./browser.ts";

const SANITIZERS = { sanitizeOps: false, sanitizeResources: false };
const MAIN = decodeURIComponent(new URL("../../mod.ts", import.meta.url).pathname);

async function build(cwd: string, ...args: string[]): Promise<{ code: number; text: string }> {
  const { code, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", MAIN, "html", "--live", ...args],
    cwd,
    env: { NO_COLOR: "1" },
    stdin: "null",
  }).output();
  return { code, text: new TextDecoder().decode(stderr) };
}

const APP = `import { curdoc, type Document } from "@bokeh/server";
import { column } from "@bokeh/server/layouts";
import { Button, ColumnDataSource, defineModel, Div, LayoutDOM } from "@bokeh/server/models";

const Badge = defineModel({
  name: "LiveBadge",
  base: LayoutDOM,
  properties: ({ Int }) => ({ count: [Int, 0] }),
  view: new URL("./badge_view.ts", import.meta.url),
});

export default function (doc: Document): void {
  const text = new Div({ text: "start", name: "text" });
  const badge = new Badge();
  const button = new Button({ label: "Press" });
  const source = new ColumnDataSource({ data: { x: Float64Array.of(1, 2, 3) } });
  button.on_click(async () => {
    await new Promise((resolve) => setTimeout(resolve, 10));
    badge.count += 1;
    text.text = "pressed " + badge.count + " in " + curdoc().title;
    source.stream({ x: Float64Array.of(4) });
  });
  let ticks = 0;
  doc.add_periodic_callback(() => { doc.title = "tick " + Math.min(3, ++ticks); }, 50);
  doc.add_root(column([text, badge, button]));
  doc.add_root(source);
  doc.title = "Live";
}
`;

const VIEW = `export default {
  render({ model, el }) {
    const show = () => el.textContent = "badge " + model.get("count");
    model.on("change:count", show);
    show();
  },
};
`;

async function use(page: Page): Promise<void> {
  await page.getByText("badge 0").waitFor();
  await page.waitForFunction(`document.title === "tick 3"`);
  await page.getByText("Press").click();
  await page.getByText("badge 1").waitFor();
  await page.getByText("pressed 1 in tick 3").waitFor();
  const length =
    `[...Bokeh.documents[0]._all_models.values()].find(({ type }) => type === "ColumnDataSource").data.x.length`;
  await page.waitForFunction(`${length} === 4`);
}

Deno.test("html --live: callbacks, timers and custom models run in one file, and in a folder", SANITIZERS, async () => {
  const folder = await createProject({ "app.ts": APP, "badge_view.ts": VIEW });
  assertEquals(await build(folder, "app.ts", "--resources", "inline"), { code: 0, text: "" });
  assertEquals(await build(folder, "app.ts", "--output", "site/"), { code: 0, text: "" });
  await using browser = await openBrowser();
  const file = await openPage(browser, `file://${folder}/app.html`);
  await use(file.page);
  assertEquals(file.problems, []);

  // A static host.
  await using site = serveFolder(join(folder, "site"));
  const hosted = await openPage(browser, `http://127.0.0.1:${site.addr.port}/`);
  await use(hosted.page);
  assertEquals(hosted.problems, []);
});

Deno.test("html --live: the example with sliders", SANITIZERS, async () => {
  const folder = await Deno.makeTempDir();
  const output = join(folder, "sliders.html");
  assertEquals(await build(folder, example("sliders"), "--resources", "inline", "--output", output), {
    code: 0,
    text: "",
  });
  await using browser = await openBrowser();
  const { page, problems } = await openPage(browser, `file://${output}`);
  const value =
    "[...Bokeh.documents[0]._all_models.values()].find(({ type }) => type === 'ColumnDataSource').data.y[10]";
  const before = await page.evaluate(value);
  await page.evaluate(
    `[...Bokeh.documents[0]._all_models.values()].find(({ title }) => title === "frequency").value = 3`,
  );
  await page.waitForFunction(`${value} !== ${before}`);
  assertEquals(problems, []);
  assert((await Deno.stat(output)).size < 4_000_000);
});

Deno.test("html --live: names what browsers do not have, and errors of the application", SANITIZERS, async () => {
  const folder = await createProject({
    "files.ts": `import { readFileSync } from "node:fs";
import type { Document } from "@bokeh/server";
export default function (doc: Document): void {
  // Deno.cwd in a comment does not count
  if (doc.title === "read") doc.title = Deno.readTextFileSync("a.txt") + readFileSync("b.txt");
}
`,
    "broken.ts": "export default function (doc {\n",
  });
  const { code, text } = await build(folder, "files.ts");
  assertEquals(code, 0);
  assertEquals(text.trim().split("\n"), [
    "WARNING: files.ts:1: node:fs does not work in a browser",
    "WARNING: files.ts:5: Deno.readTextFileSync does not work in a browser",
  ]);
  const broken = await build(folder, "broken.ts");
  assertEquals(broken.code, 1);
  assertStringIncludes(broken.text, "broken.ts");
});
