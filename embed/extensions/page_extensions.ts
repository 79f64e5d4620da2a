/**
 * The scripts of custom models in pages. What makes them is loaded only by programs that define
 * custom models.
 *
 * @module
 */

import type { ModelLike } from "../../models/base/model_like.ts";
import { definedExtensions, extensionsVersion } from "../../models/extensions/extension.ts";
import type { Resources, ScriptLink } from "../resources/resources.ts";

/** The scripts of custom models that a page loads after BokehJS. */
export interface PageExtensions {
  /** Links to scripts. */
  readonly scripts: readonly ScriptLink[];
  /** Texts of scripts that the page contains. */
  readonly inlineScripts: readonly string[];
}

const NONE: PageExtensions = { scripts: [], inlineScripts: [] };

/** The scripts of the last pages, by resources. */
const served = new WeakMap<Resources, { version: number; extensions: PageExtensions }>();
/** Joined lists of scripts, which pages use as the keys of a cache. */
const joined = new WeakMap<readonly ScriptLink[], { more: readonly ScriptLink[]; all: readonly ScriptLink[] }>();

/**
 * Returns the scripts of all custom models for a page of a server: its document may need any of
 * them later.
 *
 * @param resources The source from which the page loads BokehJS.
 * @param development Whether the scripts contain source maps.
 * @throws {SyntaxError} If a view cannot be bundled.
 */
export async function servedExtensions(resources: Resources, development: boolean): Promise<PageExtensions> {
  const version = extensionsVersion();
  if (version === 0) return NONE;
  const known = served.get(resources);
  if (known?.version === version) return known.extensions;
  const { extensionLinks, extensionTexts } = await import("./extension_files.ts");
  const extensions = resources.mode === "inline"
    ? await extensionTexts(definedExtensions())
    : { scripts: await extensionLinks(definedExtensions(), resources.rootUrl, development), inlineScripts: [] };
  served.set(resources, { version, extensions });
  return extensions;
}

/**
 * Returns the scripts of the custom models among some models, for a page without a server.
 *
 * @throws {SyntaxError} If a view cannot be bundled.
 */
export async function standaloneExtensions(models: Iterable<ModelLike>): Promise<PageExtensions> {
  if (extensionsVersion() === 0) return NONE;
  const { extensionTexts } = await import("./extension_files.ts");
  const { extensionsOf } = await import("./extension_scripts.ts");
  return await extensionTexts(extensionsOf(models));
}

/**
 * Returns the scripts of BokehJS and those of custom models. Returns the same array for the same
 * arguments.
 */
export function joinScripts(bokehjs: readonly ScriptLink[], more: readonly ScriptLink[]): readonly ScriptLink[] {
  if (more.length === 0) return bokehjs;
  const known = joined.get(bokehjs);
  if (known?.more === more) return known.all;
  const all = [...bokehjs, ...more];
  joined.set(bokehjs, { more, all });
  return all;
}
