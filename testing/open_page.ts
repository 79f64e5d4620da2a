/**
 * Opening an application in a browser.
 *
 * @module
 */

import { basename, dirname } from "node:path";
import { chromium } from "playwright-core";
import { Application } from "../application/application.ts";
import type { AuthProvider } from "../handlers/login/auth.ts";
import { PROTOCOL_ERRORS } from "../protocol/error.ts";
import { type BokehHttpServer, serveBokeh } from "../server/serve.ts";
import pageHooks from "./browser/page_hooks.js" with { type: "text" };
import {
  BrowserPage,
  IS_DRAWN,
  type PlaywrightBrowser,
  type PlaywrightLaunchOptions,
  type PlaywrightPage,
} from "./browser_page.ts";
import { ErrorCollector } from "./error_collector.ts";
import type { TestAppOptions, TestRequest, TestSource } from "./test_options.ts";

/** Options of {@linkcode openPage}. */
export interface OpenPageOptions extends TestRequest, Pick<TestAppOptions, "argv"> {
  /**
   * A running browser, which is not closed at the end. By default a Chromium is started and closed.
   */
  browser?: PlaywrightBrowser | undefined;
  /**
   * How the Chromium is started, for example its path (`executablePath`) or with a window
   * (`headless: false`).
   */
  launch?: PlaywrightLaunchOptions | undefined;
  /**
   * Size of the page, in pixels.
   *
   * @default {{ width: 1280, height: 720 }}
   */
  viewport?: { width: number; height: number } | undefined;
  /**
   * Returns whether the page may fail to load a URL, for example that of a web font on another
   * host. All other failed requests are errors of the page.
   *
   * @default No request may fail.
   */
  tolerateFailedRequest?: ((url: string) => boolean) | undefined;
}

/**
 * Serves an application on a free port of `localhost`, and opens its page in a Chromium.
 *
 * The path of the page is the name of the application's folder or file, as on the command line, and
 * `/app` for a function. Files below `static/` of a folder are served as in production. Playwright
 * does not stop its timers, so that the test needs `sanitizeOps: false` and
 * `sanitizeResources: false`.
 *
 * @param source The application: a function, the path or URL of a module or a folder, or an
 * `Application`.
 * @throws {Error} If the server responds with an error, for example because the application fails.
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
  const errors = new ErrorCollector();
  const application = await Application.from(source);
  const path = pathOf(source, application);
  const server = opened.use(
    await serveBokeh({ [path]: application }, {
      port: 0,
      hostname: "localhost",
      ...(options.argv === undefined ? {} : { argv: options.argv }),
      ...(options.user == null ? {} : { authProvider: providerOf(options.user) }),
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
    // the server's onError has collected the error itself: the page receives only its public text
    if (message.type() !== "error" || message.text().includes(PROTOCOL_ERRORS.callback_failed.publicText)) return;
    const error = pageError(message.text(), message.location().url, options);
    if (error !== undefined) errors.add(error);
  });
  const response = await page.goto(pageUrl(server.url + path.slice(1), options));
  if (!response?.ok()) throw new Error(`Cannot open page: ${await page.locator("body").innerText()}`);
  await page.waitForFunction(IS_DRAWN);
  const all = opened.move();
  return new BrowserPage(page, {
    errors,
    idle: () => waitForTransactions(server, path),
    dispose: () => all.disposeAsync(),
  });
}

/**
 * Returns the path of an application: the name of its folder, or of its file without the extension.
 */
function pathOf(source: TestSource, { staticPath }: Application): string {
  if (typeof source === "string" || source instanceof URL) {
    const path = source instanceof URL ? decodeURI(source.pathname) : source;
    return `/${basename(path).replace(/\.([cm]?[jt]sx?|json)$/, "")}`;
  }
  return staticPath === null ? "/app" : `/${basename(dirname(staticPath))}`;
}

/** Returns an auth provider for which every request comes from this user. */
function providerOf(user: unknown): AuthProvider {
  return { getUser: () => user, loginUrl: "/login", loginHandler: () => new Response("Logged in") };
}

/**
 * Returns the error of an entry in the page's console; undefined for a failed request that the test
 * tolerates.
 */
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
  await context.addInitScript(`(() => {\n${pageHooks}\n})()`);
  return await context.newPage();
}

function pageUrl(address: string, { arguments: args = {}, sessionId }: OpenPageOptions): string {
  const url = new URL(address);
  for (const [name, values] of Object.entries(args)) {
    for (const value of [values].flat()) url.searchParams.append(name, value);
  }
  if (sessionId !== undefined) url.searchParams.append("bokeh-session-id", sessionId);
  return url.href;
}

/** Waits for the transactions of all sessions. Their errors go to the server's onError. */
async function waitForTransactions(server: BokehHttpServer, path: string): Promise<void> {
  for (const session of server.getSessions(path)) await session.transact({}, () => {}).catch(() => {});
}
