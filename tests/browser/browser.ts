/**
 * Opens pages in a headless Chromium.
 *
 * @module
 */

import { type Browser, chromium, type Page } from "playwright-core";
import { ensureChromium } from "../../tools/setup/chromium.ts";
import { eventually } from "../kit/eventually.ts";

const ARGS = [
  ...["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"],
  ...["--disable-background-networking", "--disable-component-update", "--disable-sync"],
];

/** Starts a Chromium. It is closed when it is disposed of. */
export async function openBrowser(): Promise<Browser & AsyncDisposable> {
  return await chromium.launch({ executablePath: await ensureChromium(), args: ARGS });
}

/** A page and its errors. */
export interface WatchedPage {
  readonly page: Page;
  /** Errors in the console and uncaught errors. */
  readonly problems: string[];
}

/** Opens a URL and waits until BokehJS is idle. */
export async function openPage(browser: Browser, url: string): Promise<WatchedPage> {
  const page = await browser.newPage({ viewport: { width: 900, height: 500 } });
  const problems = problemsOf(page);
  await page.goto(url);
  await untilIdle(page);
  return { page, problems };
}

/** Returns a list to which errors in the console of a page, and uncaught errors, are added from now on. */
export function problemsOf(page: Page): string[] {
  const problems: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") problems.push(`${message.text()} (${message.location().url})`);
  });
  page.on("pageerror", (error) => problems.push(String(error)));
  return problems;
}

/** Waits until BokehJS is idle. Playwright's `waitForFunction` evaluates text, which a strict policy forbids. */
export async function untilIdle(page: Page): Promise<void> {
  await eventually(() => page.evaluate("globalThis.Bokeh?.documents?.[0]?.is_idle === true"), "BokehJS is idle", 30);
}

/** Evaluates an expression in the page. `doc` is BokehJS's document. */
export async function evaluate<T>(page: Page, expression: string): Promise<T> {
  return await page.evaluate(`(() => { const doc = Bokeh.documents[0]; return ${expression}; })()`);
}

/** Waits until an expression with `doc` is true. */
export async function until(page: Page, expression: string): Promise<void> {
  await page.waitForFunction(
    `(() => { const doc = globalThis.Bokeh?.documents?.[0]; return doc && (${expression}); })()`,
  );
}
