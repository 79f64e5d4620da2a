/**
 * BokehJS as static files.
 *
 * @module
 */

import {
  type BokehjsBuild,
  type BokehjsBundle,
  findBundle,
  PACKAGED_BOKEHJS,
} from "../../embed/resources/bokehjs_build.ts";
import { compress, type Encoding, type StaticFile, type StaticSource } from "./static_source.ts";

/** Modification time of all bundles: a build does not change while the process runs. */
const MODIFIED = new Date();

/**
 * Serves the bundles of a build of BokehJS. Each is read and compressed when it is first requested.
 */
export class BokehjsFiles implements StaticSource {
  /** The build of BokehJS. */
  readonly build: BokehjsBuild;
  readonly #files = new Map<BokehjsBundle, BundleFile>();

  /** Creates the source of a build. */
  constructor(build: BokehjsBuild) {
    this.build = build;
  }

  find(path: string): StaticFile | undefined {
    if (!path.startsWith("js/")) return undefined;
    const bundle = findBundle(this.build, path.slice("js/".length));
    if (bundle === undefined) return undefined;
    let file = this.#files.get(bundle);
    if (file === undefined) this.#files.set(bundle, file = new BundleFile(bundle));
    return file;
  }
}

/**
 * The build of this package, shared by all servers of the process so that it is compressed once.
 */
export const packagedBokehjs: BokehjsFiles = new BokehjsFiles(PACKAGED_BOKEHJS);

class BundleFile implements StaticFile {
  readonly type = "text/javascript; charset=utf-8";
  readonly modified = MODIFIED;
  /**
   * Browsers check the integrity of scripts of other origins only if CORS allows them to read the
   * scripts.
   */
  readonly crossOrigin = true;
  readonly size: number;
  readonly #bundle: BokehjsBundle;
  readonly #encoded = new Map<Encoding, Promise<Uint8Array<ArrayBuffer>>>();

  constructor(bundle: BokehjsBundle) {
    this.size = bundle.size;
    this.#bundle = bundle;
  }

  hash(): string {
    return this.#bundle.sha512;
  }

  async read(start: number, end: number): Promise<BodyInit> {
    return (await this.#bundle.bytes()).subarray(start, end);
  }

  encoded(encoding: Encoding): Promise<Uint8Array<ArrayBuffer>> {
    let bytes = this.#encoded.get(encoding);
    if (bytes === undefined) {
      bytes = this.#bundle.bytes().then((content) => compress(content, encoding));
      this.#encoded.set(encoding, bytes);
    }
    return bytes;
  }
}
