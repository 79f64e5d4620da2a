/**
 * The application that the running code belongs to.
 *
 * @module
 */

import { AsyncLocalStorage } from "node:async_hooks";
import { currentDocument } from "../document/callbacks/current.ts";
import type { SessionContext } from "../document/session_context.ts";
import type { Application } from "./application.ts";

const storage = new AsyncLocalStorage<Application>();

/** Runs a hook of an application, and what it starts, with that application as the current one. */
export function runForApplication<T>(application: Application, hook: () => T): T {
  return storage.run(application, hook);
}

/** Returns the application whose hook started the running code; undefined for all other code, callbacks of documents included. */
export function currentApplication(): Application | undefined {
  return storage.getStore();
}

/** Returns the session whose code is running, or left the running code behind; undefined for all other code. */
export function currentSession(): SessionContext | undefined {
  return currentDocument()?.session_context ?? undefined;
}
