/** The published form of the package, which users run. */

import { join } from "@std/path";
import { PackageRegistry } from "../../tests/kit/package_registry.ts";
import { run } from "../../tools/setup/process.ts";

/** Modules of the benchmarks and the tests that are measured with the published package. */
const MODULES = ["../apps/empty.ts", "../apps/imports.ts", "../apps/package.ts", "../../tests/apps/sliders.ts"];

/** A folder with modules, and the command that runs them with a form of the package. */
export interface Installation {
  /** Command that runs the module whose path follows. */
  readonly command: readonly string[];
  /** Specifier of the program, which `command` can run too. */
  readonly program: string;
  /** Path of the folder. */
  readonly folder: string;
}

/** The package in a local registry. It is removed when it is disposed of. */
export class PublishedPackage implements AsyncDisposable {
  #registry: PackageRegistry | undefined;
  #folder: string | undefined;
  #installation: Promise<Installation> | undefined;

  /**
   * Returns a folder that uses the package from the registry. The first call publishes the package and downloads it to the cache
   * of Deno; the command then runs with `--cached-only`, so that no request to the registry is measured.
   */
  install(): Promise<Installation> {
    return this.#installation ??= this.#install();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#installation?.catch(() => {});
    await this.#registry?.[Symbol.asyncDispose]();
    if (this.#folder !== undefined) await Deno.remove(this.#folder, { recursive: true });
  }

  async #install(): Promise<Installation> {
    const registry = this.#registry = await PackageRegistry.publish();
    const folder = this.#folder = await Deno.makeTempDir({ prefix: "bokeh-bench-" });
    const config = join(folder, "deno.json");
    const program = "jsr:@bokeh/server";
    await Deno.writeTextFile(config, JSON.stringify({ imports: { "@bokeh/server": program } }));
    const modules = await Promise.all(MODULES.map(async (module) => {
      const copy = join(folder, module.slice(module.lastIndexOf("/") + 1));
      await Deno.copyFile(new URL(module, import.meta.url), copy);
      return copy;
    }));
    const cached = ["cache", "--quiet", "--config", config, program, ...modules];
    await run(Deno.execPath(), cached, { env: registry.environment });
    const environment = Object.entries(registry.environment).map(([name, value]) => `${name}=${value}`);
    return {
      command: ["env", ...environment, Deno.execPath(), "run", "-A", "--cached-only", "--config", config],
      program,
      folder,
    };
  }
}
