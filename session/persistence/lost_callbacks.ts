/**
 * Detects callbacks that a resumed session lacks, because the application function does not add
 * them.
 *
 * @module
 */

import type { LifecycleHooks } from "../../application/hooks.ts";
import type { SessionCallback } from "../../document/callbacks/session_callbacks.ts";
import type { DocumentEvent } from "../../document/events/events.ts";
import type { EncodedEvents } from "../../document/wire/encode_events.ts";
import type { Session } from "../session.ts";

/**
 * Delay from which a timeout is reported, in milliseconds. Shorter ones, for example those of a
 * debounce, are unlikely to be pending when a process ends.
 */
const LONG_TIMEOUT_MILLISECONDS = 1000;

type Models = EncodedEvents["models"];

/** Maximum number of warnings of one application. */
const MAX_WARNINGS = 100;

/**
 * Warns of callbacks that were added after the application function had returned. Each type of
 * model and each function is reported once for all sessions of an application, unless the
 * application has a callback or a hook that runs when a session is resumed.
 */
export class LostCallbackWarnings {
  readonly #reported = new Set<string>();

  /**
   * Watches the session of an application that has filled its document.
   *
   * @returns A function that receives the models that are added to the document.
   */
  watch(session: Session, hooks: LifecycleHooks): (models: Models) => void {
    const { sync, log, document: { session_callbacks } } = session;
    const report = (key: string, what: string, why: string) => {
      if (this.#reported.has(key) || this.#reported.size >= MAX_WARNINGS) return;
      if (sync.destroyed || sync.hasResumedCallbacks || hooks.onSessionResumed !== undefined) return;
      this.#reported.add(key);
      log.warn("A resumed session will lack {what}: {why}. Restore it in doc.on_session_resumed", { what, why });
    };
    const reportModel = (model: object & { type: string }, why: string) =>
      report(model.type, `the callbacks of ${model}`, why);
    sync.onCallbackAdded = (model) => reportModel(model, "one was added after the application function had returned");
    sync.onEvent((event) => {
      const why = callbackChange(event, session_callbacks);
      if (why !== undefined) report(...why);
    });
    return (models) => {
      for (const model of models) {
        if (model.hasCallbacks) reportModel(model, "the model was added after the application function had returned");
      }
    };
  }
}

/**
 * Returns the arguments of a warning about an event.
 *
 * @param initial The callbacks that the application function has added.
 */
function callbackChange(
  event: DocumentEvent,
  initial: readonly SessionCallback[],
): [key: string, what: string, why: string] | undefined {
  if (event.kind !== "SessionCallbackAdded" && event.kind !== "SessionCallbackRemoved") return undefined;
  const { callback } = event;
  const { kind, name, milliseconds } = callback;
  const what = `the ${kind} callback ${name}`;
  if (event.kind === "SessionCallbackRemoved") {
    if (kind !== "periodic" || !initial.includes(callback)) return undefined;
    return [`-${name}`, `the removal of ${what}`, "the application function adds it again"];
  }
  if (kind === "next_tick" || kind === "timeout" && milliseconds < LONG_TIMEOUT_MILLISECONDS) return undefined;
  return [`+${name}`, what, "it was added after the application function had returned"];
}
