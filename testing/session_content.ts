/**
 * What a session consists of, to compare it before and after it was resumed.
 *
 * @module
 */

import { describeDifferences } from "../document/describe_differences.ts";
import type { DocJson } from "../protocol/message.ts";
import type { Session } from "../session/session.ts";

/** The content of a session at one time. */
export interface SessionContent {
  readonly document: DocJson;
  /** The values of `doc.session_state` as JSON. */
  readonly state: string;
  /** Number of the callbacks of each attribute and event, by a description such as `on_change of Slider(p1).value`. */
  readonly callbacks: ReadonlyMap<string, number>;
  /** Number of periodic callbacks and timeouts, by a description. */
  readonly timers: ReadonlyMap<string, number>;
}

/** Returns the content of a session. */
export function contentOf({ document, sync }: Session): SessionContent {
  const callbacks = new Map<string, number>();
  for (const model of document.models) {
    for (const attr of model.properties()) {
      count(callbacks, `on_change of ${model}.${attr}`, model.changeCallbacks(attr));
    }
    for (const name of model.subscribed_events) {
      count(callbacks, `${name} of ${model}`, model.eventCallbacks(name));
    }
  }
  const timers = new Map<string, number>();
  for (const timer of document.session_callbacks) {
    if (timer.kind !== "next_tick") {
      count(timers, `${timer.kind} callback ${timer.name}, ${timer.milliseconds} ms`, [1]);
    }
  }
  return { document: document.to_json(), state: JSON.stringify(sync.sessionState ?? {}), callbacks, timers };
}

/**
 * Returns a line for each difference that users of a resumed session notice.
 *
 * @param session The resumed session.
 * @param mayChange Whether the application changes the document when the session is resumed. Then
 * the documents are not compared.
 */
export function differencesFrom(before: SessionContent, session: Session, mayChange: boolean): string[] {
  const { document, sync } = session;
  const after = contentOf(session);
  const lines = [
    ...missing("callback", before.callbacks, after.callbacks),
    ...missing("", before.timers, after.timers),
  ];
  if (mayChange) return lines;
  if (before.state !== after.state) lines.push(`session_state: ${before.state} became ${after.state}`);
  const isTransient = (id: string, attr: string) => {
    const model = document.get_model_by_id(id);
    return model !== null && sync.isTransient(model, attr);
  };
  return [...lines, ...describeDifferences(before.document, after.document, isTransient)];
}

function count(counts: Map<string, number>, key: string, { length }: readonly unknown[]): void {
  if (length > 0) counts.set(key, (counts.get(key) ?? 0) + length);
}

function missing(what: string, before: ReadonlyMap<string, number>, after: ReadonlyMap<string, number>): string[] {
  return [...before].flatMap(([key, number]) => {
    const now = after.get(key) ?? 0;
    if (now === number) return [];
    const change = now < number ? "lost: add it in doc.on_session_resumed" : "there twice";
    return [`the ${[what, key].filter(Boolean).join(" ")} is ${change}`];
  });
}
