/**
 * The modules of applications, loaded anew after each change.
 *
 * @module
 */

import { registerHooks } from "node:module";
import { isLibraryModule } from "../../application/error_trace.ts";
import { loadApplication, LOADER } from "../../application/load.ts";
import type { LoadedApplication } from "../../application/application_options.ts";

/** What tells the loads of one module apart; the runtime keeps a module for each of its URLs. */
const VERSION = /\?dev=\d+/;

/** Loads applications, each time with all of their own modules, and knows which those are. */
export class ModuleGraph implements Disposable {
  readonly #hooks: { deregister(): void };
  readonly #listeners = new Map<string, (url: string) => void>();
  #version = 0;

  /** From now on the runtime asks it for modules. */
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
   * Loads an application, one after the other.
   *
   * @param onModule hears of the URLs of the modules that it is made of, also when the load fails, and of those that it imports later
   */
  async load(path: string, onModule: (url: string) => void): Promise<LoadedApplication> {
    const version = `?dev=${++this.#version}`;
    this.#listeners.set(version, onModule);
    return await loadApplication(path);
  }

  /** Leaves modules to the runtime again. */
  [Symbol.dispose](): void {
    this.#hooks.deregister();
  }
}
