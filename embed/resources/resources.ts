/**
 * The scripts of BokehJS that a page loads.
 *
 * @module
 */

import { trimTrailingSlashes } from "../../common/trim_slashes.ts";
import { type BokehjsBuild, type BokehjsBundle, findBundle, integrityOf, PACKAGED_BOKEHJS } from "./bokehjs_build.ts";
import { type Component, COMPONENTS } from "./bokehjs_components.ts";

const CDN = "https://cdn.bokeh.org/bokeh/release";

/** Log levels of BokehJS in the browser. */
export type LogLevel = "trace" | "debug" | "info" | "warn" | "error" | "fatal" | "off";

/** Options of {@linkcode Resources}. */
export interface ResourcesOptions {
  /**
   * Whether pages load the scripts from the server or from Bokeh's CDN, or contain them
   * (`"inline"`).
   *
   * @default {"server"}
   */
  mode?: "server" | "cdn" | "inline";
  /**
   * URL of the folder that contains `static/`, for the mode `"server"`.
   *
   * @default {"/"}
   */
  rootUrl?: string;
  /**
   * Log level of BokehJS.
   *
   * @default {"info"}
   */
  logLevel?: LogLevel;
  /**
   * Whether pages load the minified scripts.
   *
   * @default {true}
   */
  minified?: boolean;
  /**
   * Build of BokehJS. The mode `"cdn"` uses its version and hashes only.
   *
   * @default The build in the npm package `@bokeh/bokehjs`.
   */
  bokehjs?: BokehjsBuild;
}

/** A script that a page loads. */
export interface ScriptLink {
  /** URL of the script. */
  readonly src: string;
  /** Value of the `integrity` attribute; undefined if the script's hash is not known. */
  readonly integrity?: string | undefined;
}

/**
 * The scripts of BokehJS that pages load, and from where.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { Resources } from "@bokeh/server/embed";
 *
 * const resources = new Resources({ mode: "cdn" });
 * assertEquals(resources.urls(["bokeh"]), [`https://cdn.bokeh.org/bokeh/release/bokeh-${resources.version}.min.js`]);
 * ```
 */
export class Resources {
  /** Whether pages load the scripts from the server or from Bokeh's CDN, or contain them. */
  readonly mode: "server" | "cdn" | "inline";
  /** URL of the folder that contains `static/`. Ends with a slash. */
  readonly rootUrl: string;
  /** Log level of BokehJS. */
  readonly logLevel: LogLevel;
  /** Version of BokehJS, as `3.10.0`. */
  readonly version: string;

  readonly #options: ResourcesOptions;
  readonly #bokehjs: BokehjsBuild;
  readonly #suffix: string;
  /** Lists of scripts by lists of components: see {@linkcode Resources.scripts}. */
  readonly #scripts = new WeakMap<readonly Component[], readonly ScriptLink[]>();

  /** Creates resources. By default pages load the scripts from the root of their own server. */
  constructor(options: ResourcesOptions = {}) {
    this.#options = options;
    this.#bokehjs = options.bokehjs ?? PACKAGED_BOKEHJS;
    this.version = this.#bokehjs.version;
    this.mode = options.mode ?? "server";
    this.rootUrl = `${trimTrailingSlashes(options.rootUrl ?? "/")}/`;
    this.logLevel = options.logLevel ?? "info";
    this.#suffix = options.minified ?? true ? ".min.js" : ".js";
  }

  /**
   * Returns these resources, or if pages contain the scripts, resources with links to the server
   * instead.
   */
  linked(): Resources {
    return this.mode === "inline" ? new Resources({ ...this.#options, mode: "server" }) : this;
  }

  /**
   * Returns the URLs of the scripts of components, in the same order; none in the mode `"inline"`.
   *
   * @param components Components in loading order. The default are all.
   */
  urls(components: readonly Component[] = COMPONENTS): readonly string[] {
    return this.scripts(components).map(({ src }) => src);
  }

  /**
   * Returns the scripts of components, in the same order; none in the mode `"inline"`. For the same
   * array of components returns the same array, which pages use as the key of a cache.
   *
   * @param components Components in loading order. The default are all.
   */
  scripts(components: readonly Component[] = COMPONENTS): readonly ScriptLink[] {
    let scripts = this.#scripts.get(components);
    if (scripts === undefined) this.#scripts.set(components, scripts = this.#link(components));
    return scripts;
  }

  #link(components: readonly Component[]): ScriptLink[] {
    switch (this.mode) {
      case "server":
        return components.map((name) => this.#serverScript(name));
      case "cdn":
        return components.map((name) => this.#cdnScript(name));
      case "inline":
        return [];
    }
  }

  #serverScript(component: Component): ScriptLink {
    const bundle = this.#bundle(component);
    const src = `${this.rootUrl}static/js/${component}${this.#suffix}?v=${bundle.sha512}`;
    return { src, integrity: integrityOf(bundle) };
  }

  /**
   * The CDN has the same files as the packages of a version, so that the hash is known if the build
   * has the file.
   */
  #cdnScript(component: Component): ScriptLink {
    const { version, bundles } = this.#bokehjs;
    const bundle = bundles.get(component + this.#suffix);
    const integrity = bundle === undefined ? undefined : integrityOf(bundle);
    return { src: `${CDN}/${component}-${version}${this.#suffix}`, integrity };
  }

  /**
   * Returns the source texts of the scripts of components, in the same order; none unless the mode
   * is `"inline"`.
   *
   * @param components Components in loading order. The default are all.
   */
  async texts(components: readonly Component[] = COMPONENTS): Promise<string[]> {
    if (this.mode !== "inline") return [];
    const decoder = new TextDecoder();
    return await Promise.all(components.map(async (name) => decoder.decode(await this.#bundle(name).bytes())));
  }

  #bundle(component: Component): BokehjsBundle {
    const bundle = findBundle(this.#bokehjs, component + this.#suffix);
    if (bundle === undefined) throw new RangeError(`Cannot find a bundle of BokehJS: ${component}`);
    return bundle;
  }
}
