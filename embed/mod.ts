/**
 * Embedding of models, documents and applications in web pages.
 *
 * - `fileHtml`, `components` and `jsonItem` embed models without a server: a whole page, parts of a
 *   page, or JSON.
 * - `serverDocument` and `serverSession` embed an application or a session of a Bokeh server.
 *
 * ```ts
 * import { assertStringIncludes } from "@std/assert";
 * import { fileHtml } from "@bokeh/server/embed";
 * import { figure } from "@bokeh/server/plotting";
 *
 * const plot = figure({ width: 400, height: 300 });
 * plot.line({ x: [1, 2, 3], y: [4, 6, 5] });
 *
 * const html = await fileHtml(plot, { title: "A line" });
 * assertStringIncludes(html, "<title>A line</title>");
 * ```
 *
 * @module
 */

export {
  serverDocument,
  type ServerDocumentOptions,
  type ServerEmbedOptions,
  serverSession,
  type ServerSessionOptions,
} from "./scripts/server_embed.ts";
export type { Component } from "./resources/bokehjs_components.ts";
export type { DocJson } from "../protocol/message.ts";
export { type LogLevel, Resources, type ResourcesOptions, type ScriptLink } from "./resources/resources.ts";
export { type Components, components, type Divs } from "./standalone/components.ts";
export { fileHtml, type FileHtmlOptions } from "./standalone/file_html.ts";
export { type JsonItem, jsonItem } from "./standalone/json_item.ts";
export type { Embeddable, StandaloneOptions } from "./standalone/standalone.ts";
export type { BokehjsBuild, BokehjsBundle } from "./resources/bokehjs_build.ts";
export { readBokehjs } from "./resources/bokehjs_folder.ts";
