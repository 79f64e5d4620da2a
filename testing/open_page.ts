import { basename, dirname } from "node:path";
import { chromium } from "playwright-core";
import { Application } from "../application/application.ts";
import type { AuthProvider } from "../handlers/login/auth.ts";
import { PROTOCOL_ERRORS } from "../protocol/error.ts";
import { type BokehHttpServer, serveBokeh } from "../server/serve.ts";
import pageHooks from "./browser/page_hooks.js" with { type: "text" };
import { BrowserPage, IS_DRAWN } from "./browser_page.ts";
import type { PlaywrightBrowser, PlaywrightLaunchOptions, PlaywrightPage } from "./playwright.ts";
import { SeenErrors } from "./seen_errors.ts";
import type { TestRequest } from "./test_request.ts";
import type { TestAppOptions, TestSource } from "./test_source.ts";

/** Options of {@linkcode openPage}. */
export interface OpenPageOptions extends TestRequest, Pick<TestAppOptions, "argv"> {
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
 * Serves an application on a free port and opens it in a Chromium. The path of the page is the name of the application's folder or file, as
 * on the command line, and `/app` for a function: `static/…` of a folder works as in production. Playwright leaves timers of its own, so such a test needs
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
    // of a callback's error the page is told only that there was one
    if (message.type() !== "error" || message.text().includes(PROTOCOL_ERRORS.callback_failed.publicText)) return;
    const error = pageError(message.text(), message.location().url, options);
    if (error !== undefined) errors.add(error);
  });
  const response = await page.goto(pageUrl(server.url + path.slice(1), options));
  if (!response?.ok()) throw new Error(`Cannot open page: ${await page.locator("body").innerText()}`);
  await page.waitForFunction(IS_DRAWN);
  const all = opened.move();
  return new BrowserPage(page, { errors, idle: () => idle(server, path), dispose: () => all.disposeAsync() });
}

/** Returns the path of an application: the name of its folder, or of its file without the extension. */
function pathOf(source: TestSource, { staticPath }: Application): string {
  if (typeof source === "string" || source instanceof URL) {
    const path = source instanceof URL ? decodeURI(source.pathname) : source;
    return `/${basename(path).replace(/\.([cm]?[jt]sx?|json)$/, "")}`;
  }
  return staticPath === null ? "/app" : `/${basename(dirname(staticPath))}`;
}

/** Returns a provider that has logged a user in before the first request. */
function providerOf(user: unknown): AuthProvider {
  return { getUser: () => user, loginUrl: "/login", loginHandler: () => new Response("Logged in") };
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

/** Waits until no session is at work. What fails there is told by the server itself. */
async function idle(server: BokehHttpServer, path: string): Promise<void> {
  for (const session of server.getSessions(path)) await session.transact({}, () => {}).catch(() => {});
}
