/**
 * Callbacks that run without the document's lock.
 *
 * @module
 */

const unlocked = new WeakSet<object>();

/**
 * Returns a function that calls `callback` and that, when used as a callback of a document, neither
 * waits for the document's lock nor holds it.
 *
 * In Python such a callback must not change the document. Here it may, because there are no other
 * threads: the changes of one turn of the event loop are sent together at the end of that turn.
 *
 * @param callback The callback. It is not modified.
 *
 * @example
 * ```ts
 * import { Document, without_document_lock } from "@bokeh/server";
 *
 * const doc = new Document();
 * doc.add_periodic_callback(without_document_lock(async () => await fetch("http://localhost:8000/prices")), 1000);
 * ```
 */
export function without_document_lock<A extends unknown[], R>(callback: (...args: A) => R): (...args: A) => R {
  const wrapped = (...args: A): R => callback(...args);
  unlocked.add(wrapped);
  return wrapped;
}

/** Returns whether a callback was returned by {@linkcode without_document_lock}. */
export function isUnlocked(callback: object): boolean {
  return unlocked.has(callback);
}
