/**
 * Lifecycle hooks of applications.
 *
 * @module
 */

import type { Document, ServerContext, SessionContext } from "../document/document.ts";

/** Lifecycle hooks of an application. Each may be asynchronous, and is awaited. */
export interface LifecycleHooks {
  /** Called once, before the server accepts requests. */
  onServerLoaded?(serverContext: ServerContext): void | Promise<void>;
  /** Called once, after the server has stopped and all sessions have been destroyed. */
  onServerUnloaded?(serverContext: ServerContext): void | Promise<void>;
  /**
   * Called for each new session, before the application fills its document. The session waits for
   * it.
   */
  onSessionCreated?(sessionContext: SessionContext): void | Promise<void>;
  /**
   * Called when a session cannot be resumed as it was, because the application now creates other
   * models, or has another `appVersion`. Transfers what it needs from the stored document to the
   * new one. `document.session_state` has the stored values already.
   *
   * @param saved The stored document. It belongs to no session.
   * @param document The document as the application has just filled it.
   * @returns Whether the session goes on. Otherwise its pages offer a reload.
   */
  onSessionResume?(saved: Document, document: Document): boolean | Promise<boolean>;
  /**
   * Called after a session was resumed from a session store, when its document has been restored.
   * Its changes of the document are sent together.
   */
  onSessionResumed?(sessionContext: SessionContext): void | Promise<void>;
  /**
   * Called after this process has given a session back to the session store: it was not used for a
   * while, or the server stops. Another process can resume it.
   */
  onSessionReleased?(sessionContext: SessionContext): void | Promise<void>;
  /** Called after a session has been destroyed. */
  onSessionDestroyed?(sessionContext: SessionContext): void | Promise<void>;
  /**
   * Called for each page. The object that it returns becomes the session's `tokenPayload`. The
   * session token carries it: the client can read it, unless a user is logged in.
   */
  processRequest?(request: Request): Record<string, unknown> | Promise<Record<string, unknown>>;
}

const HOOK_NAMES = [
  "onServerLoaded",
  "onServerUnloaded",
  "onSessionCreated",
  "onSessionResume",
  "onSessionResumed",
  "onSessionReleased",
  "onSessionDestroyed",
  "processRequest",
] as const;

/** The names of the hooks in Python. */
const PYTHON_NAMES = HOOK_NAMES.map((name) => ({
  name,
  python: name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
}));

/**
 * Returns the lifecycle hooks among the exports of a module.
 *
 * @param exports Exports of the module.
 * @param where Name of the module, for errors.
 * @throws {TypeError} If a hook is not a function or has more than one parameter, or if an export
 * has a hook's name in Python, under which it would never be called.
 */
export function hooksOf(exports: Readonly<Record<string, unknown>>, where: string): LifecycleHooks {
  for (const { name, python } of PYTHON_NAMES) {
    if (typeof exports[python] === "function") {
      throw new TypeError(`Cannot use ${python} of ${where}: its name is ${name}`);
    }
  }
  const hooks: Record<string, unknown> = {};
  for (const name of HOOK_NAMES) {
    const hook = exports[name];
    if (hook === undefined) continue;
    if (typeof hook !== "function") throw new TypeError(`Cannot use ${name} of ${where}: it is not a function`);
    const most = name === "onSessionResume" ? 2 : 1;
    if (hook.length > most) {
      throw new TypeError(`Cannot use ${name} of ${where}: it has ${hook.length} parameters, expected ${most} at most`);
    }
    hooks[name] = hook;
  }
  return hooks;
}
