/**
 * The types of Playwright that this room names to authors.
 *
 * @module
 */

/** A running browser, as Playwright has it. */
export type PlaywrightBrowser = Awaited<ReturnType<(typeof import("playwright-core"))["chromium"]["launch"]>>;

/** A page of a browser, as Playwright has it. */
export type PlaywrightPage = Awaited<ReturnType<PlaywrightBrowser["newPage"]>>;

/** How a browser is started, as Playwright takes it. */
export type PlaywrightLaunchOptions = NonNullable<
  Parameters<(typeof import("playwright-core"))["chromium"]["launch"]>[0]
>;
