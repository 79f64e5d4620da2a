/**
 * The scripts of custom models as files with hashes.
 *
 * @module
 */

import { nodeBuiltin } from "../../common/node_builtin.ts";
import { definedExtensions, type Extension } from "../../models/extensions/extension.ts";
import type { ScriptLink } from "../resources/resources.ts";
import type { PageExtensions } from "./page_extensions.ts";
import { type ExtensionScript, isOwnScript, partsOf, scriptsOf } from "./extension_scripts.ts";

/** A script that the server serves. */
export interface ExtensionFile {
  /** Path below `static/extensions/`. */
  readonly path: string;
  /** Source text. */
  readonly text: string;
  /** SHA-512 hash of the text in hexadecimal. */
  readonly sha512: string;
  /** Value of the `integrity` attribute. */
  readonly integrity: string;
}

/** Files by script, without and with a source map. */
const files = [new WeakMap<ExtensionScript, ExtensionFile>(), new WeakMap<ExtensionScript, ExtensionFile>()] as const;

/**
 * Returns the file of a script.
 *
 * @param development Whether the file contains the source map, with the sources of the view.
 */
export function fileOf(script: ExtensionScript, development: boolean): ExtensionFile {
  const known = files[development ? 1 : 0];
  let file = known.get(script);
  if (file === undefined) {
    const text = script.text + (development ? script.sourceMap : "");
    const hash = (algorithm: string) => nodeBuiltin("node:crypto").createHash(algorithm).update(text);
    const integrity = `sha384-${hash("sha384").digest("base64")}`;
    known.set(script, file = { path: script.path, text, sha512: hash("sha512").digest("hex"), integrity });
  }
  return file;
}

/**
 * Returns links to the scripts of custom models.
 *
 * @param rootUrl URL of the folder that contains `static/`.
 * @param development Whether the scripts contain source maps.
 * @throws {SyntaxError} If a view cannot be bundled.
 */
export async function extensionLinks(
  extensions: Iterable<Extension>,
  rootUrl: string,
  development: boolean,
): Promise<ScriptLink[]> {
  const scripts = await Promise.all(Array.from(extensions, scriptsOf));
  const links = scripts.flatMap((found) => found.scripts).map((script) => {
    if (!isOwnScript(script)) return { src: String(script.src), integrity: script.integrity };
    const { path, sha512, integrity } = fileOf(script, development);
    return { src: `${rootUrl}static/extensions/${encodeURI(path)}?v=${sha512}`, integrity };
  });
  return [...new Map(links.map((link) => [link.src, link])).values()];
}

/**
 * Returns the texts of the scripts of custom models, and links to those of other servers.
 *
 * @throws {SyntaxError} If a view cannot be bundled.
 */
export async function extensionTexts(extensions: Iterable<Extension>): Promise<PageExtensions> {
  const scripts = (await Promise.all(Array.from(extensions, scriptsOf))).flatMap((found) => found.scripts);
  return partsOf(scripts);
}

/**
 * Returns the script of a custom model at a path, undefined if there is none.
 *
 * @param path Name of the class and of the file, separated by a slash.
 * @param development Whether the file contains the source map.
 * @throws {SyntaxError} If the view cannot be bundled.
 */
export async function findExtensionFile(path: string, development: boolean): Promise<ExtensionFile | undefined> {
  for (const extension of definedExtensions()) {
    if (!path.startsWith(`${extension.name}/`)) continue;
    const script = (await scriptsOf(extension)).scripts.filter(isOwnScript).find((found) => found.path === path);
    if (script !== undefined) return fileOf(script, development);
  }
  return undefined;
}
