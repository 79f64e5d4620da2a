/**
 * The scripts of custom models: `/static/extensions/…`.
 *
 * @module
 */

import { definedExtensions, extensionsVersion } from "../../models/extensions/extension.ts";
import { methodNotAllowed } from "../http/responses.ts";
import { handleStatic } from "./static.ts";
import { compress, type Encoding, type StaticFile, type StaticSource } from "./static_source.ts";

const FOLDER = "extensions/";

/** Returns whether a path below `static/` is that of a script of a custom model. */
export function isExtensionPath(rest: string): boolean {
  if (extensionsVersion() === 0 || !rest.startsWith(FOLDER)) return false;
  const [name = ""] = rest.slice(FOLDER.length).split("/");
  for (const extension of definedExtensions()) if (extension.name === name) return true;
  return false;
}

/**
 * Returns a script of a custom model. Like BokehJS, it needs no login, because pages of other
 * origins load it without cookies.
 *
 * @param development Whether the script contains its source map.
 */
export async function handleExtension(
  request: Request,
  { url, rest, development }: { readonly url: URL; readonly rest: string; readonly development: boolean },
): Promise<Response> {
  if (request.method !== "GET" && request.method !== "HEAD") return methodNotAllowed(["GET", "HEAD"]);
  return await handleStatic(request, { url, rest, source: new ExtensionSource(development) });
}

class ExtensionSource implements StaticSource {
  readonly #development: boolean;

  constructor(development: boolean) {
    this.#development = development;
  }

  async find(path: string): Promise<StaticFile | undefined> {
    const { findExtensionFile } = await import("../../embed/extensions/extension_files.ts");
    const file = await findExtensionFile(path.slice(FOLDER.length), this.#development);
    return file === undefined ? undefined : scriptFile(file.text, file.sha512);
  }
}

/** The files of the scripts, by hash of their text. */
const files = new Map<string, ScriptFile>();
/** Maximum number of files that are kept: each save during development makes another. */
const MAX_FILES = 200;

function scriptFile(text: string, sha512: string): ScriptFile {
  let file = files.get(sha512);
  if (file === undefined) {
    if (files.size >= MAX_FILES) files.clear();
    files.set(sha512, file = new ScriptFile(text, sha512));
  }
  return file;
}

class ScriptFile implements StaticFile {
  readonly type = "text/javascript; charset=utf-8";
  readonly crossOrigin = true;
  readonly modified = new Date();
  readonly size: number;
  readonly #bytes: Uint8Array<ArrayBuffer>;
  readonly #hash: string;
  readonly #encoded = new Map<Encoding, Promise<Uint8Array<ArrayBuffer>>>();

  constructor(text: string, hash: string) {
    this.#bytes = new TextEncoder().encode(text);
    this.#hash = hash;
    this.size = this.#bytes.length;
  }

  hash(): string {
    return this.#hash;
  }

  read(start: number, end: number): Promise<BodyInit> {
    return Promise.resolve(this.#bytes.subarray(start, end));
  }

  encoded(encoding: Encoding): Promise<Uint8Array<ArrayBuffer>> {
    let bytes = this.#encoded.get(encoding);
    if (bytes === undefined) this.#encoded.set(encoding, bytes = compress(this.#bytes, encoding));
    return bytes;
  }
}
