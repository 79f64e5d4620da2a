/**
 * Documents and applications in pages of your own.
 *
 * @module
 */

export { serverDocument, type ServerDocumentOptions } from "./server_document.ts";
export { serverSession, type ServerSessionOptions } from "./server_session.ts";
export type { ServerEmbedOptions } from "./autoload_tag.ts";
export type { Component } from "./needed_components.ts";
export type { DocJson } from "../protocol/message.ts";
export { type LogLevel, Resources, type ResourcesOptions, type ScriptLink } from "./resources.ts";
export { type Components, components, type Divs } from "./components.ts";
export { fileHtml, type FileHtmlOptions } from "./file_html.ts";
export { type JsonItem, jsonItem } from "./json_item.ts";
export type { Embeddable, StandaloneOptions } from "./standalone.ts";
export type { BokehjsBuild, BokehjsBundle } from "./bokehjs.ts";
export { readBokehjs } from "./bokehjs_folder.ts";
