import { autoloadTag, type ServerEmbedOptions } from "./autoload_tag.ts";

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
