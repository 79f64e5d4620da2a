/**
 * Draws models in a browser, and returns images of them.
 *
 * @module
 */

import type { Browser, Page } from "playwright-core";
import { type Component, neededComponents } from "../embed/resources/bokehjs_components.ts";
import { Resources } from "../embed/resources/resources.ts";
import { standaloneExtensions } from "../embed/extensions/page_extensions.ts";
import { type Embeddable, standalone, type StandaloneOptions } from "../embed/standalone/standalone.ts";
import pageSource from "../embed/browser/export_page.js" with { type: "text" };
import type { Model } from "../models/base/model.ts";
import { type BrowserOptions, launchChromium } from "./chromium.ts";

/** What an image is to look like. */
export interface ImageOptions extends StandaloneOptions {
  /** Width of the roots in pixels. @default Their own width. */
  readonly width?: number | undefined;
  /** Height of the roots in pixels. @default Their own height. */
  readonly height?: number | undefined;
  /** Whether the plots have no background. @default {false} */
  readonly transparent?: boolean | undefined;
  /**
   * Time for which to wait until the models are drawn, in milliseconds.
   *
   * @default {30_000}
   */
  readonly timeoutMilliseconds?: number | undefined;
}

/** Options of PNG images. */
export interface PngOptions extends ImageOptions {
  /** Number of pixels of the image for each pixel of the models. @default {1} */
  readonly scale?: number | undefined;
}

/** What to export: models, the roots of a document, or the URL of a page with BokehJS. */
export type ExportSource = Embeddable | URL;

/** A box in a page, in pixels. */
interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The functions of `embed/browser/export_page.js`. */
interface PageFunctions {
  show(json: unknown, options: ImageOptions): Promise<Box>;
  showPage(options: ImageOptions): Promise<Box | undefined>;
  svg(): string;
  clear(): void;
}
declare const bokehExport: PageFunctions;

/** A page that draws models, one export after the other. */
interface DrawingPage {
  readonly page: Page;
  readonly loaded: Set<string>;
  uses: number;
}

const VIEWPORT = { width: 1280, height: 720 };
/** Number of exports after which a page is replaced, so that no leak in a page can add up. */
const MAX_USES = 200;
/** Maximum number of pages, one for each scale. */
const MAX_PAGES = 4;
const TIMEOUT_MILLISECONDS = 30_000;
const HTML = `<!DOCTYPE html><html><head><style>
html, body { box-sizing: border-box; width: 100%; height: 100%; margin: 0; border: 0; padding: 0; overflow: hidden; }
</style></head><body></body></html>`;

/**
 * A browser that exports images. It draws one after the other, in a page that is used again.
 *
 * @example
 * ```ts ignore
 * import { Exporter } from "@bokeh/server/export";
 *
 * await using exporter = await Exporter.open({ executablePath: "/usr/bin/chromium" });
 * for (const plot of plots) await Deno.writeFile(`${plot.name}.png`, await exporter.png(plot, { scale: 2 }));
 * ```
 */
export class Exporter implements AsyncDisposable {
  readonly #browser: Browser;
  readonly #pages = new Map<number, DrawingPage>();
  readonly #resources = new Resources({ mode: "inline" });
  #last: Promise<unknown> = Promise.resolve();

  /** Creates an exporter that draws with a running browser of Playwright, and closes it at the end. */
  constructor(browser: Browser) {
    this.#browser = browser;
  }

  /**
   * Starts a browser.
   *
   * @throws {Error} If the package `playwright-core` or a browser is missing.
   */
  static async open(options: BrowserOptions = {}): Promise<Exporter> {
    return new Exporter(await launchChromium(options));
  }

  /** Whether the browser runs. */
  get isOpen(): boolean {
    return this.#browser.isConnected();
  }

  /**
   * Returns a PNG image, tight around the roots.
   *
   * @throws {Error} If the models cannot be drawn.
   */
  async png(source: ExportSource, options: PngOptions = {}): Promise<Uint8Array<ArrayBuffer>> {
    const { scale = 1, transparent = false } = options;
    return await this.#draw(source, options, scale, async (page, clip) => {
      const { width, height } = VIEWPORT;
      const fits = clip.x + clip.width <= width && clip.y + clip.height <= height;
      if (!fits) {
        await page.setViewportSize({ width: Math.ceil(clip.x + clip.width), height: Math.ceil(clip.y + clip.height) });
      }
      try {
        return new Uint8Array(await page.screenshot({ clip, omitBackground: transparent, animations: "disabled" }));
      } finally {
        if (!fits) await page.setViewportSize(VIEWPORT);
      }
    });
  }

  /**
   * Returns an SVG image, drawn by BokehJS. Like in Python, it contains plots but no widgets.
   *
   * @throws {Error} If the models cannot be drawn.
   */
  async svg(source: ExportSource, options: ImageOptions = {}): Promise<string> {
    return await this.#draw(source, options, 1, (page) => page.evaluate(() => bokehExport.svg()));
  }

  /**
   * Returns a PDF document with one page, which contains the SVG image.
   *
   * @throws {Error} If the models cannot be drawn.
   */
  async pdf(source: ExportSource, options: ImageOptions = {}): Promise<Uint8Array<ArrayBuffer>> {
    const { width, height, text } = await this.#draw(
      source,
      options,
      1,
      async (page, box) => ({ ...box, text: await page.evaluate(() => bokehExport.svg()) }),
    );
    const page = await this.#browser.newPage();
    try {
      await page.setContent(
        `<!DOCTYPE html><style>@page { size: ${width}px ${height}px; margin: 0 } body { margin: 0 }
svg { display: block }</style>${text}`,
      );
      return new Uint8Array(await page.pdf({ preferCSSPageSize: true, printBackground: true, pageRanges: "1" }));
    } finally {
      await page.close();
    }
  }

  /** Closes the browser. */
  async close(): Promise<void> {
    await this.#browser.close();
  }

  /** Closes the browser. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  #draw<T>(
    source: ExportSource,
    options: ImageOptions,
    scale: number,
    take: (page: Page, box: Box) => Promise<T>,
  ): Promise<T> {
    // The models are written now: the caller may change them before their turn.
    const draw = source instanceof URL
      ? () => this.#drawUrl(source, options, scale, take)
      : this.#drawModels(source, options, scale, take);
    const result = this.#last.then(draw, draw);
    this.#last = result;
    return result;
  }

  #drawModels<T>(
    source: Embeddable,
    options: ImageOptions,
    scale: number,
    take: (page: Page, box: Box) => Promise<T>,
  ): () => Promise<T> {
    const { json, models } = standalone(source, options);
    const used = [...models];
    return async () => {
      const drawing = await this.#pageOf(scale);
      await this.#load(drawing, used);
      const { width, height, transparent = false } = options;
      const shown = drawing.page.evaluate(
        ([doc, wanted]) => bokehExport.show(doc, wanted),
        [json as unknown, { width, height, transparent }] as const,
      );
      try {
        const result = await take(drawing.page, await inTime(shown, options));
        await drawing.page.evaluate(() => bokehExport.clear());
        return result;
      } catch (error) {
        await this.#drop(scale);
        throw error;
      }
    };
  }

  async #drawUrl<T>(
    url: URL,
    options: ImageOptions,
    scale: number,
    take: (page: Page, box: Box) => Promise<T>,
  ): Promise<T> {
    const context = await this.#browser.newContext({ viewport: VIEWPORT, deviceScaleFactor: scale });
    const timeout = options.timeoutMilliseconds ?? TIMEOUT_MILLISECONDS;
    try {
      const page = await context.newPage();
      const response = await page.goto(url.href, { timeout });
      if (response?.ok() === false) throw new Error(`Cannot export ${url}: the server answered ${response.status()}`);
      await page.evaluate(pageSource);
      const { width, height, transparent = false } = options;
      const shown = page.evaluate(async (wanted) => {
        for (;;) {
          const box = await bokehExport.showPage(wanted);
          if (box !== undefined) return box;
          await new Promise((resolve) => setTimeout(resolve, 50));
        }
      }, { width, height, transparent });
      return await take(page, await inTime(shown, options));
    } finally {
      await context.close();
    }
  }

  async #pageOf(scale: number): Promise<DrawingPage> {
    const known = this.#pages.get(scale);
    if (known !== undefined && known.uses < MAX_USES) {
      known.uses += 1;
      return known;
    }
    if (known !== undefined) await this.#drop(scale);
    const [oldest] = this.#pages.keys();
    if (oldest !== undefined && this.#pages.size >= MAX_PAGES) await this.#drop(oldest);
    const context = await this.#browser.newContext({ viewport: VIEWPORT, deviceScaleFactor: scale });
    const page = await context.newPage();
    await page.setContent(HTML);
    const drawing = { page, loaded: new Set<string>(), uses: 1 };
    this.#pages.set(scale, drawing);
    return drawing;
  }

  async #drop(scale: number): Promise<void> {
    const drawing = this.#pages.get(scale);
    this.#pages.delete(scale);
    await drawing?.page.context().close();
  }

  /** Loads the scripts that models need and the page does not have. */
  async #load({ page, loaded }: DrawingPage, models: readonly Model[]): Promise<void> {
    const isFirst = loaded.size === 0;
    const missing = neededComponents(models).filter((name: Component) => !loaded.has(name));
    for (const text of await this.#resources.texts(missing)) await page.addScriptTag({ content: text });
    for (const name of missing) loaded.add(name);
    if (isFirst) await page.addScriptTag({ content: pageSource });
    const { scripts, inlineScripts } = await standaloneExtensions(models);
    for (const { src } of scripts) {
      if (!loaded.has(src)) await page.addScriptTag({ url: src });
      loaded.add(src);
    }
    for (const content of inlineScripts) {
      if (!loaded.has(content)) await page.addScriptTag({ content });
      loaded.add(content);
    }
  }
}

async function inTime<T>(shown: Promise<T>, { timeoutMilliseconds = TIMEOUT_MILLISECONDS }: ImageOptions): Promise<T> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(
    () => late.reject(new Error(`Cannot export an image: it is not drawn after ${timeoutMilliseconds} ms`)),
    timeoutMilliseconds,
  );
  try {
    return await Promise.race([shown, late.promise]);
  } finally {
    clearTimeout(timer);
    shown.catch(() => {}); // a page that is closed rejects, which the error above has reported
  }
}
