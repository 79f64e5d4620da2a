/** Exported images: the same as Python's, of each kind of source, many in a row, from the command line. */

import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { join } from "@std/path";
import { createDocument } from "../../document/document_sync.ts";
import { launchChromium } from "../../export/chromium.ts";
import { closeExportBrowser, Exporter, exportPdf, exportPng } from "../../export/mod.ts";
import { column } from "../../plotting/layouts/mod.ts";
import { figure } from "../../plotting/mod.ts";
import { Slider } from "../../models/mod.ts";
import { serveBokeh } from "../../server/serve.ts";
import { ensureChromium } from "../../tools/setup/chromium.ts";
import { ensurePython } from "../../tools/setup/python.ts";
import { comparePictures } from "../gallery/pictures.ts";
import { eventually } from "../kit/eventually.ts";
import { example } from "../kit/server_process.ts";

const SANITIZERS = { sanitizeOps: false, sanitizeResources: false };
/** Maximum share of different pixels. On one machine none differ. */
const MAX_SHARE = 0.0005;

/** Ten figures of the gallery with one root. */
const FIGURES = [
  ...["bars", "boxplot", "color_mapping", "contour", "datetime_axis"],
  ...["hexbin", "histogram", "steps_and_areas", "pie", "stacked_areas"],
];

function plot() {
  const made = figure({ width: 400, height: 300, title: "exported" });
  made.line({ x: [1, 2, 3], y: [4, 6, 5] });
  return made;
}

/** Returns the size in the header of a PNG. */
function sizeOf(png: Uint8Array): number[] {
  const view = new DataView(png.buffer, png.byteOffset);
  return [view.getUint32(16), view.getUint32(20)];
}

Deno.test(
  "Exporter: ten figures of the gallery are those of Python's export_png and export_svg",
  SANITIZERS,
  async (t) => {
    const folder = await Deno.makeTempDir({ prefix: "export-" });
    const executablePath = await ensureChromium();
    const documents = new Map(
      await Promise.all(FIGURES.map(async (name) => {
        const doc = createDocument({ bokehVersion: "3.10.0" });
        await (await import(example(`gallery/${name}`))).default(doc);
        return [name, doc] as const;
      })),
    );
    await using python = new Deno.Command(await ensurePython(), {
      args: [decodeURIComponent(new URL("./export_images.py", import.meta.url).pathname), folder, executablePath],
      stdin: "piped",
    }).spawn();
    const json = JSON.stringify(Object.fromEntries(Array.from(documents, ([name, doc]) => [name, doc.to_json()])));
    await new Blob([json]).stream().pipeTo(python.stdin);
    assertEquals((await python.status).code, 0);
    await using exporter = await Exporter.open({ executablePath });
    for (const [name, doc] of documents) {
      await t.step(name, async () => {
        const root = doc.roots[0]!;
        const theirs = await Deno.readFile(join(folder, `${name}.png`));
        const ours = await exporter.png(root);
        assertEquals(sizeOf(ours), sizeOf(theirs));
        const { share, picture } = comparePictures(theirs, ours);
        if (share > MAX_SHARE) await Deno.writeFile(join(folder, `${name}-difference.png`), picture);
        assert(share <= MAX_SHARE, `${share} of the pixels differ: see ${folder}`);
        // The ids of clip paths are random, and Chromium draws the icons of legends with rounding that varies.
        const normalized = (svg: string) =>
          svg.replaceAll(/(id="|url\(#|href="data:image\/png;base64,)[\w+/=]+/g, "$1");
        const svg = await Deno.readTextFile(join(folder, `${name}.svg`));
        assertEquals(normalized(await exporter.svg(root)), normalized(svg));
      });
    }
  },
);

Deno.test("Exporter: sizes, scale, transparency, layouts and pages", SANITIZERS, async () => {
  await using exporter = await Exporter.open({ executablePath: await ensureChromium() });
  assertEquals(sizeOf(await exporter.png(plot())), [400, 300]);
  assertEquals(sizeOf(await exporter.png(plot(), { scale: 2, width: 500 })), [1000, 600]);
  const large = column([new Slider({ start: 0, end: 1, value: 0.5, step: 0.1 }), figure({ width: 1500, height: 900 })]);
  const [width, height] = sizeOf(await exporter.png(large));
  assert(width === 1500 && height! > 900, `${width} × ${height}`);
  const corner = async (transparent: boolean) => {
    const { default: UPNG } = await import("upng-js");
    return new Uint8Array(UPNG.toRGBA8(UPNG.decode((await exporter.png(plot(), { transparent })).buffer))[0]!).slice(
      0,
      4,
    );
  };
  assertEquals([...await corner(false)], [255, 255, 255, 255]);
  assertEquals([...await corner(true)], [0, 0, 0, 0]);
  const model = plot();
  await exporter.png(model, { transparent: true, width: 100 });
  assertEquals([model.width, model.border_fill_color, model.document], [400, "#ffffff", null]);

  await using server = await serveBokeh({ "/powers": example("powers") }, { port: 0 });
  assertEquals((await exporter.png(new URL("powers", server.url))).length > 5000, true);
  assertStringIncludes(await exporter.svg(new URL("powers", server.url)), "<svg");
  await assertRejects(() => exporter.png(new URL("nothing", server.url)), Error, "404");
});

Deno.test("exportPng: several at a time use one browser", SANITIZERS, async () => {
  const browser = { executablePath: await ensureChromium() };
  const figures = Array.from({ length: 10 }, plot);
  const first = await exportPng(figures[0]!, { browser });
  const images = await Promise.all(figures.map((model) => exportPng(model)));
  assert(images.every((image) => image.length === first.length));
  const pdf = await exportPdf(plot());
  assertEquals(new TextDecoder().decode(pdf.slice(0, 5)), "%PDF-");
  assert(pdf.length > 5000, `${pdf.length}`);
  await closeExportBrowser();
});

Deno.test("Exporter: a page keeps nothing of the images that it has drawn", SANITIZERS, async () => {
  const browser = await launchChromium({ executablePath: await ensureChromium() });
  await using exporter = new Exporter(browser);
  await exporter.png(plot());
  const page = browser.contexts()[0]!.pages()[0]!;
  const devtools = await page.context().newCDPSession(page);
  const nodes = async () => {
    await devtools.send("HeapProfiler.collectGarbage");
    return (await devtools.send("Memory.getDOMCounters")).nodes;
  };
  const first = await nodes();
  for (let i = 0; i < 50; i++) await exporter.png(plot());
  // A figure has more than 400 nodes.
  await eventually(async () => await nodes() < first + 400);
  assertEquals(browser.contexts()[0]!.pages()[0], page);
});

Deno.test("exportPng: the first calls at the same time start one browser", SANITIZERS, async () => {
  const folder = await Deno.makeTempDir();
  const executablePath = join(folder, "browser.sh");
  const script = `#!/bin/sh\necho started >> "${folder}/log"\nexec "${await ensureChromium()}" "$@"\n`;
  await Deno.writeTextFile(executablePath, script, { mode: 0o755 });
  await Promise.all([plot(), plot()].map((model) => exportPng(model, { browser: { executablePath } })));
  await closeExportBrowser();
  assertEquals(await Deno.readTextFile(join(folder, "log")), "started\n");
  await Deno.remove(folder, { recursive: true });
});

Deno.test("exportPng: states that no browser starts at a path", SANITIZERS, async () => {
  await assertRejects(
    () => exportPng(plot(), { browser: { executablePath: "/nowhere/chromium" } }),
    Error,
    "/nowhere/chromium does not start",
  );
});

Deno.test("commands png, svg and pdf: write the files of --output", SANITIZERS, async () => {
  const folder = await Deno.makeTempDir();
  const run = async (...args: string[]) => {
    const { code, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["run", "-A", "--no-check", decodeURIComponent(new URL("../../mod.ts", import.meta.url).pathname), ...args],
      cwd: folder,
      stdin: "null",
    }).output();
    return [code, new TextDecoder().decode(stderr)] as const;
  };
  const options = ["--browser", await ensureChromium()];
  assertEquals(await run("png", example("powers"), "--output", "a.png", "--scale", "2", ...options), [0, ""]);
  assertEquals(sizeOf(await Deno.readFile(join(folder, "a.png")))[0], 800);
  assertEquals(await run("svg", example("powers"), ...options), [0, ""]);
  assertStringIncludes(await Deno.readTextFile(join(folder, "powers.svg")), "</svg>");
  assertEquals(await run("pdf", example("powers"), ...options), [0, ""]);
  const [code, text] = await run("png", example("powers"), "--browser", "/nowhere");
  assertEquals([code, text.includes("/nowhere does not start")], [1, true]);
  await Deno.remove(folder, { recursive: true });
});
