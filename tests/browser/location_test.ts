/** The URL of pages follows widgets, and widgets follow the URL: `doc.location`. */

import { assert, assertEquals } from "@std/assert";
import type { Page } from "playwright-core";
import type { Document } from "../../document/document.ts";
import { Range1d, Select, Slider } from "../../models/mod.ts";
import { figure } from "../../plotting/mod.ts";
import { serveBokeh } from "../../server/serve.ts";
import { sqliteStore } from "../../store/sqlite/mod.ts";
import { eventually } from "../kit/eventually.ts";
import { openBrowser, openPage } from "./browser.ts";

const SANITIZERS = { sanitizeOps: false, sanitizeResources: false };

function app(doc: Document): void {
  const frequency = new Slider({ name: "f", title: "frequency", start: 0, end: 10, step: 0.5, value: 1 });
  const city = new Select({ name: "city", options: ["Oslo", "Rome"], value: "Oslo" });
  const plot = figure({ x_range: new Range1d({ start: 0, end: 10 }), width: 300, height: 200, tools: "xpan" });
  plot.line([0, 10], [0, 1]);
  for (const root of [frequency, city, plot]) doc.add_root(root);
  doc.location.sync({ f: frequency, city, x: plot.x_range });
}

function valueOf(page: Page, name: string): Promise<unknown> {
  return page.evaluate(`Bokeh.documents[0].get_model_by_name("${name}").value`);
}

async function search(page: Page, expected: string): Promise<void> {
  await eventually(async () => await page.evaluate("location.search") === expected);
}

/** Drags the handle of the slider by some pixels. `whileDragging` runs before the release. */
async function drag(page: Page, pixels: number, whileDragging: () => Promise<void> = async () => {}): Promise<void> {
  const box = (await page.locator(".bk-Slider .noUi-handle").boundingBox())!;
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width / 2 + pixels, box.y + box.height / 2, { steps: 4 });
  await whileDragging();
  await page.mouse.up();
}

Deno.test("location: the URL follows widgets, and back and forward change them, without eval", SANITIZERS, async () => {
  await using server = await serveBokeh({ "/app": app }, { port: 0, prefix: "/apps", contentSecurityPolicy: true });
  await using browser = await openBrowser();
  const { page, problems } = await openPage(browser, new URL("/apps/app?other=1&city=Rome&f=99#top", server.url).href);
  await search(page, "?other=1&city=Rome"); // 99 is no value of the slider
  assertEquals([await valueOf(page, "f"), await valueOf(page, "city")], [1, "Rome"]);
  const session = server.getSessions("/app")[0]!;
  assertEquals(session.document.location.hash, "#top");

  const entries = await page.evaluate("history.length") as number;
  await drag(page, 60, async () => {
    await eventually(async () => String(await page.evaluate("location.search")).includes("f="));
    assertEquals(await page.evaluate("history.length"), entries);
  });
  await eventually(async () => await page.evaluate("history.length") === entries + 1);
  const chosen = Number(new URLSearchParams(await page.evaluate("location.search") as string).get("f"));
  assert(chosen > 1);
  assertEquals(await valueOf(page, "f"), chosen);
  await page.locator("select").selectOption("Oslo");
  await search(page, `?other=1&f=${chosen}`);
  await page.goBack();
  await search(page, `?other=1&city=Rome&f=${chosen}`);
  await eventually(async () => await valueOf(page, "city") === "Rome");
  await page.goBack();
  await eventually(async () => await valueOf(page, "f") === 1);
  await page.goForward();
  await eventually(async () => await valueOf(page, "f") === chosen);
  assertEquals(session.document.get_model_by_name<Slider>("f").value, chosen);

  const shared = await openPage(browser, page.url());
  assertEquals([await valueOf(shared.page, "f"), await valueOf(shared.page, "city")], [chosen, "Rome"]);
  assertEquals([...problems, ...shared.problems], []);
});

Deno.test("location: a range becomes an entry when it rests", SANITIZERS, async () => {
  await using server = await serveBokeh(app, { port: 0 });
  await using browser = await openBrowser();
  const { page } = await openPage(browser, server.url);
  const entries = await page.evaluate("history.length") as number;
  for (const start of [1, 2, 3]) {
    await page.evaluate(`Bokeh.documents[0].roots()[2].x_range.setv({start: ${start}, end: ${start + 5}})`);
  }
  await eventually(async () => await page.evaluate("history.length") === entries + 1);
  await search(page, "?x=3,8");
});

Deno.test("location: an embedded application uses the prefix that its page allows", SANITIZERS, async () => {
  await using site = Deno.serve(
    { port: 0, hostname: "127.0.0.1", onListen: () => {} },
    () =>
      new Response(`<!DOCTYPE html><link rel="icon" href="data:,"><div id="a"></div><div id="b"></div>`, {
        headers: { "content-type": "text/html" },
      }),
  );
  const host = `127.0.0.1:${site.addr.port}`;
  await using server = await serveBokeh({ "/app": app }, { port: 0, extraWebsocketOrigins: [host] });
  await using browser = await openBrowser();
  const page = await browser.newPage();
  await page.goto(`http://${host}/?a.f=3&f=7&page=2`);
  await page.evaluate(`import("${new URL("embed.js", server.url).href}").then(async ({ embed }) => {
    globalThis.a = await embed(document.querySelector("#a"), "/app", { location: "a." });
    globalThis.b = await embed(document.querySelector("#b"), "/app", { arguments: { f: "5" } });
  })`);
  const value = (name: string) => page.evaluate(`${name}.document.get_model_by_name("f").value`);
  await eventually(async () => await value("a") === 3);
  assertEquals(await value("b"), 5);
  await page.evaluate(`a.document.get_model_by_name("city").value = "Rome"`);
  await search(page, "?a.f=3&f=7&page=2&a.city=Rome");
  await page.evaluate(`b.document.get_model_by_name("city").value = "Rome"`);
  await page.goBack();
  await eventually(async () => await page.evaluate(`a.document.get_model_by_name("city").value`) === "Oslo");
  assertEquals(await page.evaluate("location.search"), "?a.f=3&f=7&page=2");
  assertEquals(await page.evaluate(`b.document.get_model_by_name("city").value`), "Rome");
});

Deno.test("location: the view survives a restart, with a session store and without one", SANITIZERS, async () => {
  const folder = await Deno.makeTempDir({ prefix: "bokeh-" });
  await using browser = await openBrowser();
  for (const stores of [false, true]) {
    const options = () => ({
      secretKey: "a".repeat(44),
      signSessions: true,
      ...(stores ? { sessionStore: sqliteStore(`${folder}/sessions.db`) } : {}),
    });
    const first = await serveBokeh(app, { port: 0, ...options() });
    const { page } = await openPage(browser, first.url);
    await page.locator("select").selectOption("Rome");
    await search(page, "?city=Rome");
    await first.stop();
    await using _second = await serveBokeh(app, { port: first.port, ...options() });
    await page.locator("text=Client connection was lost").first().waitFor();
    await page.locator("text=Client connection was lost").first().waitFor({ state: "detached" });
    await eventually(async () => await valueOf(page, "city") === "Rome");
    await search(page, "?city=Rome");
    await page.close();
  }
  await Deno.remove(folder, { recursive: true });
});
