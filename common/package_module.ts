/**
 * Modules of the package that are imported only if they are needed.
 *
 * @module
 */

/** Folder of the published package that contains its bundles, with the paths of the sources. */
const BUNDLES = "/dist/";

/**
 * Returns the URL of a module of this package, for an import that is not a literal: Deno does not see
 * it before it runs, so that the dependencies of the module are not downloaded with every program.
 * `tools/publish/bundle.ts` must bundle the module.
 *
 * @param path Path of the module below the root of the package, without its ending.
 */
export function packageModule(path: string): string {
  const own = import.meta.url;
  if (own.endsWith(".ts")) return new URL(`../${path}.ts`, own).href;
  return `${own.slice(0, own.lastIndexOf(BUNDLES))}${BUNDLES}${path}.js`;
}
