/**
 * Bundles of the views of custom models, made with `deno bundle`.
 *
 * @module
 */

import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { bundlerCommand, bundlerError } from "./bundler.ts";

/** A bundled module. */
export interface ViewBundle {
  /** The script, a CommonJS module. */
  readonly text: string;
  /** Its source map; undefined in a compiled program. */
  readonly sourceMap?: SourceMap;
  /** The files that it was made from. */
  readonly files: readonly URL[];
}

/** A source map (ECMA-426). */
export interface SourceMap {
  /** Paths of the sources. */
  readonly sources: readonly string[];
  /** The positions, in which each line of the script ends with a semicolon. */
  readonly mappings: string;
  readonly [field: string]: unknown;
}

/** Modules of BokehJS, which pages have loaded already. */
const EXTERNAL = ["@bokeh/bokehjs*", "npm:@bokeh/bokehjs*", "npm:/@bokeh/bokehjs*"];

const SOURCE_MAP = /\n\/\/# sourceMappingURL=data:application\/json;base64,([\w+/=]+)\s*$/;

/** Bundles a module. */
export async function bundleView(view: URL): Promise<ViewBundle> {
  if (Deno.build.standalone) return compiledBundle(view);
  const folder = await Deno.makeTempDir();
  try {
    return bundled(view, folder, await bundleCommand(view, folder).output());
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** Bundles a module, and blocks the program meanwhile. */
export function bundleViewSync(view: URL): ViewBundle {
  if (Deno.build.standalone) return compiledBundle(view);
  const folder = Deno.makeTempDirSync();
  try {
    return bundled(view, folder, bundleCommand(view, folder).outputSync());
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
}

/** Returns the URL of the file with the bundle of a module, which the command `build` writes. */
export function bundleFileOf(view: URL): URL {
  return new URL(view.pathname.replace(/(\.[cm]?[jt]sx?)?$/, ".bundle.js"), view);
}

/** Reads a bundle from the files in a compiled program, which has no bundler. */
function compiledBundle(view: URL): ViewBundle {
  const file = bundleFileOf(view);
  try {
    return { text: Deno.readTextFileSync(file), files: [] };
  } catch (cause) {
    throw new Error(
      `Cannot load the view ${nameOf(view)}: the program does not contain ${nameOf(file)}. Write it with the command ` +
        "build, and compile the program with --include",
      { cause },
    );
  }
}

function bundleCommand(view: URL, folder: string): Deno.Command {
  return bundlerCommand(view, outputIn(folder), [
    ...["--format", "cjs", "--sourcemap", "inline"],
    ...EXTERNAL.flatMap((pattern) => ["--external", pattern]),
  ]);
}

function outputIn(folder: string): string {
  return join(folder, "view.js");
}

/** Returns the result of the bundler. */
function bundled(view: URL, folder: string, { success, stderr }: Deno.CommandOutput): ViewBundle {
  if (!success) throw new SyntaxError(`Cannot bundle the view ${nameOf(view)}: ${bundlerError(stderr)}`);
  const output = outputIn(folder);
  const script = Deno.readTextFileSync(output);
  const map = SOURCE_MAP.exec(script);
  if (map === null) return { text: script, files: [view] };
  const bytes = Uint8Array.from(atob(map[1]!), (character) => character.charCodeAt(0));
  const sourceMap: SourceMap = JSON.parse(new TextDecoder().decode(bytes));
  const base = pathToFileURL(output);
  const files = sourceMap.sources.filter((source) => URL.canParse(source, base)).map((source) => new URL(source, base));
  return { text: script.slice(0, map.index), sourceMap, files };
}

/** Returns the file name of a URL. */
export function nameOf(url: URL): string {
  return decodeURIComponent(url.pathname.split("/").at(-1)!);
}
