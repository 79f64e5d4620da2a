/**
 * Callbacks that need not wait for their document.
 *
 * @module
 */

const unlocked = new WeakSet<object>();

/**
 * Marks a callback as one that runs without waiting for what else happens to the document, and without making others wait
 * while it runs. In Python such a callback must not touch the document. Here it may: there is no other thread, so what it
 * changes in one turn is sent together at the end of that turn. What it changes over several turns may be seen in parts.
 *
 * @param callback The callback to mark. Another function is returned; the given one stays as it is.
 */
export function without_document_lock<A extends unknown[], R>(callback: (...args: A) => R): (...args: A) => R {
  const wrapped = (...args: A): R => callback(...args);
  unlocked.add(wrapped);
  return wrapped;
}

/** Whether a callback was marked by {@linkcode without_document_lock}. */
export function isUnlocked(callback: object): boolean {
  return unlocked.has(callback);
}
