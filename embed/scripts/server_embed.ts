/**
 * The `<script>` that asks an application for its `autoload.js`.
 *
 * @module
 */

import { trimTrailingSlashes } from "../../common/trim_slashes.ts";
import { indent, scriptJson } from "../escape.ts";

/** What all applications in foreign pages have in common. */
export interface ServerEmbedOptions {
  /**
   * URL of the application; its path alone where the page comes from the same host.
   *
   * @default {"http://localhost:5006/"}
   */
  url?: string;
  /**
   * Whether the scripts are asked for by relative URLs.
   *
   * @default {false}
   */
  relativeUrls?: boolean;
  /**
   * Null where the page brings BokehJS itself.
   *
   * @default {"default"}
   */
  resources?: "default" | null;
  /** Headers that the application sees. Not together with `withCredentials`. */
  headers?: Readonly<Record<string, string>>;
  /**
   * Whether the browser sends the cookies of the application's own origin.
   *
   * @default {false}
   */
  withCredentials?: boolean;
}

/** Options of {@linkcode serverDocument}. */
export interface ServerDocumentOptions extends ServerEmbedOptions {
  /** Arguments that the application sees. Names that begin with `bokeh-` are left out. */
  arguments?: Readonly<Record<string, string>>;
}

/**
 * A `<script>` that shows an application of a Bokeh server where it stands in a page; each visitor gets a session.
 *
 * @example
 * ```ts
 * import { assertStringIncludes } from "@std/assert";
 * import { serverDocument } from "@bokeh/server/embed";
 *
 * const tag = serverDocument({ url: "https://apps.example.com/sliders" });
 * assertStringIncludes(tag, "https://apps.example.com/sliders/autoload.js");
 * ```
 */
export function serverDocument(options: ServerDocumentOptions | string = {}): string {
  const given = typeof options === "string" ? { url: options } : options;
  return autoloadTag(given, given.arguments ?? {}, {});
}

/** Options of {@linkcode serverSession}. */
export interface ServerSessionOptions extends ServerEmbedOptions {
  /** Id of the session: all who hold the page share it. */
  sessionId: string;
}

/**
 * A `<script>` that shows one session of a Bokeh server where it stands in a page.
 *
 * @example
 * ```ts
 * import { assertStringIncludes } from "@std/assert";
 * import { serverSession } from "@bokeh/server/embed";
 *
 * const tag = serverSession({ sessionId: "of-ada", url: "https://apps.example.com/sliders" });
 * assertStringIncludes(tag, '"Bokeh-Session-Id", "of-ada"');
 * ```
 */
export function serverSession(options: ServerSessionOptions): string {
  if (typeof options.sessionId !== "string" || options.sessionId === "") {
    throw new TypeError("Cannot embed a session: no sessionId is given");
  }
  return autoloadTag(options, {}, { "Bokeh-Session-Id": options.sessionId });
}

/** The tag, with arguments and headers beside those of the options. */
function autoloadTag(
  options: ServerEmbedOptions,
  args: Readonly<Record<string, string>>,
  headers: Readonly<Record<string, string>>,
): string {
  const { relativeUrls = false, resources = "default", withCredentials = false } = options;
  if (withCredentials && Object.keys(options.headers ?? {}).length > 0) {
    throw new TypeError("Cannot embed an application: headers and withCredentials exclude each other");
  }
  if (resources !== "default" && resources !== null) {
    throw new RangeError(`Cannot embed an application: resources is ${resources}, not "default" or null`);
  }
  const url = applicationUrl(options.url);
  const elementId = crypto.randomUUID();
  const source = `${url.href}/autoload.js?${query(elementId, url, relativeUrls, resources, args)}`;
  const sent = Object.entries({ ...options.headers, ...headers });
  return `<script id="${elementId}">
  (() => {
    const xhr = new XMLHttpRequest();
    xhr.responseType = "blob";
    xhr.open("GET", ${scriptJson(source)}, true);
${indent(sent.map(([name, value]) => `xhr.setRequestHeader(${scriptJson(name)}, ${scriptJson(value)});`).join("\n"), 4)}
    xhr.withCredentials = ${withCredentials};
    xhr.onload = () => {
      if (xhr.status !== 200) {
        console.error("Cannot show a Bokeh application: its server answers with the status", xhr.status);
        return;
      }
      const src = URL.createObjectURL(xhr.response);
      document.body.append(Object.assign(document.createElement("script"), { src }));
    };
    xhr.send();
  })();
</script>`;
}

interface ApplicationUrl {
  /** The URL without a slash at its end. */
  readonly href: string;
  /** Its path, `/` at the root. */
  readonly path: string;
}

function applicationUrl(text = "http://localhost:5006/"): ApplicationUrl {
  const href = trimTrailingSlashes(text);
  if (/^wss?:/i.test(href)) {
    throw new TypeError(`Cannot embed an application: ${text} is the URL of a websocket, not of HTTP`);
  }
  const path = trimTrailingSlashes(URL.canParse(href) ? new URL(href).pathname : href);
  return { href, path: path === "" ? "/" : path };
}

function query(
  elementId: string,
  url: ApplicationUrl,
  relative: boolean,
  resources: "default" | null,
  args: Readonly<Record<string, string>>,
): string {
  const parts = [`bokeh-autoload-element=${elementId}`];
  // paths and URLs stand as they are, so that people can read them; only what would end them is written otherwise
  if (url.path !== "/") parts.push(`bokeh-app-path=${readable(url.path)}`);
  // the path of an application of the page's own host is relative anyhow
  if (!relative && URL.canParse(url.href)) parts.push(`bokeh-absolute-url=${readable(url.href)}`);
  if (resources === null) parts.push("resources=none");
  const own = Object.entries(args).filter(([name]) => !name.startsWith("bokeh-"));
  if (own.length > 0) parts.push(new URLSearchParams(own).toString());
  return parts.join("&");
}

function readable(text: string): string {
  return encodeURIComponent(text).replaceAll("%2F", "/").replaceAll("%3A", ":");
}
