/**
 * What happens to events while a document holds them back.
 *
 * @module
 */

import type { DocumentEvent } from "./events.ts";

/** How events are held: combined where one replaces another, or all as they come. */
export type HoldPolicy = "combine" | "collect";

/** An event that listeners have not received yet, and the callbacks that it will run. */
export interface PendingEvent {
  /** The event. */
  event: DocumentEvent;
  /** Runs the callbacks of the model that changed. */
  run?: (() => void) | undefined;
}

/**
 * Adds an event to those that are held, or replaces an earlier one by it.
 *
 * As in Bokeh, the later value of an attribute, and a later title, take the place of earlier ones; everything else stays
 * apart. The earlier place is kept, the callbacks are those of the later event. A value never moves before a value that
 * another client has set: clients would end with the other one.
 *
 * @param held The events held so far. It is changed.
 * @param next The next event.
 */
export function combine(held: PendingEvent[], next: PendingEvent): void {
  const earlier = held.findLast((pending) => isOfSameValue(next.event, pending.event));
  if (earlier === undefined || earlier.event.origin !== next.event.origin) {
    held.push(next);
    return;
  }
  earlier.event = earlier.event.kind === "ModelChanged" && next.event.kind === "ModelChanged"
    ? { ...next.event, old: earlier.event.old }
    : next.event;
  earlier.run = next.run;
}

function isOfSameValue(next: DocumentEvent, earlier: DocumentEvent): boolean {
  if (next.kind === "TitleChanged") return earlier.kind === "TitleChanged";
  return next.kind === "ModelChanged" && earlier.kind === "ModelChanged" && next.model === earlier.model &&
    next.attr === earlier.attr;
}
