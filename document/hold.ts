/**
 * What happens to events while a document holds them back.
 *
 * @module
 */

import type { DocumentEvent, Unsequenced } from "./events.ts";

/** How events are held: combined where one replaces another, or all as they come. */
export type HoldPolicy = "combine" | "collect";

/** An event that has yet to be told, and the callbacks that it will run. */
export interface PendingEvent {
  /** The event, without its number. */
  event: Unsequenced<DocumentEvent>;
  /** Runs the callbacks of the model that changed. */
  run?: (() => void) | undefined;
}

/**
 * Adds an event to those that are held, or lets it replace an earlier one.
 *
 * As in Bokeh, the later value of an attribute, and a later title, take the place of earlier ones; everything else stays
 * apart. The earlier place is kept, the callbacks are those of the later event.
 *
 * @param held The events held so far. It is changed.
 * @param next The next event.
 */
export function combine(held: PendingEvent[], next: PendingEvent): void {
  const earlier = held.findLast((pending) => replaces(next.event, pending.event));
  if (earlier === undefined) {
    held.push(next);
    return;
  }
  earlier.event = earlier.event.kind === "ModelChanged" && next.event.kind === "ModelChanged"
    ? { ...next.event, old: earlier.event.old }
    : next.event;
  earlier.run = next.run;
}

function replaces(next: Unsequenced<DocumentEvent>, earlier: Unsequenced<DocumentEvent>): boolean {
  if (next.origin !== earlier.origin) return false;
  if (next.kind === "TitleChanged") return earlier.kind === "TitleChanged";
  return next.kind === "ModelChanged" && earlier.kind === "ModelChanged" && next.model === earlier.model &&
    next.attr === earlier.attr;
}
