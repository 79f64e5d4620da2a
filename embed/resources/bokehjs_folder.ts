/**
 * Builds of BokehJS in a folder, as in Python's package or in a checkout of Bokeh.
 *
 * @module
 */

import { errorMessage } from "../../common/error_message.ts";
import { createHash } from "node:crypto";
import { join } from "@std/path";
import type { BokehjsBuild, BokehjsBundle } from "./bokehjs_build.ts";
import { COMPONENTS } from "./bokehjs_components.ts";

/** File names without their extensions of the bundles that a build may have. */
const STEMS: readonly string[] = [...COMPONENTS, "bokeh-api"];

/**
 * The texts before the version in a bundle. The main bundle exports its version, the others state
 * that of the main one.
 */
const VERSION_PREFIXES = ['root["Bokeh"], "', 'version="', 'version = "'];

/**
 * Reads a build of BokehJS from a folder, for the option `bokehjs` of servers and `Resources`. The
 * bundles are kept in memory, so that responses always match the hashes in pages.
 *
 * @param folder Folder with `js/bokeh.min.js`, as `bokeh/server/static` in Python's package, or
 * with `bokeh.min.js`.
 * @throws {TypeError} If a bundle is missing or cannot be read, or if bundles have different
 * versions.
 *
 * @example
 * ```ts
 * import { assertRejects } from "@std/assert";
 * import { readBokehjs } from "@bokeh/server/embed";
 *
 * await assertRejects(() => readBokehjs("/no/such/folder"), TypeError, "Cannot use the BokehJS in /no/such/folder");
 * ```
 */
export async function readBokehjs(folder: string): Promise<BokehjsBuild> {
  const bundles = await bundlesIn(join(folder, "js")) ?? await bundlesIn(folder);
  if (bundles === undefined) {
    throw new TypeError(
      `Cannot use the BokehJS in ${folder}: it holds neither js/bokeh.min.js nor bokeh.min.js. ` +
        "Python's package has a build in bokeh/server/static",
    );
  }
  const missing = COMPONENTS.map((stem) => `${stem}.min.js`).filter((name) => !bundles.has(name));
  if (missing.length > 0) throw new TypeError(`Cannot use the BokehJS in ${folder}: it lacks ${missing.join(", ")}`);
  return { version: await versionOf(bundles, folder), bundles };
}

async function bundlesIn(folder: string): Promise<Map<string, BokehjsBundle> | undefined> {
  const bundles = new Map<string, BokehjsBundle>();
  for (const name of STEMS.flatMap((stem) => [`${stem}.min.js`, `${stem}.js`])) {
    const bytes = await readIfPresent(join(folder, name));
    if (bytes !== undefined) bundles.set(name, bundleOf(bytes));
  }
  return bundles.has("bokeh.min.js") ? bundles : undefined;
}

async function readIfPresent(path: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
  try {
    return await Deno.readFile(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory) return undefined;
    const reason = errorMessage(error);
    throw new TypeError(`Cannot read BokehJS from ${path}: ${reason}`, { cause: error });
  }
}

function bundleOf(bytes: Uint8Array<ArrayBuffer>): BokehjsBundle {
  return {
    size: bytes.length,
    sha384: createHash("sha384").update(bytes).digest("base64"),
    sha512: createHash("sha512").update(bytes).digest("hex"),
    bytes: () => Promise.resolve(bytes),
  };
}

async function versionOf(bundles: ReadonlyMap<string, BokehjsBundle>, folder: string): Promise<string> {
  const names = new Map<string, string>();
  for (const [name, bundle] of bundles) {
    const version = statedVersion(new TextDecoder().decode(await bundle.bytes()));
    if (version === undefined) throw new TypeError(`Cannot use the BokehJS in ${folder}: ${name} states no version`);
    if (!names.has(version)) names.set(version, name);
  }
  const [first, second] = names;
  if (second !== undefined) {
    throw new TypeError(
      `Cannot use the BokehJS in ${folder}: ${first![1]} is of version ${first![0]}, ${second[1]} of ${second[0]}`,
    );
  }
  return first![0];
}

function statedVersion(text: string): string | undefined {
  const found = VERSION_PREFIXES.find((prefix) => text.includes(prefix));
  if (found === undefined) return undefined;
  const start = text.indexOf(found) + found.length;
  return text.slice(start, text.indexOf('"', start));
}
