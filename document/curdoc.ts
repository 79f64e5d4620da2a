/**
 * The current document.
 *
 * @module
 */

import { runningDocument } from "./callbacks/callback_scope.ts";
import { Document } from "./document.ts";

let standalone: Document | undefined;

/**
 * Returns the document of the session that the calling code belongs to: inside an application
 * function, in its callbacks, and in everything they await. Elsewhere, returns one document for the
 * whole program, for scripts without a session.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { curdoc } from "@bokeh/server";
 *
 * curdoc().title = "Without a session";
 * assertEquals(curdoc().title, "Without a session");
 * ```
 */
export function curdoc(): Document {
  return currentDocument() ?? (standalone ??= new Document());
}

/** Returns the document that the running code belongs to, undefined outside of any. */
export function currentDocument(): Document | undefined {
  const document = runningDocument();
  return document instanceof Document ? document : undefined;
}

/**
 * Sets the document that {@linkcode curdoc} returns outside of sessions.
 *
 * @internal
 */
export function useProgramDocument(document: Document): void {
  standalone = document;
}
