/**
 * Builds of BokehJS, the scripts that browsers load.
 *
 * @module
 */

import { BOKEH_VERSION } from "../../protocol/version.ts";
import { BUNDLES } from "./gen/bundles.ts";

/** One script of BokehJS. */
export interface BokehjsBundle {
  /** Size in bytes. */
  readonly size: number;
  /** SHA-384 in base64, as Bokeh publishes it and as `integrity` attributes hold it. */
  readonly sha384: string;
  /** SHA-512 in hexadecimal, as URLs of Bokeh's servers hold it (`?v=`). */
  readonly sha512: string;
  /** Returns the content, byte for byte as published. */
  bytes(): Promise<Uint8Array<ArrayBuffer>>;
}

/** The scripts of one version of BokehJS. */
export interface BokehjsBuild {
  /** Version that the scripts state, as `3.10.0`. */
  readonly version: string;
  /** The scripts by file name, as `bokeh-widgets.min.js`. */
  readonly bundles: ReadonlyMap<string, BokehjsBundle>;
}

/** Text imports belong to the module graph: they need no permission to read, and `deno compile` includes them. */
const SOURCES = {
  "bokeh.min.js": () => import("@bokeh/bokehjs/build/js/bokeh.min.js", { with: { type: "text" } }),
  "bokeh-gl.min.js": () => import("@bokeh/bokehjs/build/js/bokeh-gl.min.js", { with: { type: "text" } }),
  "bokeh-widgets.min.js": () => import("@bokeh/bokehjs/build/js/bokeh-widgets.min.js", { with: { type: "text" } }),
  "bokeh-tables.min.js": () => import("@bokeh/bokehjs/build/js/bokeh-tables.min.js", { with: { type: "text" } }),
  "bokeh-mathjax.min.js": () => import("@bokeh/bokehjs/build/js/bokeh-mathjax.min.js", { with: { type: "text" } }),
  "bokeh-api.min.js": () => import("@bokeh/bokehjs/build/js/bokeh-api.min.js", { with: { type: "text" } }),
};

type BundleName = keyof typeof SOURCES;

/** File names of the bundles that the npm package has: the minified ones. */
// a record's keys are its names: the language widens them to string
export const BUNDLE_NAMES = Object.keys(SOURCES) as readonly BundleName[];

/** Reads a bundle of the npm package. The bundles are UTF-8 without a byte order mark, so that text keeps their bytes. */
export async function packagedBytes(name: BundleName): Promise<Uint8Array<ArrayBuffer>> {
  const { default: source } = await SOURCES[name]() as { default: string };
  return new TextEncoder().encode(source);
}

/** The build in the npm package `@bokeh/bokehjs`, which this server uses by default. */
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
 * Finds a bundle. A build without bundles that are not minified, as npm's, has its minified ones used in their place.
 *
 * @param name File name, as `bokeh.min.js` or `bokeh.js`.
 */
export function findBundle({ bundles }: BokehjsBuild, name: string): BokehjsBundle | undefined {
  return bundles.get(name) ?? bundles.get(name.replace(/(?<!\.min)\.js$/, ".min.js"));
}

/** Returns the value of an `integrity` attribute (W3C Subresource Integrity) for a bundle. */
export function integrityOf(bundle: BokehjsBundle): string {
  return `sha384-${bundle.sha384}`;
}
