/**
 * Where a page gets BokehJS from.
 *
 * @module
 */

import { trimTrailingSlashes } from "../../common/trim_slashes.ts";
import { type BokehjsBuild, type BokehjsBundle, findBundle, integrityOf, PACKAGED_BOKEHJS } from "./bokehjs_build.ts";
import { type Component, COMPONENTS } from "./bokehjs_components.ts";

const CDN = "https://cdn.bokeh.org/bokeh/release";

/** Levels of BokehJS's log in the browser. */
export type LogLevel = "trace" | "debug" | "info" | "warn" | "error" | "fatal" | "off";

/** Options of {@linkcode Resources}. */
export interface ResourcesOptions {
  /**
   * Whether pages link the scripts at the server or at Bokeh's CDN, or carry them in themselves.
   *
   * @default {"server"}
   */
  mode?: "server" | "cdn" | "inline";
  /**
   * URL below which `static/` is found, for the mode "server".
   *
   * @default {"/"}
   */
  rootUrl?: string;
  /**
   * Level of BokehJS's log.
   *
   * @default {"info"}
   */
  logLevel?: LogLevel;
  /**
   * Whether the names of scripts say that they are minified.
   *
   * @default {true}
   */
  minified?: boolean;
  /** Build of BokehJS: what "server" and "inline" take, and whose version "cdn" names. @default {PACKAGED_BOKEHJS} */
  bokehjs?: BokehjsBuild;
}

/** A script that a page loads. */
export interface ScriptLink {
  /** URL of the script. */
  readonly src: string;
  /** Value of its `integrity` attribute; undefined if the hash is not known. */
  readonly integrity?: string | undefined;
}

/** What a page loads to show documents. */
export class Resources {
  /** Where the scripts are. */
  readonly mode: "server" | "cdn" | "inline";
  /** URL below which `static/` is found; ends with a slash. */
  readonly rootUrl: string;
  /** Level of BokehJS's log. */
  readonly logLevel: LogLevel;

  /** Version of BokehJS, as `3.10.0`. */
  readonly version: string;

  readonly #options: ResourcesOptions;
  readonly #bokehjs: BokehjsBuild;
  readonly #suffix: string;
  readonly #scripts = new WeakMap<readonly Component[], readonly ScriptLink[]>();

  /** Resources at the root of this server by default. */
  constructor(options: ResourcesOptions = {}) {
    this.#options = options;
    this.#bokehjs = options.bokehjs ?? PACKAGED_BOKEHJS;
    this.version = this.#bokehjs.version;
    this.mode = options.mode ?? "server";
    this.rootUrl = `${trimTrailingSlashes(options.rootUrl ?? "/")}/`;
    this.logLevel = options.logLevel ?? "info";
    this.#suffix = options.minified ?? true ? ".min.js" : ".js";
  }

  /** Returns these resources; those of mode "inline" with links to the server instead. */
  linked(): Resources {
    return this.mode === "inline" ? new Resources({ ...this.#options, mode: "server" }) : this;
  }

  /** Returns the URLs of the scripts of these components, in their order; none if pages carry the scripts in themselves. */
  urls(components: readonly Component[] = COMPONENTS): readonly string[] {
    return this.scripts(components).map(({ src }) => src);
  }

  /**
   * Returns the scripts of these components, in their order; none if pages carry them in themselves. Returns the same array for the same
   * array of components, so that pages can cache what they make of it.
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

  /** The files of the CDN are those of the packages of the same version, so that their hashes are known where the file is. */
  #cdnScript(component: Component): ScriptLink {
    const { version, bundles } = this.#bokehjs;
    const bundle = bundles.get(component + this.#suffix);
    const integrity = bundle === undefined ? undefined : integrityOf(bundle);
    return { src: `${CDN}/${component}-${version}${this.#suffix}`, integrity };
  }

  /** Returns the texts of the scripts of these components, in their order; none if pages link them. */
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
