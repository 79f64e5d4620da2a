/**
 * Keeps the events of a document while it holds them back.
 *
 * @module
 */

import type { Model } from "../../models/base/model.ts";
import type { DocumentEvent } from "./events.ts";

/**
 * How events are held: `"combine"` keeps the last event of each attribute, `"collect"` keeps all
 * events.
 */
export type HoldPolicy = "combine" | "collect";

/** An event that was not delivered yet. */
export interface PendingEvent {
  /** The event. */
  event: DocumentEvent;
  /** Runs the callbacks of the model that changed. Undefined if it has none. */
  runModelCallbacks: (() => void) | undefined;
}

/** Stands for the document in place of a model: the title belongs to the document itself. */
const OF_DOCUMENT = undefined;

/** The events that a document holds back. Adding one takes constant time. */
export class HeldEvents {
  readonly #events: PendingEvent[] = [];
  /** The last event of each attribute, by model and attribute. */
  readonly #last = new Map<Model | typeof OF_DOCUMENT, Map<string, PendingEvent>>();

  /** The events, in order. */
  get all(): readonly PendingEvent[] {
    return this.#events;
  }

  /** Adds an event. */
  add(next: PendingEvent): void {
    this.#events.push(next);
  }

  /**
   * Adds an event, or replaces an earlier event of the same attribute.
   *
   * As in Bokeh, only events of attributes and of the title are combined. The new event takes the
   * position of the earlier one. Events of different sources are not combined, because a value
   * would move before the value of another client, and clients would then keep that other value.
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
