/**
 * The browser's half: the bundles of BokehJS, read from its npm package.
 *
 * @module
 */

import { BOKEH_VERSION } from "../protocol/version.ts";

/** The version of the npm package, written once into each bundle. */
const PACKAGE_VERSION = "3.10.0";

/** Text imports belong to the module graph: they need no permission to read, and `deno compile` carries them along. */
const SOURCES = {
  "bokeh.min.js": () => import("@bokeh/bokehjs/build/js/bokeh.min.js", { with: { type: "text" } }),
  "bokeh-gl.min.js": () => import("@bokeh/bokehjs/build/js/bokeh-gl.min.js", { with: { type: "text" } }),
  "bokeh-widgets.min.js": () => import("@bokeh/bokehjs/build/js/bokeh-widgets.min.js", { with: { type: "text" } }),
  "bokeh-tables.min.js": () => import("@bokeh/bokehjs/build/js/bokeh-tables.min.js", { with: { type: "text" } }),
  "bokeh-mathjax.min.js": () => import("@bokeh/bokehjs/build/js/bokeh-mathjax.min.js", { with: { type: "text" } }),
  "bokeh-api.min.js": () => import("@bokeh/bokehjs/build/js/bokeh-api.min.js", { with: { type: "text" } }),
};

/** File name of a bundle. */
export type BundleName = keyof typeof SOURCES;

/** The file names of all bundles. */
export const BUNDLE_NAMES: readonly BundleName[] = [
  "bokeh.min.js",
  "bokeh-gl.min.js",
  "bokeh-widgets.min.js",
  "bokeh-tables.min.js",
  "bokeh-mathjax.min.js",
  "bokeh-api.min.js",
];

/** Whether there is a bundle of this file name. */
export function isBundleName(name: string): name is BundleName {
  return Object.hasOwn(SOURCES, name);
}

/**
 * The text of a bundle as it is served.
 *
 * npm has no BokehJS later than 3.10.0, whose protocol and models are those of {@linkcode BOKEH_VERSION}. The bundle is told so, or each page would
 * warn of a mismatch of versions.
 */
export async function bundleText(name: BundleName): Promise<string> {
  const { default: source } = await SOURCES[name]() as { default: string };
  return source.replace(`"${PACKAGE_VERSION}"`, `"${BOKEH_VERSION}"`);
}

/** The bytes of a bundle as it is served. */
export async function bundleBytes(name: BundleName): Promise<Uint8Array<ArrayBuffer>> {
  return new TextEncoder().encode(await bundleText(name));
}
