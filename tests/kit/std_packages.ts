/**
 * Serves packages of Deno's standard library like JSR, from the files of npm's `deno-std`.
 *
 * @module
 */

import { encodeHex } from "@std/encoding";
import { fromFileUrl, join } from "@std/path";

/** The version that each package has here. */
const VERSION = "1.4.0";
const NPM_FOLDER = fromFileUrl(new URL("../", import.meta.resolve("@std/html")));

/** Metadata of a version in JSR's format: its exports, and the size and hash of each file. */
interface VersionMetadata {
  readonly exports: Readonly<Record<string, string>>;
  readonly manifest: Readonly<Record<string, { size: number; checksum: string }>>;
}

/**
 * Answers a request for a package of `@std`.
 *
 * @param pathname The path of the request, such as `/@std/html/meta.json`.
 * @returns Undefined if the path is not below `/@std/`.
 */
export async function answerStdRequest(pathname: string): Promise<Response | undefined> {
  const [, name, rest] = /^\/@std\/([a-z-]+)\/(.+)$/.exec(pathname) ?? [];
  if (name === undefined || rest === undefined) return undefined;
  if (rest === "meta.json") {
    return Response.json({ scope: "std", name, latest: VERSION, versions: { [VERSION]: {} } });
  }
  if (rest === `${VERSION}_meta.json`) return Response.json(await metadataOf(name));
  const source = await readModule(name, rest.slice(VERSION.length + 1));
  return new Response(source, { headers: { "content-type": "text/javascript" } });
}

async function metadataOf(name: string): Promise<VersionMetadata> {
  const exports: Record<string, string> = {};
  const manifest: Record<string, { size: number; checksum: string }> = {};
  for await (const path of filesIn(folderOf(name))) {
    const bytes = new TextEncoder().encode(await readModule(name, path));
    const hash = await crypto.subtle.digest("SHA-256", bytes);
    manifest[`/${path}`] = { size: bytes.length, checksum: `sha256-${encodeHex(hash)}` };
    const exported = path === "mod.js" ? "." : `./${path.slice(0, -".js".length).replaceAll("_", "-")}`;
    exports[exported] = `./${path}`;
  }
  return { exports, manifest };
}

/** Reads a module, and rewrites its relative imports of other packages to imports from JSR. */
async function readModule(name: string, path: string): Promise<string> {
  const source = await Deno.readTextFile(join(folderOf(name), path));
  const up = "../".repeat(path.split("/").length);
  return source.replaceAll(
    /(from |import )"((?:\.\.\/)+)([a-z][a-z_]*)\/([a-z_/]+)\.js"/g,
    (all, head, dots, other, file) => {
      if (dots !== up) return all;
      const kebab = `${other}@^1/${file}`.replaceAll("_", "-").replace(/\/mod$/, "");
      return `${head}"jsr:@std/${kebab}"`;
    },
  );
}

function folderOf(name: string): string {
  return join(NPM_FOLDER, name.replaceAll("-", "_"));
}

async function* filesIn(folder: string, below = ""): AsyncGenerator<string> {
  for await (const { name, isDirectory } of Deno.readDir(join(folder, below))) {
    if (isDirectory) yield* filesIn(folder, `${below}${name}/`);
    else if (name.endsWith(".js")) yield `${below}${name}`;
  }
}
