/** Custom models: the examples, and every way in which pages load their views. */

import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { join } from "@std/path";
import type { Browser } from "playwright-core";
import { components } from "../../embed/standalone/components.ts";
import { fileHtml } from "../../embed/standalone/file_html.ts";
import { serverDocument } from "../../embed/scripts/server_embed.ts";
import { column } from "../../plotting/layouts/mod.ts";
import { ColumnDataSource, defineModel, Div, LayoutDOM, XYGlyph } from "../../models/mod.ts";
import { figure } from "../../plotting/mod.ts";
import type { Document } from "../../document/document.ts";
import { serveBokeh } from "../../server/serve.ts";
import { Gauge, Scale, Target } from "../fixtures/dials/dials.ts";
import { eventually } from "../kit/eventually.ts";
import { example, ServerProcess } from "../kit/server_process.ts";
import { createProject } from "../kit/project_folder.ts";
import { openBrowser, untilIdle, type WatchedPage } from "./browser.ts";

/** Runs in pages. */
declare const getComputedStyle: (element: unknown) => {
  readonly textDecorationLine: string;
  readonly outlineColor: string;
};

const SANITIZERS = { sanitizeOps: false, sanitizeResources: false };

const VIEWS = await Deno.makeTempDir();

/** Writes a view below the folder of this test, and returns its URL. */
function view(name: string, text: string): URL {
  Deno.writeTextFileSync(join(VIEWS, name), text);
  return new URL(`file://${join(VIEWS, name)}`);
}

const Badge = defineModel({
  name: "Badge",
  base: LayoutDOM,
  properties: ({ Str, Color }) => ({ label: [Str, "none"], color: [Color, "navy"] }),
  overrides: { width: 150 },
  css: "b { text-decoration: underline }",
  view: view(
    "badge_view.ts",
    `import { LayoutDOMView } from "@bokeh/bokehjs/build/js/lib/models/layouts/layout_dom";
globalThis.badgeLoads = (globalThis.badgeLoads ?? 0) + 1;
export default class BadgeView extends LayoutDOMView {
  override connect_signals(): void {
    super.connect_signals();
    this.on_change(this.model.property("label"), () => this.render());
  }
  override render(): void {
    super.render();
    const label = Object.assign(document.createElement("b"), { textContent: "badge " + this.model.label });
    label.style.color = this.model.color;
    this.shadow_el.append(label);
  }
}
`,
  ),
});

function badge(doc: Document): void {
  const model = new Badge({ label: "one", name: "badge" });
  doc.add_root(column([new Div({ text: "above" }), model]));
}

/** Opens a page whose warnings are problems too. */
async function open(browser: Browser, url: string): Promise<WatchedPage> {
  const page = await browser.newPage();
  const problems: string[] = [];
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) problems.push(message.text());
  });
  page.on("pageerror", (error) => problems.push(String(error)));
  await page.goto(url);
  return { page, problems };
}

Deno.test("custom models: the examples work under the strictest policy", SANITIZERS, async (t) => {
  const names = ["surface3d/app", "counter", "latex_label", "ion_range_slider"];
  const applications = Object.fromEntries(
    names.map((name) => [`/${name.split("/")[0]}`, example(`extensions/${name}`)]),
  );
  await using server = await serveBokeh(applications, { port: 0, contentSecurityPolicy: true });
  await using browser = await openBrowser();
  const show = (path: string) => open(browser, new URL(path, server.url).href);

  await t.step("surface3d: vis.js draws the surface, and draws it anew when the data changes", async () => {
    const { page, problems } = await show("surface3d");
    await page.locator("canvas").waitFor().catch(async (error) => {
      assertEquals(problems, [], await page.locator("body").innerText());
      throw error;
    });
    const pixels = () =>
      page.evaluate(`(() => {
        const find = (root) => root.querySelector("canvas") ??
          [...root.querySelectorAll("*")].map((element) => element.shadowRoot && find(element.shadowRoot)).find(Boolean);
        return find(document).toDataURL();
      })()`);
    const first = await pixels();
    assert(String(first).length > 20_000);
    await eventually(async () => await pixels() !== first);
    assertEquals(problems, []);
  });

  await t.step("counter: a click reaches the server", async () => {
    const { page, problems } = await show("counter");
    await page.getByText("Clicked 0 times").click();
    await page.getByText("Clicked 1 times").waitFor();
    await page.getByText("The server counted 1.").waitFor();
    assertEquals(problems, []);
  });

  await t.step("latex_label: the formula is on the plot", async () => {
    const { page, problems } = await show("latex_label");
    await page.locator("math").waitFor();
    assertEquals(problems, []);
  });

  await t.step("ion_range_slider: dragging moves the range of the plot", async () => {
    const { page, problems } = await show("ion_range_slider");
    const handle = page.locator(".irs-handle.to");
    await untilIdle(page);
    const [session] = server.getSessions("/ion_range_slider").slice(-1);
    const range = () => session!.document.select_one({ type: "Range1d" })!.get("end") as number;
    await eventually(async () => {
      // Repeated, because the layout can move the handle away from the pointer.
      await handle.hover();
      await page.mouse.down();
      const box = (await handle.boundingBox())!;
      await page.mouse.move(box.x - 60, box.y + box.height / 2, { steps: 5 });
      await page.mouse.up();
      return range() < 7;
    });
    assertEquals(problems, []);
  });
});

Deno.test("custom models: pages of other origins load each view once", SANITIZERS, async (t) => {
  const html = { "content-type": "text/html; charset=utf-8" };
  let content = "";
  let policy = "";
  await using site = Deno.serve(
    { port: 0, hostname: "127.0.0.1", onListen: () => {} },
    () =>
      new Response(`<!DOCTYPE html><link rel="icon" href="data:,"><body>${content}`, {
        headers: policy === "" ? html : { ...html, "content-security-policy": policy },
      }),
  );
  const origin = `127.0.0.1:${site.addr.port}`;
  await using server = await serveBokeh({ "/badge": badge }, {
    port: 0,
    extraWebsocketOrigins: [origin],
    prefix: "/x",
  });
  await using browser = await openBrowser();
  const url = new URL("/x/badge", server.url).href;

  await t.step("embed.js", async () => {
    content = `<div id="a"></div><div id="b"></div><script type="module">
      import { embed } from "${new URL("/x/embed.js", server.url)}";
      for (const id of ["a", "b"]) await embed(document.getElementById(id), "/badge");
    </script>`;
    const { page, problems } = await open(browser, `http://${origin}/`);
    await eventually(async () => await page.getByText("badge one").count() === 2);
    assertEquals(await page.evaluate("badgeLoads"), 1);
    assertEquals(problems, []);
    const script = await page.evaluate(`(({ integrity, crossOrigin, src }) => ({ integrity, crossOrigin, src }))(
      document.querySelector("script[src*='extensions/Badge/']"))`) as Record<string, string>;
    assertStringIncludes(script.integrity!, "sha384-");
    assertStringIncludes(script.src!, "/x/static/extensions/Badge/Badge.js?v=");
  });

  await t.step("embed.js in a page with a strict policy", async () => {
    const { origin: own, host } = new URL(server.url);
    policy = `default-src 'none'; script-src 'nonce-once' ${own}; connect-src ${own} ws://${host}; img-src data:; ` +
      "style-src 'unsafe-inline'";
    content = content.replace("<script ", '<script nonce="once" ');
    const { page, problems } = await open(browser, `http://${origin}/`);
    await eventually(async () => await page.getByText("badge one").count() === 2);
    assertEquals(await page.evaluate("badgeLoads"), 1);
    assertEquals(problems, []);
    policy = "";
  });

  await t.step("autoload.js", async () => {
    content = serverDocument({ url }) + serverDocument({ url });
    const { page, problems } = await open(browser, `http://${origin}/`);
    await eventually(async () => await page.getByText("badge one").count() === 2);
    assertEquals(await page.evaluate("badgeLoads"), 1);
    assertEquals(problems, []);
  });

  await t.step("the server sees changes of a view, and the page those of the server", async () => {
    const { page } = await open(browser, url);
    await page.getByText("badge one").waitFor();
    await server.updateSessions("/badge", (doc) => void (doc.select_one(Badge)!.label = "two"));
    await page.getByText("badge two").waitFor();
    const label = page.getByText("badge two");
    assertEquals(await label.evaluate((element) => getComputedStyle(element).textDecorationLine), "underline");
    await page.evaluate(`Bokeh.documents[0].get_model_by_name("badge").label = "three"`);
    await eventually(() =>
      server.getSessions("/badge").some(({ document }) => document.select_one(Badge)!.label === "three")
    );
  });

  await t.step("files without a server, and parts of a page", async () => {
    const bokehjs = new URL("/x/static/js/", server.url);
    const pages = [
      await fileHtml(new Badge({ label: "file" }), { resources: "inline" }),
      (() => {
        const [first, second] = [components(new Badge({ label: "file" })), components(new Badge({ label: "other" }))];
        return `<script src="${bokehjs}bokeh.min.js"></script>${first.div}${first.script}${second.div}${second.script}`;
      })(),
    ];
    for (const page of pages) {
      content = page;
      const shown = await open(browser, `http://${origin}/`);
      await shown.page.getByText("badge file").waitFor();
      assertEquals(await shown.page.evaluate("badgeLoads"), 1);
      assertEquals(shown.problems, []);
    }
  });
});

/** Crosses whose size is a column: a glyph of BokehJS with a view of this project. */
const Cross = defineModel({
  name: "Cross",
  base: XYGlyph,
  properties: ({ Float, Spec }) => ({ size: [Spec(Float), 5] }),
  javascript: [view("greeting.js", "globalThis.greeting = 'loaded first';")],
  view: view(
    "cross_view.ts",
    `import { XYGlyphView } from "@bokeh/bokehjs/build/js/lib/models/glyphs/xy_glyph";
globalThis.crossSizes = [];
if (globalThis.greeting === undefined) throw new Error("The script has not run");
export default class CrossView extends XYGlyphView {
  protected override _paint(_context: CanvasRenderingContext2D, indices: number[]): void {
    globalThis.crossSizes = indices.map((index) => this.size.get(index));
  }
}
`,
  ),
});

Deno.test("custom models: the bundle of bokeh build works with the classes of the command", SANITIZERS, async () => {
  await using server = await serveBokeh((doc: Document) => {
    const history = new ColumnDataSource({ data: { x: [1, 2, 3], y: [1, 2, 3], size: [10, 20, 30] } });
    const gauge = new Gauge({
      value: 40,
      history,
      label: { text: "Speed" },
      scale: new Scale({ unit: " m/s", end: 50 }),
    });
    const plot = figure({ width: 300, height: 300 });
    plot.add_glyph(history, new Target({ x: { field: "x" }, y: { field: "y" }, line_color: "red", rings: 2 }));
    plot.add_glyph(history, new Cross({ x: { field: "x" }, y: { field: "y" }, size: { field: "size" } }));
    doc.add_root(column([gauge, plot]));
  }, { port: 0, contentSecurityPolicy: true });
  await using browser = await openBrowser();
  const { page, problems } = await open(browser, server.url);
  await page.getByText("Speed: 40 m/s (3)").waitFor();
  assertEquals(await page.evaluate("[greeting, crossSizes]"), ["loaded first", [10, 20, 30]]);
  const scripts = `document.querySelectorAll("script[src*='dials.min.js']").length`;
  assertEquals(await page.evaluate(scripts), 1);

  const outline = page.locator("svg", { hasText: "Speed" }).evaluate((element) =>
    getComputedStyle(element).outlineColor
  );
  assertEquals(await outline, "rgb(1, 2, 3)");

  const [session] = server.getSessions("/");
  const gauge = session!.document.select_one(Gauge)!;
  await server.updateSessions("/", () => void (gauge.scale.unit = " km/h"));
  await page.getByText("Speed: 40 km/h (3)").click();
  await page.getByText("Speed: 0 km/h (3)").waitFor();
  await eventually(() => gauge.value === 0);

  assertEquals(problems, []);

  // Chromium warns about the pixels being read.
  const rings = () =>
    page.evaluate(`(() => {
      const views = Object.values(Bokeh.index.get_one(Bokeh.documents[0].roots()[0]).child_views);
      const canvas = views[1].canvas_view.primary.canvas;
      const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
      let red = 0;
      for (let at = 0; at < data.length; at += 4) if (data[at] > 200 && data[at + 1] < 90) red += 1;
      return red;
    })()`) as Promise<number>;
  const before = await rings();
  assert(before > 100);
  await server.updateSessions("/", (doc) => void (doc.select_one(Target)!.rings = 8));
  await eventually(async () => await rings() > 2 * before);
});

Deno.test("custom models: --dev shows a saved view at once, and the line of an error", SANITIZERS, async () => {
  const widget = (text: string) =>
    `import { greeting } from "./greeting.ts";
export default {
  render({ el }: { el: HTMLElement }): void {
    el.textContent = greeting + "${text}";
  },
};
`;
  const folder = await createProject({
    "app.ts": `import type { Document } from "@bokeh/server";
import { defineModel, LayoutDOM, Slider } from "@bokeh/server/models";
const Hello = defineModel({ name: "Hello", base: LayoutDOM, view: new URL("./hello_view.ts", import.meta.url) });
export default function (doc: Document): void {
  doc.add_root(new Hello());
  doc.add_root(new Slider({ start: 0, end: 10, value: 1, name: "slider" }));
}
`,
    "hello_view.ts": widget("one"),
    "greeting.ts": `export const greeting = "Hello ";\n`,
  });
  await using program = await ServerProcess.serve(
    ...[join(folder, "app.ts"), "--dev", "--port", "0", "--log-level", "error"],
  );
  await using browser = await openBrowser();
  const { page } = await open(browser, program.urls[0]!);
  await page.getByText("Hello one").waitFor();
  await page.evaluate(`Bokeh.documents[0].get_model_by_name("slider").value = 5`);

  await Deno.writeTextFile(join(folder, "hello_view.ts"), widget("two"));
  await page.getByText("Hello two").waitFor();
  await eventually(async () => await page.evaluate(`Bokeh.documents[0]?.get_model_by_name("slider")?.value`) === 5);

  await Deno.writeTextFile(join(folder, "greeting.ts"), `export const greeting = "Welcome ";\n`);
  await page.getByText("Welcome two").waitFor();

  await Deno.writeTextFile(join(folder, "hello_view.ts"), `export default {\n  render() {\n    let x = ;\n  },\n};\n`);
  await page.getByText("hello_view.ts:3").waitFor();

  const failing = `function fail(value: unknown): never {\n  throw new Error("failed for " + value);\n}
export default {
  render(): void {
    fail("good");
  },
};
`;
  await Deno.writeTextFile(join(folder, "hello_view.ts"), failing);
  await page.getByText("Error: failed for good").waitFor();
  assertEquals((await page.locator("#bokeh-dev-error").innerText()).split("\n").slice(0, 3), [
    "Error: failed for good",
    "    at hello_view.ts:2",
    "    at hello_view.ts:6",
  ]);
  await page.getByText("Cannot show Hello: failed for good").waitFor();

  await Deno.writeTextFile(join(folder, "hello_view.ts"), widget("again"));
  await page.getByText("Welcome again").waitFor();
  await Deno.remove(folder, { recursive: true });
});
