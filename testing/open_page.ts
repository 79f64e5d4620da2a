import { chromium } from "playwright-core";
import { PROTOCOL_ERRORS } from "../protocol/error.ts";
import { type BokehHttpServer, serveBokeh } from "../server/serve.ts";
import { BrowserPage } from "./browser_page.ts";
import { IS_DRAWN, KEEP_SOCKETS } from "./browser_scripts.ts";
import type { PlaywrightBrowser, PlaywrightLaunchOptions, PlaywrightPage } from "./playwright.ts";
import { SeenErrors } from "./seen_errors.ts";
import type { TestRequest } from "./test_request.ts";
import type { TestAppOptions, TestSource } from "./test_source.ts";

/** Options of {@linkcode openPage}. */
export interface OpenPageOptions extends Omit<TestRequest, "user">, Pick<TestAppOptions, "argv"> {
  /** A browser that runs already: it is left running. Without one, a Chromium is started and ended. */
  browser?: PlaywrightBrowser | undefined;
  /** How the Chromium is started: where it is (`executablePath`), or that it shows itself (`headless: false`). */
  launch?: PlaywrightLaunchOptions | undefined;
  /**
   * Size of the page.
   *
   * @default {{ width: 1280, height: 720 }}
   */
  viewport?: { width: number; height: number } | undefined;
  /**
   * Returns whether a resource that the page cannot load is no error of the test, for example a web font of another host.
   *
   * @default No failed request is tolerated.
   */
  tolerateFailedRequest?: ((url: string) => boolean) | undefined;
}

/**
 * Serves an application on a free port and opens it in a Chromium. Playwright leaves timers of its own, so such a test needs
 * `sanitizeOps: false` and `sanitizeResources: false`.
 *
 * @example
 * ```ts ignore
 * import { assertEquals } from "@std/assert";
 * import { openPage } from "@bokeh/server/testing/browser";
 * import app from "./app.ts";
 *
 * await using page = await openPage(app, { launch: { executablePath: "/usr/bin/chromium" } });
 * await page.set("freq", "value", 2);
 * assertEquals(await page.get("freq", "value"), 2);
 * ```
 */
export async function openPage(source: TestSource, options: OpenPageOptions = {}): Promise<BrowserPage> {
  await using opened = new AsyncDisposableStack();
  const errors = new SeenErrors();
  const server = opened.use(
    await serveBokeh({ "/": source }, {
      port: 0,
      hostname: "localhost",
      ...(options.argv === undefined ? {} : { argv: options.argv }),
      development: true,
      onError: (error, { during }) => {
        if (during === "callback") errors.add(error);
      },
    }),
  );
  const browser = options.browser ?? await chromium.launch({ args: ["--no-sandbox"], ...options.launch });
  if (options.browser === undefined) opened.defer(() => browser.close());
  const page = await newPage(browser, server, options);
  opened.defer(() => page.context().close());
  page.on("pageerror", (error) => errors.add(error));
  page.on("console", (message) => {
    // of a callback's error the page is told only that there was one
    if (message.type() !== "error" || message.text().includes(PROTOCOL_ERRORS.callback_failed.publicText)) return;
    const error = pageError(message.text(), message.location().url, options);
    if (error !== undefined) errors.add(error);
  });
  const response = await page.goto(pageUrl(server, options));
  if (!response?.ok()) throw new Error(`Cannot open page: ${await page.locator("body").innerText()}`);
  await page.waitForFunction(IS_DRAWN);
  const all = opened.move();
  return new BrowserPage(page, { errors, idle: () => idle(server), dispose: () => all.disposeAsync() });
}

/** Returns the error of a line in the page's console; undefined for a failed request that the test tolerates. */
function pageError(text: string, url: string, { tolerateFailedRequest }: OpenPageOptions): Error | undefined {
  if (!text.startsWith("Failed to load resource")) return new Error(`Page has logged an error: ${text}`);
  if (tolerateFailedRequest?.(url)) return undefined;
  return new Error(`Page cannot load ${url}: ${text}; tolerateFailedRequest chooses requests that may fail`);
}

async function newPage(
  browser: PlaywrightBrowser,
  server: BokehHttpServer,
  options: OpenPageOptions,
): Promise<PlaywrightPage> {
  const context = await browser.newContext({
    viewport: options.viewport ?? { width: 1280, height: 720 },
    extraHTTPHeaders: Object.fromEntries(new Headers(options.headers)),
  });
  const cookies = Object.entries(options.cookies ?? {});
  await context.addCookies(cookies.map(([name, value]) => ({ name, value, url: server.url })));
  await context.addInitScript(KEEP_SOCKETS);
  return await context.newPage();
}

function pageUrl(server: BokehHttpServer, { arguments: args = {}, sessionId }: OpenPageOptions): string {
  const url = new URL(server.url);
  for (const [name, values] of Object.entries(args)) {
    for (const value of [values].flat()) url.searchParams.append(name, value);
  }
  if (sessionId !== undefined) url.searchParams.append("bokeh-session-id", sessionId);
  return url.href;
}

/** Waits until no session is at work. What fails there is told by the server itself. */
async function idle(server: BokehHttpServer): Promise<void> {
  for (const session of server.getSessions("/")) await session.transact({}, () => {}).catch(() => {});
}
