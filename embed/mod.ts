/**
 * Documents and applications in pages of your own.
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
