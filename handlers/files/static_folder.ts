/**
 * The folder `static/` of a directory application.
 *
 * @module
 */

import { nodeBuiltin } from "../../common/node_builtin.ts";
import { compress, type Encoding, isSafePath, type StaticFile, type StaticSource } from "./static_source.ts";

/**
 * Sizes of files that are compressed. Compressing smaller files saves no packet; larger ones would
 * fill the cache.
 */
const MAX_COMPRESSED_BYTES = 4 * 1024 * 1024;
const MIN_COMPRESSED_BYTES = 1024;
const COMPRESSIBLE = /^text\/|javascript|json|xml|wasm/;

/** Serves the files of a folder. Symbolic links that lead out of the folder are not followed. */
export class StaticFolder implements StaticSource {
  readonly #folder: string;
  readonly #files = new Map<string, DiskFile>();

  /**
   * Creates the source of a folder.
   *
   * @param folder Path of the folder, which may not exist.
   */
  constructor(folder: string) {
    this.#folder = folder;
  }

  async find(path: string): Promise<StaticFile | undefined> {
    if (!isSafePath(path)) return undefined;
    const { join, sep } = nodeBuiltin("node:path");
    try {
      const root = await Deno.realPath(this.#folder);
      const real = await Deno.realPath(join(root, path));
      if (!real.startsWith(root.endsWith(sep) ? root : root + sep)) return undefined;
      return await this.#open(real);
    } catch (error) {
      if (isNotFound(error)) return undefined;
      throw error;
    }
  }

  async #open(path: string): Promise<DiskFile | undefined> {
    const info = await Deno.stat(path);
    if (!info.isFile) return undefined;
    const known = this.#files.get(path);
    if (known !== undefined && known.size === info.size && known.modified.getTime() === info.mtime?.getTime()) {
      return known;
    }
    const { contentType } = await import("@std/media-types"); // loaded on demand: a large table
    const type = contentType(nodeBuiltin("node:path").extname(path)) ?? "application/octet-stream";
    const file = new DiskFile(path, { type, size: info.size, modified: info.mtime ?? new Date(0) });
    this.#files.set(path, file);
    return file;
  }
}

/**
 * Returns whether an error means that there is no file at a path: also a file in place of a folder,
 * or a name that is too long.
 */
function isNotFound(error: unknown): boolean {
  return error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory ||
    error instanceof Deno.errors.FilesystemLoop || error instanceof Deno.errors.InvalidData ||
    error instanceof Error && "code" in error && error.code === "ENAMETOOLONG";
}

class DiskFile implements StaticFile {
  readonly type: string;
  readonly size: number;
  readonly modified: Date;
  readonly #path: string;
  readonly #encoded = new Map<Encoding, Promise<Uint8Array<ArrayBuffer>>>();
  #hash: Promise<string> | undefined;

  constructor(path: string, { type, size, modified }: Pick<StaticFile, "type" | "size" | "modified">) {
    this.#path = path;
    this.size = size;
    this.modified = modified;
    this.type = type;
  }

  hash(): Promise<string> {
    this.#hash ??= hashFile(this.#path);
    return this.#hash;
  }

  async read(start: number, end: number): Promise<BodyInit> {
    const file = await Deno.open(this.#path);
    try {
      await file.seek(start, Deno.SeekMode.Start);
      return file.readable.pipeThrough(firstBytes(end - start));
    } catch (error) {
      file.close();
      throw error;
    }
  }

  encoded(encoding: Encoding): Promise<Uint8Array<ArrayBuffer>> | undefined {
    if (this.size < MIN_COMPRESSED_BYTES || this.size > MAX_COMPRESSED_BYTES) return undefined;
    if (!COMPRESSIBLE.test(this.type)) return undefined;
    let bytes = this.#encoded.get(encoding);
    if (bytes === undefined) {
      bytes = Deno.readFile(this.#path).then((content) => compress(content, encoding));
      this.#encoded.set(encoding, bytes);
    }
    return bytes;
  }
}

async function hashFile(path: string): Promise<string> {
  const hash = nodeBuiltin("node:crypto").createHash("sha512");
  using file = await Deno.open(path);
  for await (const chunk of file.readable) hash.update(chunk);
  return hash.digest("hex");
}

/**
 * Returns a stream that ends after `count` bytes, so that a file that grows meanwhile does not
 * exceed its `Content-Length`.
 */
function firstBytes(count: number): TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>> {
  let left = count;
  return new TransformStream({
    transform(chunk, controller) {
      const part = chunk.subarray(0, left);
      left -= part.length;
      controller.enqueue(part);
      if (left === 0) controller.terminate();
    },
  });
}
