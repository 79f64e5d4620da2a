/**
 * The document that the running code works for, and the callbacks that it belongs to. Both follow the code across
 * `await`.
 *
 * @module
 */

import { AsyncLocalStorage } from "node:async_hooks";
import type { CallbackScope } from "./callback_scope.ts";
import type { Document } from "../document.ts";

/** What code runs for. One store has both, because entering a store costs as much as a small transaction. */
interface Purpose {
  readonly document: Document;
  readonly scope: CallbackScope | undefined;
}

const storage = new AsyncLocalStorage<Purpose>();

/** Runs a function, and what it starts, with a document as the current one; the scope stays the same. */
export function runWithDocument<T>(doc: Document, fn: () => T): T {
  return runAsPart(storage.getStore()?.scope, doc, fn);
}

/**
 * Runs a function, and what it starts, with a document as the current one, within a scope or outside of any. Enters no
 * store if both are current already: most callbacks run within a transaction of their document.
 */
export function runAsPart<T>(scope: CallbackScope | undefined, document: Document, fn: () => T): T {
  const current = storage.getStore();
  if (current !== undefined && current.document === document && current.scope === scope) return fn();
  return storage.run({ document, scope }, fn);
}

/** Returns the current document, undefined outside of any. */
export function currentDocument(): Document | undefined {
  return storage.getStore()?.document;
}

/** Returns the scope that the running code belongs to, undefined outside of any. An ended one is replaced by the one around it. */
export function currentScope(): CallbackScope | undefined {
  let scope = storage.getStore()?.scope;
  while (scope !== undefined && !scope.active) scope = scope.parent;
  return scope;
}
