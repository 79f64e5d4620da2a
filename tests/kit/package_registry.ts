/**
 * A local registry with JSR's API (<https://jsr.io/docs/api>). It accepts what `deno publish` uploads and serves the files, with
 * the specifiers and the types that users of JSR get. It also serves the packages of `@std`.
 *
 * @module
 */

import { encodeHex } from "@std/encoding";
import { join } from "@std/path";
import { copyPackage } from "../../tools/publish/package_copy.ts";
import { answerStdRequest } from "./std_packages.ts";

const NAME = "/@bokeh/server";
const VERSIONS = "/api/scopes/bokeh/packages/server/versions/";

/** A file in the manifest of a version. */
interface PublishedFile {
  size: number;
  checksum: string;
}

/** A registry on a free port with this package. */
export class PackageRegistry implements AsyncDisposable {
  readonly #server: Deno.HttpServer<Deno.NetAddr>;
  readonly #folder: string;
  readonly #cache: string;
  #version = "";

  constructor(folder: string, cache: string) {
    this.#folder = folder;
    this.#cache = cache;
    this.#server = Deno.serve(
      { hostname: "127.0.0.1", port: 0, onListen: () => {} },
      (request) => this.#answer(request),
    );
  }

  /** Starts a registry and publishes the package to it, as `deno task publish` does. */
  static async publish(): Promise<PackageRegistry> {
    const registry = new PackageRegistry(await Deno.makeTempDir(), await Deno.makeTempDir());
    // Packages of npm come from the cache, so that tests measure this package only.
    await Deno.symlink(join(await cacheFolder(), "npm"), join(registry.#cache, "npm"));
    const copy = await Deno.makeTempDir();
    await copyPackage(copy);
    const { success, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["publish", "--token", "of-a-test", "--no-provenance", "--no-check", "--allow-dirty"],
      cwd: copy,
      env: { JSR_URL: registry.url, NO_PROXY: "127.0.0.1" },
      stdin: "null",
      stdout: "null",
    }).output();
    await Deno.remove(copy, { recursive: true });
    if (success && registry.#version !== "") return registry;
    await registry[Symbol.asyncDispose]();
    throw new Error(`Cannot publish the package: ${new TextDecoder().decode(stderr)}`);
  }

  /** URL of the registry. */
  get url(): string {
    return `http://127.0.0.1:${this.#server.addr.port}/`;
  }

  /** Environment variables with which Deno uses this registry and an empty cache. */
  get environment(): Record<string, string> {
    return { JSR_URL: this.url, DENO_DIR: this.#cache, NO_PROXY: "127.0.0.1" };
  }

  /** Empties the cache of modules, of compiled code and of type checks. */
  async clearCache(): Promise<void> {
    for await (const { name } of Deno.readDir(this.#cache)) {
      if (name !== "npm") await Deno.remove(join(this.#cache, name), { recursive: true });
    }
  }

  /** Returns the paths of the published files that contain a text. */
  async filesWith(text: string): Promise<string[]> {
    const found: string[] = [];
    for await (const path of filesIn(this.#folder)) {
      if ((await Deno.readTextFile(path)).includes(text)) found.push(path.slice(this.#folder.length));
    }
    return found;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#server.shutdown();
    await Deno.remove(this.#folder, { recursive: true });
    await Deno.remove(this.#cache, { recursive: true });
  }

  async #answer(request: Request): Promise<Response> {
    const { pathname } = new URL(request.url);
    if (pathname.startsWith(VERSIONS)) {
      if (request.method === "POST") return await this.#take(pathname.slice(VERSIONS.length), request.body!);
      return Response.json({ code: "packageVersionNotFound", message: "No such version" }, { status: 404 });
    }
    if (pathname.startsWith("/api/")) return Response.json({});
    if (pathname === `${NAME}/meta.json`) {
      return Response.json({
        scope: "bokeh",
        name: "server",
        latest: this.#version,
        versions: { [this.#version]: {} },
      });
    }
    if (pathname === `${NAME}/${this.#version}_meta.json`) return Response.json(await this.#metadata());
    return await answerStdRequest(pathname) ?? await this.#file(pathname.slice(`${NAME}/${this.#version}`.length));
  }

  /** Unpacks an uploaded version. */
  async #take(version: string, archive: ReadableStream<Uint8Array<ArrayBuffer>>): Promise<Response> {
    await using tar = new Deno.Command("tar", { args: ["xz", "-C", this.#folder], stdin: "piped" }).spawn();
    await archive.pipeTo(tar.stdin);
    if ((await tar.status).success) this.#version = version;
    return Response.json({ id: "1", status: "success", error: null });
  }

  async #metadata(): Promise<{ exports: Record<string, string>; manifest: Record<string, PublishedFile> }> {
    const { exports } = JSON.parse(await Deno.readTextFile(join(this.#folder, "deno.json")));
    const manifest: Record<string, PublishedFile> = {};
    for await (const path of filesIn(this.#folder)) {
      const bytes = await Deno.readFile(path);
      const checksum = `sha256-${encodeHex(await crypto.subtle.digest("SHA-256", bytes))}`;
      manifest[path.slice(this.#folder.length)] = { size: bytes.length, checksum };
    }
    return { exports, manifest };
  }

  async #file(path: string): Promise<Response> {
    const type = path.endsWith(".ts") ? "text/typescript" : path.endsWith(".json") ? "application/json" : "text/plain";
    try {
      const file = await Deno.open(join(this.#folder, path));
      return new Response(file.readable, { headers: { "content-type": type } });
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) return new Response(null, { status: 404 });
      throw error;
    }
  }
}

async function* filesIn(folder: string): AsyncGenerator<string> {
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    if (isDirectory) yield* filesIn(join(folder, name));
    else yield join(folder, name);
  }
}

/** Returns the folder in which this Deno caches remote modules. */
async function cacheFolder(): Promise<string> {
  const { stdout } = await new Deno.Command(Deno.execPath(), { args: ["info", "--json"], stdin: "null" }).output();
  return JSON.parse(new TextDecoder().decode(stdout)).denoDir;
}
