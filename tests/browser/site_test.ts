/** The documentation as a static site, with live examples. */

import { assertEquals } from "@std/assert";
import { join } from "@std/path";
import { writeSite } from "../../tools/docs/site.ts";
import { serveFolder } from "../kit/static_host.ts";
import { openBrowser, problemsOf } from "./browser.ts";

const SANITIZERS = { sanitizeOps: false, sanitizeResources: false };

/** Returns the links between pages whose file or heading does not exist. */
function brokenLinks(folder: string): string[] {
  const names = Array.from(Deno.readDirSync(folder), ({ name }) => name).filter((name) => name.endsWith(".html"));
  const pages = new Map(names.map((name) => [name, Deno.readTextFileSync(join(folder, name))]));
  return names.flatMap((name) =>
    Array.from(pages.get(name)!.matchAll(/(?:href|src)="(?![a-z]+:)([^"#]*)(?:#([^"]+))?"/g)).filter(([, path, id]) => {
      const page = pages.get(path || name);
      if (page === undefined) return !isFile(join(folder, path!));
      return id !== undefined && !page.includes(`id="${id}"`);
    }).map(([link]) => `${name}: ${link}`)
  );
}

function isFile(path: string): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch {
    return false;
  }
}

Deno.test("documentation: live examples in the guide and the gallery run on a static host", SANITIZERS, async () => {
  const folder = await Deno.makeTempDir();
  assertEquals(await writeSite(folder, ["powers", "event_callbacks", "text_and_math", "counter"]), []);
  assertEquals(brokenLinks(folder), []);
  await using site = serveFolder(folder);
  await using browser = await openBrowser();
  const page = await browser.newPage();
  const problems = problemsOf(page);
  const open = async (path: string, example: string) => {
    await page.goto(`http://127.0.0.1:${site.addr.port}/${path}`);
    await page.locator(`iframe[src*="${example}"]`).scrollIntoViewIfNeeded();
    return page.frameLocator(`iframe[src*="${example}"]`);
  };

  const powers = await open("first_steps.html", "powers");
  await powers.locator("canvas").first().waitFor();
  const frame = page.frames().find((one) => one.url().includes("powers"))!;
  const last = `[...Bokeh.documents[0]._all_models.values()].find(({ type }) => type === "ColumnDataSource").data.y[3]`;
  await frame.evaluate(`[...Bokeh.documents[0]._all_models.values()].find(({ type }) => type === "Slider").value = 3`);
  await frame.waitForFunction(`${last} === 27`);

  const callbacks = await open("callbacks.html", "event_callbacks");
  await callbacks.locator("canvas").first().waitFor();

  const counter = await open("custom_models.html", "counter");
  await counter.getByText("Clicked 0 times").click();
  await counter.getByText("The server counted 1.").waitFor();

  const math = await open("gallery.html", "text_and_math");
  await math.locator("canvas").first().waitFor();
  const formulas = page.frames().find((one) => one.url().includes("text_and_math"))!;
  // The frame is enlarged to its content.
  await formulas.waitForFunction(
    `[...document.querySelectorAll("#bokeh-live > *")].every((root) => root.getBoundingClientRect().bottom <= innerHeight)`,
  );
  assertEquals(await math.locator("script[src$='/bokeh-mathjax.min.js']").count(), 1);
  assertEquals(await page.locator("iframe").count(), 2);
  assertEquals(problems, []);

  await page.getByRole("link", { name: "Guide" }).click();
  await page.getByRole("link", { name: "Live pages" }).click();
  await page.getByRole("heading", { name: "Live pages without a server" }).waitFor();
});
