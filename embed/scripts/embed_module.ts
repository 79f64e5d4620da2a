/**
 * `embed.js`: the module with which pages of any origin show applications.
 *
 * @module
 */

import embedSource from "../browser/embed.js" with { type: "text" };
import { CONNECTION_SCRIPT } from "./page_scripts.ts";

/** Where `browser/embed.js` has the script of connections. */
const MARK = "  // connection.js is inserted here";

/** Declares BokehJS to the type checker. A page that imports `embed.js` would take it for the types of the module. */
const TYPE_REFERENCE = '/// <reference types="./bokehjs.d.ts" />\n';

/**
 * The JavaScript of `embed.js`, which is the same on every server: it knows its own from where it was loaded, and asks an application's
 * `embed.json` for what it needs. Its types are in `embed_module_types.ts`.
 */
export const EMBED_MODULE: string = embedSource.replace(TYPE_REFERENCE, "").replace(MARK, () => CONNECTION_SCRIPT);
