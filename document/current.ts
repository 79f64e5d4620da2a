/**
 * Which document the running code works for, and as part of what. It follows the code across `await`.
 *
 * @module
 */

import { AsyncLocalStorage } from "node:async_hooks";
import type { Document } from "./document.ts";

/** What code runs for. One store holds both, for each one that is entered costs as much as a small transaction. */
interface Purpose {
  readonly document: Document;
  readonly work: object | undefined;
}

const storage = new AsyncLocalStorage<Purpose>();

/** Runs a function, and what it starts, with a document as the current one; it stays part of what it is part of. */
export function runWithDocument<T>(doc: Document, fn: () => T): T {
  return runAsPart(storage.getStore()?.work, doc, fn);
}

/**
 * Runs a function, and what it starts, with a document as the current one and as part of some work, or of none. Nothing is
 * entered where that is so already: most callbacks run within a transaction of their document.
 */
export function runAsPart<T>(work: object | undefined, document: Document, fn: () => T): T {
  const current = storage.getStore();
  if (current !== undefined && current.document === document && current.work === work) return fn();
  return storage.run({ document, work }, fn);
}

/** The current document, undefined outside of any. */
export function currentDocument(): Document | undefined {
  return storage.getStore()?.document;
}

/** The work that the running code is part of. */
export function currentWork(): object | undefined {
  return storage.getStore()?.work;
}
