/** Pages on phones, with dark colors, and their accessibility. */

import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import axe from "axe-core";
import type { Browser, Page } from "playwright-core";
import { basic } from "../../auth/mod.ts";
import { Application } from "../../application/application.ts";
import type { Document } from "../../document/document.ts";
import {
  Button,
  ColumnDataSource,
  DataTable,
  DatePicker,
  FileInput,
  MultiChoice,
  Select,
  Slider,
  Spinner,
  Switch,
  TableColumn,
  TextInput,
} from "../../models/mod.ts";
import { column, row } from "../../plotting/layouts/mod.ts";
import { figure } from "../../plotting/mod.ts";
import { serveBokeh } from "../../server/serve.ts";
import { eventually } from "../kit/eventually.ts";
import { openBrowser, untilIdle } from "./browser.ts";

const SANITIZERS = { sanitizeOps: false, sanitizeResources: false };
const DESKTOP = { width: 1000, height: 700 };
/** Token of the admin page. */
const TOKEN = "a token of the administrator";
const PHONE = { width: 390, height: 844 };

/** A dashboard with the widgets that BokehJS draws on white. */
function dashboard(doc: Document): void {
  const plot = figure({ title: "A plot", description: "It falls and rises", width: 420, height: 300 });
  plot.line([1, 2, 3], [3, 1, 2], { legend_label: "line" });
  const source = new ColumnDataSource({ data: { city: ["Oslo", "Rome"], people: [700, 2800] } });
  const columns = ["city", "people"].map((field) => new TableColumn({ field, title: field }));
  const fail = new Button({ label: "Fail", button_type: "primary" });
  fail.on_click(() => {
    throw new Error("secret details");
  });
  const widgets = column([
    new Slider({ title: "frequency", start: 0, end: 10, value: 3 }),
    new Select({ title: "city", options: ["Oslo", "Rome"], value: "Oslo" }),
    new TextInput({ title: "name", value: "Ada" }),
    new MultiChoice({ title: "tags", options: ["a", "b"], value: ["a"] }),
    new FileInput({ title: "file" }),
    new DatePicker({ title: "day", value: "2024-03-01" }),
    new Spinner({ title: "number", value: 3 }),
    new Switch({ label: "on" }),
    fail,
  ], { width: 300 });
  doc.add_root(row([widgets, column([plot, new DataTable({ source, columns, width: 420, height: 120 })])]));
  doc.title = "Dashboard";
}

const application = new Application(dashboard, {
  metadata: { title: "Dashboard", description: "Cities", lang: "nb", icon: "https://example.com/icon.png" },
});

interface OpenOptions {
  viewport?: { width: number; height: number };
  colorScheme?: "light" | "dark";
}

async function open(browser: Browser, url: string, { viewport = DESKTOP, colorScheme = "light" }: OpenOptions = {}) {
  const context = await browser.newContext({
    viewport,
    colorScheme,
    isMobile: viewport === PHONE,
    httpCredentials: { username: "admin", password: TOKEN },
  });
  const page = await context.newPage();
  await page.goto(url);
  return page;
}

async function shoot(page: Page, name: string): Promise<void> {
  const folder = Deno.env.get("SCREENSHOTS");
  if (folder !== undefined) await page.screenshot({ path: `${folder}/${name}.png` });
}

/** Returns the serious violations that axe-core finds, except those within BokehJS that pages cannot change. */
async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const found = await page.evaluate(`axe.run(document, { resultTypes: ["violations"] })`) as axe.AxeResults;
  return found.violations.filter(({ impact }) => impact === "serious" || impact === "critical")
    .flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.flat().join(" ")}`))
    // the white text of Bokeh's blue buttons, whose colors are those of Bokeh
    .filter((text) => !/^color-contrast: .* \.bk-btn$/.test(text));
}

Deno.test("appearance: a page has a language, a description, an icon, and fits a phone", SANITIZERS, async () => {
  await using server = await serveBokeh({ "/app": application }, { port: 0, contentSecurityPolicy: true });
  await using browser = await openBrowser();
  const page = await open(browser, new URL("/app", server.url).href, { viewport: PHONE });
  await untilIdle(page);
  assertEquals(await page.getAttribute("html", "lang"), "nb");
  assertEquals(await page.getAttribute('meta[name="description"]', "content"), "Cities");
  assertEquals(await page.getAttribute('link[rel="icon"]', "href"), "https://example.com/icon.png");
  await shoot(page, "phone");
  assertEquals(await page.evaluate("innerWidth"), 390);
  await page.getByRole("figure", { name: "Plot: A plot" }).waitFor();
  const width = await page.evaluate("document.documentElement.scrollWidth") as number;
  assert(width <= 390, `The page is ${width} px wide`);
});

Deno.test("appearance: a plot has a description, and a table of its data", SANITIZERS, async () => {
  await using server = await serveBokeh({ "/app": application }, { port: 0, contentSecurityPolicy: true });
  await using browser = await openBrowser();
  const page = await open(browser, new URL("/app", server.url).href);
  await untilIdle(page);
  const plot = page.getByRole("main").getByRole("figure", { name: "Plot: A plot" });
  await plot.waitFor();
  const description = () =>
    plot.evaluate((element: unknown) => {
      const { getRootNode, getAttribute } = element as Record<
        "getRootNode" | "getAttribute",
        (name?: string) => unknown
      >;
      const root = getRootNode.call(element) as { getElementById(id: unknown): { textContent: string } };
      return root.getElementById(getAttribute.call(element, "aria-describedby")).textContent;
    });
  const ranges = "X axis: from 0.9 to 3.1. Y axis: from 0.9 to 3.1.";
  await eventually(async () => await description() === `It falls and rises. Line “line” with 3 values. ${ranges}`);
  await page.evaluate("Bokeh.documents[0].roots()[0].children[1].children[0].x_range.setv({ start: 0, end: 5 })");
  await eventually(async () => (await description()).includes("X axis: from 0 to 5."));

  const button = page.getByRole("button", { name: "Show the data as a table: Plot: A plot" });
  await button.focus();
  await shoot(page, "data-button");
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: "Plot: A plot" });
  assertEquals(await dialog.getByRole("columnheader").allInnerTexts(), ["x", "y"]);
  assertEquals(await dialog.getByRole("cell").allInnerTexts(), ["1", "3", "2", "1", "3", "2"]);
  await shoot(page, "data-table");
  assertEquals(await violations(page), []);
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "detached" });
  assert(await button.evaluate((element: unknown) => (element as { matches(css: string): boolean }).matches(":focus")));
});

Deno.test("appearance: a page shows that it is loading, and that BokehJS is missing", SANITIZERS, async () => {
  await using server = await serveBokeh({ "/app": application }, { port: 0, contentSecurityPolicy: true });
  await using browser = await openBrowser();
  const page = await (await browser.newContext({ viewport: PHONE })).newPage();
  const held = Promise.withResolvers<void>();
  await page.route("**/bokeh.min.js*", async (route) => {
    await held.promise;
    await route.abort();
  });
  await page.goto(new URL("/app", server.url).href, { waitUntil: "commit" });
  const status = page.getByRole("status");
  await status.and(page.getByLabel("Loading")).waitFor();
  await eventually(() => page.evaluate("getComputedStyle(document.getElementById('bokeh-loading')).opacity === '1'"));
  await shoot(page, "loading");
  held.resolve();
  await page.getByText("The scripts of this page could not be loaded.").waitFor();
  await shoot(page, "not-loaded");
  await page.unroute("**/bokeh.min.js*");
  await page.reload();
  await untilIdle(page);
  await status.waitFor({ state: "hidden" });
});

Deno.test("appearance: dark colors reach plots, widgets and tables", SANITIZERS, async () => {
  await using server = await serveBokeh({ "/app": application }, { port: 0, contentSecurityPolicy: true });
  await using browser = await openBrowser();
  const page = await open(browser, new URL("/app", server.url).href, { colorScheme: "dark" });
  await untilIdle(page);
  await shoot(page, "dark");
  const background = async (selector: string): Promise<string> =>
    await page.locator(selector).first().evaluate((element: unknown) =>
      (globalThis as unknown as { getComputedStyle(of: unknown): { backgroundColor: string } })
        .getComputedStyle(element).backgroundColor
    );
  for (const selector of ["input.bk-input", "select.bk-input", ".slick-row", ".choices__inner"]) {
    const [red = 255] = (/\d+/g.exec(await background(selector)) ?? []).map(Number);
    assert(red < 80, `${selector} has ${await background(selector)}`);
  }
  await page.evaluate(
    "Bokeh.documents[0].config.notifications.push.emit({ type: 'error', text: 'Lost', timeout: Infinity })",
  );
  assertEquals(await background(".entries > .error"), "rgb(178, 52, 48)");
  const plot = "Bokeh.documents[0]._all_models.values().find((m) => m.type === 'Figure').background_fill_color";
  assertEquals(await page.evaluate(plot), "#20262b");
  const light = await open(browser, new URL("/app", server.url).href);
  await untilIdle(light);
  await shoot(light, "light");
  assertEquals(await light.evaluate(plot), "#ffffff");
});

Deno.test("appearance: a failed callback shows a reference that the log has, and no details", SANITIZERS, async () => {
  const errors: unknown[] = [];
  await using server = await serveBokeh({ "/app": application }, {
    port: 0,
    onError: (error) => void errors.push(error),
  });
  await using browser = await openBrowser();
  const page = await open(browser, new URL("/app", server.url).href);
  await untilIdle(page);
  await page.getByRole("button", { name: "Fail" }).click();
  const notice = page.getByRole("alert");
  await notice.waitFor();
  await shoot(page, "failed");
  const text = await notice.innerText();
  assertStringIncludes(text, "Something went wrong");
  assert(/reference \w{8}\./.test(text) && !text.includes("secret"), text);
  assertEquals(errors.length, 1);
});

Deno.test(
  "appearance: axe-core finds no serious problem in pages, index, login, errors and the admin page",
  SANITIZERS,
  async () => {
    await using server = await serveBokeh({ "/app": application, "/other": dashboard }, {
      port: 0,
      admin: { path: "/admin", token: TOKEN },
      contentSecurityPolicy: true,
    });
    await using closed = await serveBokeh({ "/app": dashboard }, {
      port: 0,
      authProvider: basic({ users: {}, page: { title: "Dashboards", text: "With your account of the company" } }),
      cookieSecret: "only for this test",
    });
    await using browser = await openBrowser();
    for (const [colorScheme, viewport] of [["light", DESKTOP], ["dark", PHONE]] as const) {
      const name = `${colorScheme}-${viewport.width}`;
      const pages = {
        index: `${server.url}`,
        error: `${server.url}nothing`,
        login: `${closed.url}app`,
        page: `${server.url}app`,
        admin: `${server.url}admin`,
      };
      for (const [kind, url] of Object.entries(pages)) {
        const page = await open(browser, url, { viewport, colorScheme });
        if (kind === "page") {
          await untilIdle(page);
          await page.locator('.noUi-handle[aria-label="frequency"]').waitFor();
        }
        if (kind === "admin") {
          await untilIdle(page);
          await page.locator(".slick-row").first().waitFor();
          const width = await page.evaluate("document.documentElement.scrollWidth") as number;
          assert(width <= viewport.width, `The admin page is ${width} px wide`);
        }
        await shoot(page, `${kind}-${name}`);
        assertEquals(await violations(page), [], `${kind}, ${name}`);
        await page.context().close();
      }
    }
  },
);
