/**
 * Finds out which application the running code belongs to, to attribute errors that no code
 * catches.
 *
 * @module
 */

import { AsyncLocalStorage } from "node:async_hooks";
import { currentDocument } from "../document/curdoc.ts";
import type { SessionContext } from "../document/document.ts";

const storage = new AsyncLocalStorage<object>();

/**
 * Calls a hook with its application as the current one, for the hook and all asynchronous work that
 * it starts.
 */
export function runForApplication<T>(application: object, hook: () => T): T {
  return storage.run(application, hook);
}

/**
 * Returns the application whose hook started the running code, or undefined for other code.
 * Callbacks of documents belong to a session: see {@linkcode currentSession}.
 */
export function currentApplication(): object | undefined {
  return storage.getStore();
}

/** Returns the session whose code started the running code, or undefined for other code. */
export function currentSession(): SessionContext | undefined {
  return currentDocument()?.session_context ?? undefined;
}
