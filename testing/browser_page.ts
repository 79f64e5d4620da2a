/**
 * A page of an application in a browser.
 *
 * @module
 */

import type { PlaywrightPage } from "./playwright.ts";
import type { SeenErrors } from "./seen_errors.ts";

/** Waits until every server has answered a request of the page. */
const ROUNDTRIP = "__bokehTest.roundtrip()";

/** Whether BokehJS has drawn all documents of the page. */
export const IS_DRAWN = "__bokehTest.isDrawn()";

/** What a page is part of. */
export interface BrowserPageOptions {
  /** Takes what goes wrong. */
  errors: SeenErrors;
  /** Waits until the server has done what it was asked. */
  idle: () => Promise<void>;
  /** Ends the browser and the server. */
  dispose: () => Promise<void>;
}

/** A page of an application in a browser; `openPage` makes it. */
export class BrowserPage implements AsyncDisposable {
  /** The page itself, for all that this class does not do: see Playwright. */
  readonly page: PlaywrightPage;
  readonly #options: BrowserPageOptions;
  #disposed: Promise<void> | undefined;

  /** Takes a page that BokehJS has drawn. */
  constructor(page: PlaywrightPage, options: BrowserPageOptions) {
    this.page = page;
    this.#options = options;
  }

  /** What the page threw or wrote to its console as an error, and what callbacks of the application threw. */
  get errors(): readonly unknown[] {
    return this.#options.errors.all;
  }

  /**
   * The value of an attribute in the browser, as far as JSON can say it: columns are lists, other models `{id}`.
   *
   * @param name The `name` of the model.
   */
  async get(name: string, attr: string): Promise<unknown> {
    return JSON.parse(await this.#act("get", name, attr));
  }

  /** Sets an attribute in the browser, and waits until everything has crossed. */
  async set(name: string, attr: string, value: unknown): Promise<void> {
    await this.#act("set", name, attr, value);
    await this.settled();
  }

  /** Clicks the middle of a model with the browser's mouse, and waits until everything has crossed. */
  async click(name: string): Promise<void> {
    const [x, y] = JSON.parse(await this.#act("middle", name));
    await this.page.mouse.click(x, y);
    await this.settled();
  }

  /**
   * Waits until everything has crossed both ways, async callbacks included, and is drawn.
   *
   * @throws What the page or the application threw meanwhile.
   */
  async settled(): Promise<void> {
    await this.page.evaluate(ROUNDTRIP);
    await this.#options.idle();
    await this.page.evaluate(ROUNDTRIP);
    await this.page.waitForFunction(IS_DRAWN);
    this.#options.errors.throwUnseen();
  }

  /** Takes a picture of the page as PNG, and writes it to a file where a path is given. */
  async screenshot(path?: string): Promise<Uint8Array> {
    return new Uint8Array(await this.page.screenshot(path === undefined ? {} : { path }));
  }

  /** Ends the browser and the server, and throws the errors that nobody has looked at. */
  async [Symbol.asyncDispose](): Promise<void> {
    await (this.#disposed ??= this.#options.dispose());
    this.#options.errors.throwUnseen();
  }

  async #act(action: "get" | "set" | "middle", name: string, attr = "", value: unknown = null): Promise<string> {
    const args = [action, name, attr, value].map((arg) => JSON.stringify(arg)).join(", ");
    const answer: { ok: string } | { problem: string } = await this.page.evaluate(`__bokehTest.act(${args})`);
    if ("problem" in answer) throw new TypeError(answer.problem);
    return answer.ok;
  }
}
