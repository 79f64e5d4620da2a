import { autoloadTag, type ServerEmbedOptions } from "./autoload_tag.ts";

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
