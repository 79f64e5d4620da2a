/**
 * Models in the outputs of a notebook.
 *
 * @module
 */

import { notebookHtml } from "../embed/standalone/notebook_html.ts";
import type { Embeddable, StandaloneOptions } from "../embed/standalone/standalone.ts";
import type { MimeBundle } from "../models/base/display.ts";
import type { Model } from "../models/base/model.ts";

/** Settings of the outputs of a notebook. */
export interface NotebookOptions extends StandaloneOptions {
  /**
   * Where outputs load BokehJS from: Bokeh's CDN, or the output itself (`"inline"`), which needs no
   * network.
   *
   * @default {"cdn"}
   */
  readonly resources?: "cdn" | "inline";
}

let settings: NotebookOptions = {};

/**
 * Sets how the outputs of the notebook load BokehJS, and the theme of their models.
 *
 * @example
 * ```ts
 * import { output_notebook } from "@bokeh/server/io";
 *
 * output_notebook({ resources: "inline" });
 * ```
 */
export function output_notebook(options: NotebookOptions = {}): void {
  settings = options;
}

/** Returns the representations of models for an output. */
export async function displayModel(source: Embeddable): Promise<MimeBundle> {
  const text = Array.isArray(source) ? source.map(String).join(", ") : String(source as Model);
  return { "text/plain": text, "text/html": await notebookHtml(source, settings) };
}
