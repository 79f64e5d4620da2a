/**
 * Compares the gallery with Python's: each example and its Python version have the same document and the same picture in a
 * browser. If pictures differ, they are written to a folder that the error states.
 */

import { assert, assertEquals } from "@std/assert";
import type { BrowserContext, Page } from "playwright-core";
import { randomText } from "../../session/credentials/session_id.ts";
import { differences, normalizeDocument } from "../gallery/normalize.ts";
import { comparePictures, takePicture, VIEWPORT } from "../gallery/pictures.ts";
import { exampleNames, pullDocument, serveExamples, serveTwins } from "../gallery/twins.ts";
import { openBrowser } from "./browser.ts";

/** Maximum share of different pixels. On one machine none differ. */
const MAX_SHARE = 0.0005;

/** Maximum time until two pages look the same, in milliseconds. Formulas are rendered late. */
const PATIENCE_MILLISECONDS = 10_000;

/** Playwright does not close its connection and timers during a test. */
const SANITIZERS = { sanitizeOps: false, sanitizeResources: false };

interface Side {
  readonly url: string;
  readonly sessionId: string;
}

interface OpenPage extends AsyncDisposable {
  readonly page: Page;
  readonly problems: readonly string[];
}

/** The examples given as arguments, or all. */
const names = exampleNames().filter((name) => Deno.args.length === 0 || Deno.args.includes(name));

Deno.test("gallery: every example has the same document and picture as its Python version", SANITIZERS, async (t) => {
  await using python = await serveTwins(names);
  await using program = await serveExamples(names);
  await using browser = await openBrowser();
  // One browser for all pages, because they share its cache.
  const context = await browser.newContext({ viewport: VIEWPORT });
  const pictures = await Deno.makeTempDir({ prefix: "gallery-" });
  for (const name of names) {
    await t.step(name, async () => {
      const sides = [`http://localhost:${python.port}/${name}`, new URL(`/${name}`, program.url).href]
        .map((url): Side => ({ url, sessionId: randomText() }));
      await compareDocuments(sides);
      const [theirs, ours] = await Promise.all(sides.map((side) => openSide(context, side)));
      await using _theirs = theirs!;
      await using _ours = ours!;
      await comparePages(`${pictures}/${name}`, theirs!, ours!);
      if (await clickGo(theirs!.page, ours!.page)) {
        await comparePages(`${pictures}/${name}-clicked`, theirs!, ours!);
        await compareDocuments(sides);
      }
      assertEquals(ours!.problems, theirs!.problems);
    });
  }
});

async function compareDocuments(sides: readonly Side[]): Promise<void> {
  const [theirs, ours] = await Promise.all(
    sides.map(async ({ url, sessionId }) => normalizeDocument(await pullDocument(url, sessionId))),
  );
  assertEquals(differences(theirs!, ours!), []);
}

/** Opens a page of a session and waits until BokehJS is idle. */
async function openSide(context: BrowserContext, { url, sessionId }: Side): Promise<OpenPage> {
  const page = await context.newPage();
  const problems: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") problems.push(message.text());
  });
  page.on("pageerror", (error) => problems.push(String(error)));
  await page.goto(`${url}?bokeh-session-id=${sessionId}`);
  await page.waitForFunction("globalThis.Bokeh?.documents?.[0]?.is_idle === true");
  return { page, problems, [Symbol.asyncDispose]: () => page.close() };
}

/** Takes pictures of both pages until they are equal, for a limited time. */
async function comparePages(path: string, theirs: OpenPage, ours: OpenPage): Promise<void> {
  const deadline = performance.now() + PATIENCE_MILLISECONDS;
  for (;;) {
    const [one, other] = await Promise.all([takePicture(theirs.page), takePicture(ours.page)]);
    if (one!.toBase64() === other!.toBase64()) return; // identical files need no comparison of pixels
    const { share, picture } = comparePictures(one!, other!);
    if (share <= MAX_SHARE) return;
    if (performance.now() < deadline) continue;
    for (const [side, bytes] of Object.entries({ python: one!, ours: other!, diff: picture })) {
      await Deno.writeFile(`${path}.${side}.png`, bytes);
    }
    assert(false, `${(100 * share).toFixed(2)}% of the pixels differ: see ${path}.diff.png`);
  }
}

/** Clicks the button named "go", if there is one, and waits until the servers have answered. */
async function clickGo(...pages: Page[]): Promise<boolean> {
  const clicked = await Promise.all(pages.map(async (page) => {
    const isThere = await page.evaluate(`(() => {
      const [doc] = Bokeh.documents;
      globalThis.answers = 0;
      doc.on_change((event) => { if (!event.sync) globalThis.answers++; });
      return doc.get_model_by_name("go") !== null;
    })()`);
    if (!isThere) return false;
    await page.locator(".bk-btn").first().click();
    await page.waitForFunction("globalThis.answers > 0");
    return true;
  }));
  return clicked.every((isThere) => isThere);
}
