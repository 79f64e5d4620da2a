/**
 * Loads the modules of applications again after each change.
 *
 * @module
 */

import { registerHooks } from "node:module";
import type { LoadedApplication } from "../../application/application_options.ts";
import { isLibraryModule } from "../../application/error_trace.ts";
import { loadApplication, LOADER } from "../../application/load.ts";

/** URL query that distinguishes the loads of a module. The runtime caches modules by URL. */
const VERSION = /\?dev=\d+/;

/**
 * Loads applications with fresh copies of their own modules, and reports which modules those are.
 */
export class ModuleGraph implements Disposable {
  readonly #hooks: { deregister(): void };
  readonly #listeners = new Map<string, (url: string) => void>();
  #version = 0;

  /** Registers the module hooks. */
  constructor() {
    this.#hooks = registerHooks({
      resolve: (specifier, { parentURL = "" }, next) => {
        const resolved = next(specifier);
        const version = parentURL === LOADER ? `?dev=${this.#version}` : VERSION.exec(parentURL)?.[0];
        if (version === undefined || isLibraryModule(resolved.url)) return resolved;
        this.#listeners.get(version)?.(resolved.url.replace(VERSION, ""));
        return VERSION.test(resolved.url) ? resolved : { ...resolved, url: resolved.url + version };
      },
    });
  }

  /**
   * Loads an application. Loads must not overlap.
   *
   * @param path File or folder of the application.
   * @param onModule Receives the URL of each module of the application, also if the load fails, and
   * of modules that it imports later.
   * @throws The error of the application's code.
   */
  async load(path: string, onModule: (url: string) => void): Promise<LoadedApplication> {
    const version = `?dev=${++this.#version}`;
    this.#listeners.set(version, onModule);
    return await loadApplication(path);
  }

  /** Removes the module hooks. */
  [Symbol.dispose](): void {
    this.#hooks.deregister();
  }
}
