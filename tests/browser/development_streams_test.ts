/** `--dev` with documents that change continuously, and with widgets without a value. */

import { Buffer } from "node:buffer";
import { assertEquals } from "@std/assert";
import { join } from "@std/path";
import { ServerProcess } from "../kit/server_process.ts";
import { openBrowser } from "./browser.ts";

const SANITIZERS = { sanitizeOps: false, sanitizeResources: false };

const STREAMING = `import type { Document } from "@bokeh/server";
import { ColumnDataSource, Div } from "@bokeh/server/models";
import { figure } from "@bokeh/server/plotting";

export default function (doc: Document): void {
  const source = new ColumnDataSource({ data: { x: [0], y: [0] } });
  const plot = figure({ width: 300, height: 200 });
  plot.line({ x: "x", y: "y", source });
  let x = 0;
  doc.add_periodic_callback(() => source.stream({ x: [++x], y: [x % 7] }, 200), 10);
  for (const root of [plot, new Div({ text: "version 0" })]) doc.add_root(root);
}
`;

Deno.test("--dev: shows each saved version of a document that streams every 10 ms", SANITIZERS, async () => {
  const folder = await Deno.makeTempDir();
  const path = join(folder, "streaming.ts");
  await Deno.writeTextFile(path, STREAMING);
  await using program = await ServerProcess.serve(path, "--dev", "--port", "0", "--log-level", "error");
  await using browser = await openBrowser();
  const page = await browser.newPage();
  const errors: string[] = [];
  page.on("pageerror", (error) => errors.push(String(error)));
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") errors.push(message.text());
  });
  await page.goto(program.url);
  await page.getByText("version 0").waitFor();
  await page.evaluate("globalThis.same = true");
  for (let version = 1; version <= 5; version++) {
    await Deno.writeTextFile(path, STREAMING.replace("version 0", `version ${version}`));
    await page.getByText(`version ${version}`).waitFor();
    const rows = "Bokeh.documents[0].roots()[0].renderers[0].data_source.data.x.length";
    await page.waitForFunction(`${rows} > 20`);
  }
  assertEquals(errors, []);
  assertEquals(await page.evaluate("globalThis.same"), true);
  assertEquals(await program.stop(), 0);
  await Deno.remove(folder, { recursive: true });
});

const UNSET = `import type { Document } from "@bokeh/server";
import { Div, FileInput, Slider } from "@bokeh/server/models";

export default function (doc: Document): void {
  const slider = new Slider({ start: 0, end: 10, value: 1 });
  for (const root of [new FileInput(), slider, new Div({ text: "version 0" })]) doc.add_root(root);
}
`;

Deno.test(
  "--dev: serves widgets without a required value, and keeps the values of the others",
  SANITIZERS,
  async () => {
    const folder = await Deno.makeTempDir();
    const path = join(folder, "upload.ts");
    await Deno.writeTextFile(path, UNSET);
    await using program = await ServerProcess.serve(path, "--dev", "--port", "0", "--log-level", "error");
    await using browser = await openBrowser();
    const page = await browser.newPage();
    assertEquals((await page.goto(program.url))?.status(), 200);
    await page.getByText("version 0").waitFor();
    const chooser = page.locator("input[type=file]");
    await chooser.setInputFiles({ name: "a.txt", mimeType: "text/plain", buffer: Buffer.from("a") });
    await page.evaluate("Bokeh.documents[0].roots()[1].value = 7");
    await page.waitForFunction("Bokeh.documents[0].roots()[0].filename === 'a.txt'");
    await Deno.writeTextFile(path, UNSET.replace("version 0", "version 1"));
    await page.getByText("version 1").waitFor();
    assertEquals(await page.evaluate("Bokeh.documents[0].roots()[1].value"), 7);
    assertEquals(await program.stop(), 0);
    await Deno.remove(folder, { recursive: true });
  },
);
