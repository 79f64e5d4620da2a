/**
 * A page of an application in a browser.
 *
 * @module
 */

import type { ErrorCollector } from "./error_collector.ts";

/** A running browser of Playwright. */
export type PlaywrightBrowser = Awaited<ReturnType<(typeof import("playwright-core"))["chromium"]["launch"]>>;

/** A page of Playwright. */
export type PlaywrightPage = Awaited<ReturnType<PlaywrightBrowser["newPage"]>>;

/** Options of Playwright's `chromium.launch`. */
export type PlaywrightLaunchOptions = NonNullable<
  Parameters<(typeof import("playwright-core"))["chromium"]["launch"]>[0]
>;

// These functions of the page are defined in browser/page_hooks.js.

/** Waits until every server has replied to a request of the page. */
const ROUNDTRIP = "__bokehTest.roundtrip()";

/** Returns whether BokehJS has drawn all documents of the page. */
export const IS_DRAWN = "__bokehTest.isDrawn()";

/** Options of {@linkcode BrowserPage}. */
export interface BrowserPageOptions {
  /** Collects errors of the page and the application. */
  errors: ErrorCollector;
  /** Waits for the transactions of all sessions. */
  idle: () => Promise<void>;
  /** Closes the browser and stops the server. */
  dispose: () => Promise<void>;
}

/** A page of an application in a browser. `openPage` creates it. */
export class BrowserPage implements AsyncDisposable {
  /** Playwright's page, for actions that this class does not have. */
  readonly page: PlaywrightPage;
  readonly #options: BrowserPageOptions;
  #disposed: Promise<void> | undefined;

  /** Wraps a page that BokehJS has drawn. Prefer `openPage`. */
  constructor(page: PlaywrightPage, options: BrowserPageOptions) {
    this.page = page;
    this.#options = options;
  }

  /**
   * Errors that the page has thrown or written to its console, and errors of the application's
   * callbacks. Reading this property marks them as read: unread errors are thrown by
   * {@linkcode BrowserPage.settled} and at the end.
   */
  get errors(): readonly unknown[] {
    return this.#options.errors.all;
  }

  /**
   * Returns the value of an attribute in the browser. The value is converted to JSON: columns to
   * arrays, models to `{id}`.
   *
   * @param name The model's `name`.
   * @throws {TypeError} If the page has no such model, or the model no such attribute.
   */
  async get(name: string, attr: string): Promise<unknown> {
    return JSON.parse(await this.#act("get", name, attr));
  }

  /**
   * Sets an attribute in the browser. Resolves when the page has settled.
   *
   * @param name The model's `name`.
   * @param value The new value, which must be JSON.
   * @throws {TypeError} If the page has no such model, or the model no such attribute.
   */
  async set(name: string, attr: string, value: unknown): Promise<void> {
    await this.#act("set", name, attr, value);
    await this.settled();
  }

  /**
   * Clicks the middle of a model's element with the browser's mouse. Resolves when the page has
   * settled.
   *
   * @param name The model's `name`.
   * @throws {TypeError} If the page has no such model, or does not show it.
   */
  async click(name: string): Promise<void> {
    const [x, y] = JSON.parse(await this.#act("middle", name));
    await this.page.mouse.click(x, y);
    await this.settled();
  }

  /**
   * Waits until all messages have been exchanged, asynchronous callbacks of the application have
   * ended, and the page is drawn.
   *
   * @throws The errors of the page and the application that the test has not read.
   */
  async settled(): Promise<void> {
    await this.page.evaluate(ROUNDTRIP);
    await this.#options.idle();
    await this.page.evaluate(ROUNDTRIP);
    await this.page.waitForFunction(IS_DRAWN);
    this.#options.errors.throwUnread();
  }

  /**
   * Returns a screenshot of the page as PNG.
   *
   * @param path Path of a file to write the PNG to. By default it is not written.
   */
  async screenshot(path?: string): Promise<Uint8Array> {
    return new Uint8Array(await this.page.screenshot(path === undefined ? {} : { path }));
  }

  /**
   * Closes the browser and stops the server.
   *
   * @throws The errors that the test has not read.
   */
  async [Symbol.asyncDispose](): Promise<void> {
    await (this.#disposed ??= this.#options.dispose());
    this.#options.errors.throwUnread();
  }

  async #act(action: "get" | "set" | "middle", name: string, attr = "", value: unknown = null): Promise<string> {
    const args = [action, name, attr, value].map((arg) => JSON.stringify(arg)).join(", ");
    const result: { ok: string } | { problem: string } = await this.page.evaluate(`__bokehTest.act(${args})`);
    if ("problem" in result) throw new TypeError(result.problem);
    return result.ok;
  }
}
