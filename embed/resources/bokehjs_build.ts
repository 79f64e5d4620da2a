/**
 * Builds of BokehJS: the scripts that pages load.
 *
 * @module
 */

import { BOKEH_VERSION } from "../../protocol/version.ts";
import { BUNDLES } from "./gen/bundles.ts";

/** A script of BokehJS. */
export interface BokehjsBundle {
  /** Size in bytes. */
  readonly size: number;
  /** SHA-384 hash in base64, as in `integrity` attributes and in Bokeh's lists of hashes. */
  readonly sha384: string;
  /** SHA-512 hash in hexadecimal, as in the URLs of Bokeh's servers (`?v=`). */
  readonly sha512: string;
  /** Returns the content, byte for byte as it is in the package or file. */
  bytes(): Promise<Uint8Array<ArrayBuffer>>;
}

/** The scripts of one version of BokehJS. */
export interface BokehjsBuild {
  /** Version that the scripts state, as `3.10.0`. */
  readonly version: string;
  /** The scripts by their file names, as `bokeh-widgets.min.js`. */
  readonly bundles: ReadonlyMap<string, BokehjsBundle>;
}

/**
 * The bundles, copied from the npm package `@bokeh/bokehjs` by `tools/generate/bundles.ts`: that package would bring 100 MB of
 * dependencies that only its own build needs. Imports are part of the module graph: they need no read permission, and
 * `deno compile` includes them. Each file is a JSON text, because JSR refuses imports of the type `text`: the base64 of the
 * compressed bundle, because Deno reads and checks all files of the module graph when a program starts.
 */
const SOURCES = {
  "bokeh.min.js": () => import("#bokehjs/bokeh.min.js.json", { with: { type: "json" } }),
  "bokeh-gl.min.js": () => import("#bokehjs/bokeh-gl.min.js.json", { with: { type: "json" } }),
  "bokeh-widgets.min.js": () => import("#bokehjs/bokeh-widgets.min.js.json", { with: { type: "json" } }),
  "bokeh-tables.min.js": () => import("#bokehjs/bokeh-tables.min.js.json", { with: { type: "json" } }),
  "bokeh-mathjax.min.js": () => import("#bokehjs/bokeh-mathjax.min.js.json", { with: { type: "json" } }),
  "bokeh-api.min.js": () => import("#bokehjs/bokeh-api.min.js.json", { with: { type: "json" } }),
};

type BundleName = keyof typeof SOURCES;

/** File names of the bundles in the package. All of them are minified. */
// TypeScript widens the keys of an object to string
export const BUNDLE_NAMES = Object.keys(SOURCES) as readonly BundleName[];

/** Returns the bytes of a bundle in the package. */
async function packagedBytes(name: BundleName): Promise<Uint8Array<ArrayBuffer>> {
  const gzip = new Blob([Uint8Array.fromBase64((await SOURCES[name]()).default)]);
  return await new Response(gzip.stream().pipeThrough(new DecompressionStream("gzip"))).bytes();
}

/** The build of the npm package `@bokeh/bokehjs`, which is the default of servers and pages. */
export const PACKAGED_BOKEHJS: BokehjsBuild = {
  version: BOKEH_VERSION,
  bundles: new Map(
    BUNDLE_NAMES.map((name) => {
      let bytes: Promise<Uint8Array<ArrayBuffer>> | undefined;
      return [name, { ...BUNDLES[name], bytes: () => bytes ??= packagedBytes(name) }];
    }),
  ),
};

/**
 * Returns a bundle; undefined if the build does not have it. If a build has only minified bundles,
 * as that of npm, returns the minified one for the name of one that is not minified.
 *
 * @param name File name, as `bokeh.min.js` or `bokeh.js`.
 */
export function findBundle({ bundles }: BokehjsBuild, name: string): BokehjsBundle | undefined {
  return bundles.get(name) ?? bundles.get(name.replace(/(?<!\.min)\.js$/, ".min.js"));
}

/** Returns the value of the `integrity` attribute (W3C Subresource Integrity) of a bundle. */
export function integrityOf(bundle: BokehjsBundle): string {
  return `sha384-${bundle.sha384}`;
}
