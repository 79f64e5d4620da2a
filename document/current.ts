/**
 * Which document the running code works for. It follows the code across `await`.
 *
 * @module
 */

import { AsyncLocalStorage } from "node:async_hooks";
import type { Document } from "./document.ts";

const storage = new AsyncLocalStorage<Document>();

/** Runs a function, and what it starts, with a document as the current one. */
export function runWithDocument<T>(doc: Document, fn: () => T): T {
  return storage.run(doc, fn);
}

/** The current document, undefined outside of any. */
export function currentDocument(): Document | undefined {
  return storage.getStore();
}
