/**
 * Pages in a Chromium without a screen.
 *
 * @module
 */

import { type Browser, chromium, type Page } from "playwright-core";
import { ensureChromium } from "../../tools/setup/chromium.ts";

const ARGS = [
  ...["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"],
  ...["--disable-background-networking", "--disable-component-update", "--disable-sync"],
];

/** Starts a Chromium; disposing of it ends it. */
export async function openBrowser(): Promise<Browser & AsyncDisposable> {
  return await chromium.launch({ executablePath: await ensureChromium(), args: ARGS });
}

/** A page, and what went wrong on it. */
export interface WatchedPage {
  readonly page: Page;
  /** Errors that the page wrote to its console or threw. */
  readonly problems: string[];
}

/** Opens an address and waits until BokehJS has drawn what is there. */
export async function openPage(browser: Browser, url: string): Promise<WatchedPage> {
  const page = await browser.newPage({ viewport: { width: 900, height: 500 } });
  const problems: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") problems.push(`${message.text()} (${message.location().url})`);
  });
  page.on("pageerror", (error) => problems.push(String(error)));
  await page.goto(url);
  await page.waitForFunction("globalThis.Bokeh?.documents?.[0]?.is_idle === true");
  return { page, problems };
}

/** The value of an expression on the page in which `doc` is BokehJS's document. */
export async function evaluate<T>(page: Page, expression: string): Promise<T> {
  return await page.evaluate(`(() => { const doc = Bokeh.documents[0]; return ${expression}; })()`);
}

/** Waits until an expression of `doc` is true. */
export async function until(page: Page, expression: string): Promise<void> {
  await page.waitForFunction(
    `(() => { const doc = globalThis.Bokeh?.documents?.[0]; return doc && (${expression}); })()`,
  );
}
