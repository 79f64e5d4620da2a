/** `openPage` of @bokeh/server/testing/browser, as authors use it in tests. */

import { assertEquals, assertRejects } from "@std/assert";
import type { Document } from "@bokeh/server";
import { Button, ColumnDataSource, Div, GlobalInlineStyleSheet, Slider } from "@bokeh/server/models";
import { figure } from "@bokeh/server/plotting";
import { openPage } from "@bokeh/server/testing/browser";
import { ensureChromium } from "../../tools/setup/chromium.ts";

/** Playwright does not close its connection and timers during a test. */
const SANITIZERS = { sanitizeOps: false, sanitizeResources: false };

function app(doc: Document): void {
  const slider = new Slider({ name: "slider", start: 0, end: 10, value: 1 });
  const text = new Div({
    name: "text",
    text: new TextDecoder().decode(doc.session_context!.request!.arguments.greet?.[0]),
  });
  const button = new Button({ name: "button", label: "Count" });
  const source = new ColumnDataSource({ name: "source", data: { x: Float64Array.of(0, 1), y: [0, 1] } });
  const plot = figure({ width: 300, height: 200 });
  plot.line({ x: "x", y: "y", source });
  slider.on_change("value", async (_attr, _old, value) => {
    await Deno.stat(new URL(import.meta.url));
    if (value === 9) throw new Error("Cannot take 9");
    text.text = `value ${value}`;
    source.stream({ x: [Number(value)], y: [Number(value)] });
  });
  button.on_click(() => button.label += "!");
  for (const root of [slider, text, button, plot]) doc.add_root(root);
}

Deno.test("openPage: a test can use a page and read its state", SANITIZERS, async (t) => {
  await using page = await openPage(app, {
    launch: { executablePath: await ensureChromium() },
    arguments: { greet: "hello" },
  });

  await t.step("get() returns values of the browser", async () => {
    assertEquals(await page.get("text", "text"), "hello");
    assertEquals(await page.get("source", "data"), { x: [0, 1], y: [0, 1] });
  });

  await t.step("set() waits for async callbacks of the server", async () => {
    await page.set("slider", "value", 4);
    assertEquals(await page.get("text", "text"), "value 4");
    assertEquals(await page.get("source", "data"), { x: [0, 1, 4], y: [0, 1, 4] });
  });

  await t.step("click() uses the mouse", async () => {
    await page.click("button");
    await page.click("button");
    assertEquals(await page.get("button", "label"), "Count!!");
  });

  await t.step("screenshot() is a picture", async () => {
    assertEquals([...(await page.screenshot()).subarray(1, 4)], [...new TextEncoder().encode("PNG")]);
  });

  await t.step("a missing model is reported", async () => {
    await assertRejects(() => page.get("missing", "text"), TypeError, 'a model named "missing"');
    await assertRejects(() => page.set("slider", "valeu", 1), TypeError, "Slider.valeu");
  });

  await t.step("set() rejects with the error of the application", async () => {
    await assertRejects(() => page.set("slider", "value", 9), Error, "Cannot take 9");
    assertEquals(page.errors.length > 0, true);
  });
});

Deno.test(
  "openPage: reports a resource that the page cannot load, unless the test tolerates it",
  SANITIZERS,
  async () => {
    const listener = Deno.listen({ port: 0, hostname: "127.0.0.1" });
    const font = `http://127.0.0.1:${listener.addr.port}/font.woff2`;
    // Nothing listens on this port any more.
    listener.close();
    const withFont = (doc: Document) => {
      const css = `@font-face { font-family: Far; src: url(${font}); }`;
      const stylesheets = [new GlobalInlineStyleSheet({ css })];
      doc.add_root(new Div({ name: "text", text: "far", stylesheets, styles: { "font-family": "Far" } }));
    };
    const options = { launch: { executablePath: await ensureChromium() } };
    const isFailed = "[...document.fonts].some((font) => font.status === 'error')";
    {
      await using page = await openPage(withFont, { ...options, tolerateFailedRequest: (url) => url === font });
      await page.page.waitForFunction(isFailed);
      assertEquals(await page.get("text", "text"), "far");
    }
    await assertRejects(
      async () => {
        await using page = await openPage(withFont, options);
        await page.page.waitForFunction(isFailed);
      },
      Error,
      `Page cannot load ${font}`,
    );
  },
);
