/**
 * Functions that export one image, with a browser that they share.
 *
 * @module
 */

import type { BrowserOptions } from "./chromium.ts";
import { Exporter, type ExportSource, type ImageOptions, type PngOptions } from "./exporter.ts";

/** Options of the functions that start a browser if none runs. */
export interface ExportOptions {
  /** Path of a file to write. */
  readonly output?: string | URL | undefined;
  /** How the browser is started, if the functions have not started it. */
  readonly browser?: BrowserOptions | undefined;
}

/** Time without exports after which the browser is closed, so that a program can end. */
const IDLE_MILLISECONDS = 1000;

let shared: Promise<Exporter> | undefined;
let running = 0;
let timer: ReturnType<typeof setTimeout> | undefined;

/**
 * Returns a PNG image of models, of a document, or of the page at a URL, tight around its roots.
 *
 * The first call starts a Chromium, which following calls use again. It is closed after a second
 * without calls.
 *
 * @throws {Error} If the package `playwright-core` or a browser is missing, or the models cannot be
 * drawn.
 *
 * @example
 * ```ts ignore
 * import { exportPng } from "@bokeh/server/export";
 * import { figure } from "@bokeh/server/plotting";
 *
 * const plot = figure({ width: 400, height: 300 });
 * plot.line({ x: [1, 2, 3], y: [4, 6, 5] });
 * await exportPng(plot, { output: "line.png", scale: 2 });
 * ```
 */
export async function exportPng(
  source: ExportSource,
  options: PngOptions & ExportOptions = {},
): Promise<Uint8Array<ArrayBuffer>> {
  return await written(options, await withExporter(options, (exporter) => exporter.png(source, options)));
}

/**
 * Returns an SVG image of models, of a document, or of the page at a URL. It contains plots, but no
 * widgets.
 *
 * @throws {Error} If the package `playwright-core` or a browser is missing, or the models cannot be
 * drawn.
 */
export async function exportSvg(source: ExportSource, options: ImageOptions & ExportOptions = {}): Promise<string> {
  return await written(options, await withExporter(options, (exporter) => exporter.svg(source, options)));
}

/**
 * Returns a PDF document with one page of the size of the roots, with their SVG image.
 *
 * @throws {Error} If the package `playwright-core` or a browser is missing, or the models cannot be
 * drawn.
 */
export async function exportPdf(
  source: ExportSource,
  options: ImageOptions & ExportOptions = {},
): Promise<Uint8Array<ArrayBuffer>> {
  return await written(options, await withExporter(options, (exporter) => exporter.pdf(source, options)));
}

/** Closes the browser that the functions share, if it runs. */
export async function closeExportBrowser(): Promise<void> {
  clearTimeout(timer);
  const exporter = shared;
  shared = undefined;
  await (await exporter?.catch(() => undefined))?.close();
}

async function withExporter<T>({ browser = {} }: ExportOptions, use: (exporter: Exporter) => Promise<T>): Promise<T> {
  clearTimeout(timer);
  running += 1;
  try {
    // Set before the first await, so that exports at the same time share one browser.
    shared = openExporter(shared, browser);
    return await use(await shared);
  } finally {
    running -= 1;
    if (running === 0) timer = setTimeout(() => void closeExportBrowser(), IDLE_MILLISECONDS);
  }
}

/** Returns the former exporter, or a new one if its browser does not run. */
async function openExporter(former: Promise<Exporter> | undefined, options: BrowserOptions): Promise<Exporter> {
  const known = await former?.catch(() => undefined);
  return known?.isOpen ? known : await Exporter.open(options);
}

async function written<T extends string | Uint8Array<ArrayBuffer>>({ output }: ExportOptions, image: T): Promise<T> {
  if (output === undefined) return image;
  if (typeof image === "string") await Deno.writeTextFile(output, image);
  else await Deno.writeFile(output, image);
  return image;
}
