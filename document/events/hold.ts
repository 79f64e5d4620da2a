/**
 * What happens to events while a document holds them back.
 *
 * @module
 */

import type { Model } from "../../models/base/model.ts";
import type { DocumentEvent } from "./events.ts";

/** How events are held: combined where one replaces another, or all as they come. */
export type HoldPolicy = "combine" | "collect";

/** An event that listeners have not received yet, and the callbacks that it will run. */
export interface PendingEvent {
  /** The event. */
  event: DocumentEvent;
  /** Runs the callbacks of the model that changed. Undefined if it has none. */
  runModelCallbacks: (() => void) | undefined;
}

/** The title is a value of the document, not of a model. */
const OF_DOCUMENT = undefined;

/** The events that a document holds back. Adding one takes constant time, however many are held. */
export class HeldEvents {
  readonly #events: PendingEvent[] = [];
  /** The last event of each value, by model and attribute. */
  readonly #last = new Map<Model | typeof OF_DOCUMENT, Map<string, PendingEvent>>();

  /** The events, in their order. */
  get all(): readonly PendingEvent[] {
    return this.#events;
  }

  /** Adds an event. */
  add(next: PendingEvent): void {
    this.#events.push(next);
  }

  /**
   * Adds an event, or replaces an earlier one by it.
   *
   * As in Bokeh, the later value of an attribute, and a later title, take the place of earlier ones; everything else stays
   * apart. The earlier place is kept, the callbacks are those of the later event. A value never moves before a value that
   * another client has set: clients would end with the other one.
   */
  combine(next: PendingEvent): void {
    const { event } = next;
    if (event.kind === "ModelChanged") this.#combineValue(next, event.model, event.attr);
    else if (event.kind === "TitleChanged") this.#combineValue(next, OF_DOCUMENT, "title");
    else this.add(next);
  }

  #combineValue(next: PendingEvent, model: Model | typeof OF_DOCUMENT, attr: string): void {
    const ofModel = this.#last.get(model) ?? new Map<string, PendingEvent>();
    const earlier = ofModel.get(attr);
    if (earlier === undefined || earlier.event.changeSource !== next.event.changeSource) {
      this.#last.set(model, ofModel.set(attr, next));
      return this.add(next);
    }
    earlier.event = earlier.event.kind === "ModelChanged" && next.event.kind === "ModelChanged"
      ? { ...next.event, old: earlier.event.old }
      : next.event;
    earlier.runModelCallbacks = next.runModelCallbacks;
  }
}
