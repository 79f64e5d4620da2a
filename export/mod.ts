/**
 * Images of models: PNG, SVG and PDF. They are drawn in a Chromium, by the package
 * `playwright-core`, which is loaded when it is needed.
 *
 * ```ts ignore
 * import { exportPng } from "@bokeh/server/export";
 *
 * await exportPng(plot, { output: "plot.png" });
 * ```
 *
 * @module
 */

export type { BrowserOptions } from "./chromium.ts";
export { Exporter, type ExportSource, type ImageOptions, type PngOptions } from "./exporter.ts";
export { closeExportBrowser, type ExportOptions, exportPdf, exportPng, exportSvg } from "./export_image.ts";
