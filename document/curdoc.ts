/**
 * `curdoc()`: the document that the running code works for.
 *
 * @module
 */

import { currentDocument } from "./callbacks/current.ts";
import { Document } from "./document.ts";

let standalone: Document | undefined;

/**
 * The document of the session for which the calling code runs: inside an application function, its callbacks, and
 * whatever they await. Elsewhere one document of the whole program, for scripts that have no session.
 */
export function curdoc(): Document {
  return currentDocument() ?? (standalone ??= new Document());
}
