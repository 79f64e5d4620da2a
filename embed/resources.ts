/**
 * Where a page gets BokehJS from.
 *
 * @module
 */

import { trimTrailingSlashes } from "../protocol/trim_slashes.ts";
import { BOKEH_VERSION } from "../protocol/version.ts";
import { type BundleName, bundleText, isBundleName } from "./bokehjs.ts";
import { BUNDLES } from "./gen/bundles.ts";
import { type Component, COMPONENTS } from "./needed_components.ts";

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
}

/** What a page loads to show documents. */
export class Resources {
  /** Where the scripts are. */
  readonly mode: "server" | "cdn" | "inline";
  /** URL below which `static/` is found; ends with a slash. */
  readonly rootUrl: string;
  /** Level of BokehJS's log. */
  readonly logLevel: LogLevel;

  readonly #suffix: string;
  readonly #urls = new WeakMap<readonly Component[], readonly string[]>();

  /** Resources at the root of this server, where nothing else is said. */
  constructor(options: ResourcesOptions = {}) {
    this.mode = options.mode ?? "server";
    this.rootUrl = `${trimTrailingSlashes(options.rootUrl ?? "/")}/`;
    this.logLevel = options.logLevel ?? "info";
    this.#suffix = options.minified ?? true ? ".min.js" : ".js";
  }

  /** These resources, linked at the server where pages would carry them in themselves. */
  linked(): Resources {
    if (this.mode !== "inline") return this;
    return new Resources({ mode: "server", rootUrl: this.rootUrl, logLevel: this.logLevel });
  }

  /**
   * URLs of the scripts of these components; none where pages carry them in themselves. For the same list it is the same
   * answer, so that pages can know what they have made of it.
   */
  urls(components: readonly Component[] = COMPONENTS): readonly string[] {
    let urls = this.#urls.get(components);
    if (urls === undefined) this.#urls.set(components, urls = this.#makeUrls(components));
    return urls;
  }

  #makeUrls(components: readonly Component[]): string[] {
    switch (this.mode) {
      case "server":
        return components.map((name) => `${this.rootUrl}static/js/${name}${this.#suffix}?v=${hashOf(name)}`);
      case "cdn":
        return components.map((name) => `${CDN}/${name}-${BOKEH_VERSION}${this.#suffix}`);
      case "inline":
        return [];
    }
  }

  /** Texts of the scripts of these components; none where pages link them. */
  async texts(components: readonly Component[] = COMPONENTS): Promise<string[]> {
    if (this.mode !== "inline") return [];
    return await Promise.all(components.map((name) => bundleText(bundleNameOf(name))));
  }
}

function bundleNameOf(component: Component): BundleName {
  const name = `${component}.min.js`;
  if (!isBundleName(name)) throw new RangeError(`Cannot find a bundle of BokehJS: ${component}`);
  return name;
}

function hashOf(component: Component): string | undefined {
  return BUNDLES[bundleNameOf(component)]?.sha512;
}
