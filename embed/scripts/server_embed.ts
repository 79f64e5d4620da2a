/**
 * `<script>` elements that show applications of a server in pages of any origin.
 *
 * @module
 */

import { trimTrailingSlashes } from "../../common/trim_slashes.ts";
import requestAutoloadSource from "../browser/request_autoload.js" with { type: "text" };
import { indent, scriptJson } from "../escape.ts";
import { scriptTemplate } from "./script_template.ts";

/** Options of {@linkcode serverDocument} and {@linkcode serverSession}. */
export interface ServerEmbedOptions {
  /**
   * URL of the application. Its path is enough if the page is on the same host.
   *
   * @default {"http://localhost:5006/"}
   */
  url?: string;
  /**
   * Whether the page requests BokehJS's scripts by relative URLs.
   *
   * @default {false}
   */
  relativeUrls?: boolean;
  /**
   * Whether the server's BokehJS is loaded (`"default"`), or the page loads BokehJS itself (null).
   *
   * @default {"default"}
   */
  resources?: "default" | null;
  /**
   * Headers of the request that opens the session. Cannot be combined with `withCredentials`.
   *
   * @default {{}}
   */
  headers?: Readonly<Record<string, string>>;
  /**
   * Whether the browser sends the cookies of the application's site with the request that opens the
   * session.
   *
   * @default {false}
   */
  withCredentials?: boolean;
}

/** Options of {@linkcode serverDocument}. */
export interface ServerDocumentOptions extends ServerEmbedOptions {
  /**
   * Arguments of the request, which the application reads from its session's request. Names that
   * begin with `bokeh-` are reserved and left out.
   *
   * @default {{}}
   */
  arguments?: Readonly<Record<string, string>>;
}

/** Options of {@linkcode serverSession}. */
export interface ServerSessionOptions extends ServerEmbedOptions {
  /** Id of the session. All views of the page join this session. */
  sessionId: string;
}

/**
 * Returns a `<script>` element that shows an application of a Bokeh server. The application appears
 * in the page in place of the element. Each view of the page gets a session of its own.
 *
 * The server must allow the page's origin (`--allow-websocket-origin`).
 *
 * @param options Options, or the URL of the application alone.
 * @throws {TypeError} If the URL is that of a websocket, or if `headers` and `withCredentials` are
 * both given.
 * @throws {RangeError} If `resources` is neither `"default"` nor null.
 *
 * @example
 * ```ts
 * import { assertStringIncludes } from "@std/assert";
 * import { serverDocument } from "@bokeh/server/embed";
 *
 * const tag = serverDocument({ url: "https://apps.example.com/sliders", arguments: { user: "ada" } });
 * assertStringIncludes(tag, "https://apps.example.com/sliders/autoload.js");
 * ```
 */
export function serverDocument(options: ServerDocumentOptions | string = {}): string {
  const given = typeof options === "string" ? { url: options } : options;
  return autoloadTag(given, given.arguments ?? {}, {});
}

/**
 * Returns a `<script>` element that shows an existing session of a Bokeh server, for example one
 * that `pullSession` has prepared. The session appears in the page in place of the element.
 *
 * The server must allow the page's origin (`--allow-websocket-origin`).
 *
 * @throws {TypeError} If `sessionId` is missing or empty, if the URL is that of a websocket, or if
 * `headers` and `withCredentials` are both given.
 * @throws {RangeError} If `resources` is neither `"default"` nor null.
 *
 * @example
 * ```ts
 * import { assertStringIncludes } from "@std/assert";
 * import { serverSession } from "@bokeh/server/embed";
 *
 * const tag = serverSession({ sessionId: "session-of-ada", url: "https://apps.example.com/sliders" });
 * assertStringIncludes(tag, "session-of-ada");
 * ```
 */
export function serverSession(options: ServerSessionOptions): string {
  if (typeof options.sessionId !== "string" || options.sessionId === "") {
    throw new TypeError("Cannot embed a session: no sessionId is given");
  }
  return autoloadTag(options, {}, { "Bokeh-Session-Id": options.sessionId });
}

const REQUEST_AUTOLOAD = scriptTemplate(requestAutoloadSource, [
  "AUTOLOAD_URL",
  "AUTOLOAD_HEADERS",
  "WITH_CREDENTIALS",
]);

/** Returns the element, with arguments and headers in addition to those of the options. */
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
  const script = REQUEST_AUTOLOAD.fill({
    AUTOLOAD_URL: scriptJson(`${url.href}/autoload.js?${query(elementId, url, relativeUrls, resources, args)}`),
    AUTOLOAD_HEADERS: scriptJson(Object.entries({ ...options.headers, ...headers })),
    WITH_CREDENTIALS: scriptJson(withCredentials),
  });
  return `<script id="${elementId}">\n${indent(script, 2)}\n</script>`;
}

interface ApplicationUrl {
  /** URL without a slash at its end. */
  readonly href: string;
  /** Path of the URL; `/` at the root. */
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
  if (url.path !== "/") parts.push(`bokeh-app-path=${encodeReadably(url.path)}`);
  // a URL without an origin is relative to the page in any case
  if (!relative && URL.canParse(url.href)) parts.push(`bokeh-absolute-url=${encodeReadably(url.href)}`);
  if (resources === null) parts.push("resources=none");
  const own = Object.entries(args).filter(([name]) => !name.startsWith("bokeh-"));
  if (own.length > 0) parts.push(new URLSearchParams(own).toString());
  return parts.join("&");
}

/**
 * Encodes a value of a query, but for slashes and colons, as Bokeh does: paths and URLs remain
 * readable.
 */
function encodeReadably(text: string): string {
  return encodeURIComponent(text).replaceAll("%2F", "/").replaceAll("%3A", ":");
}
