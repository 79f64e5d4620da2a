import type { ServerContext, SessionContext } from "../document/session_context.ts";

/** Functions of an application that its server calls at the turns of its life. */
export interface LifecycleHooks {
  /** Called once, before the server takes its first request. */
  onServerLoaded?(serverContext: ServerContext): void | Promise<void>;
  /** Called once, when the server has stopped and its sessions have ended. */
  onServerUnloaded?(serverContext: ServerContext): void | Promise<void>;
  /** Called before the application fills a session's document; the session waits for it. */
  onSessionCreated?(sessionContext: SessionContext): void | Promise<void>;
  /** Called when a session has ended. */
  onSessionDestroyed?(sessionContext: SessionContext): void | Promise<void>;
  /** Called for each page; what it returns goes into the session's `tokenPayload`. */
  processRequest?(request: Request): Record<string, unknown> | Promise<Record<string, unknown>>;
}

const HOOK_NAMES = [
  "onServerLoaded",
  "onServerUnloaded",
  "onSessionCreated",
  "onSessionDestroyed",
  "processRequest",
] as const;

/** How Python calls them. */
const PYTHON_NAMES = HOOK_NAMES.map((name) => ({
  name,
  python: name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
}));

/**
 * Picks the hooks among the exports of a module, and checks that they are functions of at most one argument. One that is named as in
 * Python would never be called, and is refused.
 *
 * @param exports what the module exports
 * @param where name of the module, for the error
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
    if (hook.length > 1) {
      throw new TypeError(`Cannot use ${name} of ${where}: it wants ${hook.length} arguments, and is given one`);
    }
    hooks[name] = hook;
  }
  return hooks;
}
