/**
 * BokehJS below `static/`.
 *
 * @module
 */

import { bundleBytes, type BundleName, isBundleName } from "../embed/bokehjs.ts";
import { BUNDLES } from "../embed/gen/bundles.ts";
import { compress, type Encoding, type StaticFile, type StaticSource } from "./static_source.ts";

/** npm packages do not say when their files changed: since this process runs they have not. */
const MODIFIED = new Date();

/** The bundles of BokehJS, each read and compressed when it is first asked for. */
export class BokehjsFiles implements StaticSource {
  readonly #files = new Map<BundleName, Bundle>();

  find(path: string): StaticFile | undefined {
    // npm has the minified bundles only: they stand for the others too
    const name = path.replace(/^js\//, "").replace(/(?<!\.min)\.js$/, ".min.js");
    if (!path.startsWith("js/") || !isBundleName(name)) return undefined;
    const file = this.#files.get(name) ?? new Bundle(name);
    this.#files.set(name, file);
    return file;
  }
}

class Bundle implements StaticFile {
  readonly type = "text/javascript; charset=utf-8";
  readonly modified = MODIFIED;
  readonly size: number;
  readonly #hash: string;
  readonly #name: BundleName;
  readonly #encoded = new Map<Encoding, Promise<Uint8Array<ArrayBuffer>>>();
  #bytes: Promise<Uint8Array<ArrayBuffer>> | undefined;

  constructor(name: BundleName) {
    const { size, sha512 } = BUNDLES[name]!;
    this.size = size;
    this.#hash = sha512;
    this.#name = name;
  }

  hash(): string {
    return this.#hash;
  }

  async read(start: number, end: number): Promise<BodyInit> {
    return (await this.#content()).subarray(start, end);
  }

  encoded(encoding: Encoding): Promise<Uint8Array<ArrayBuffer>> {
    let bytes = this.#encoded.get(encoding);
    if (bytes === undefined) {
      bytes = this.#content().then((content) => compress(content, encoding));
      this.#encoded.set(encoding, bytes);
    }
    return bytes;
  }

  #content(): Promise<Uint8Array<ArrayBuffer>> {
    this.#bytes ??= bundleBytes(this.#name);
    return this.#bytes;
  }
}
