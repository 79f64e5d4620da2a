/**
 * Tells listeners of the events of a document, in order, or holds them back.
 *
 * @module
 */

import type { DocumentEvent, Unsequenced } from "./events.ts";
import { callAll } from "../../common/throw_all.ts";
import { HeldEvents, type HoldPolicy, type PendingEvent } from "./hold.ts";

const NO_LISTENERS: readonly ((event: DocumentEvent) => void)[] = [];

/** An event that has just happened, and the callbacks that it will run. */
export interface NewEvent {
  /** The event, without its number. */
  readonly event: Unsequenced<DocumentEvent>;
  /** Runs the callbacks of the model that changed. */
  readonly run?: (() => void) | undefined;
}

/** The document whose events pass through. */
export interface HubOwner {
  /** Hears of each event after the callbacks of its model have run. */
  told(event: DocumentEvent): void;
}

/** Where the events of a document pass through. */
export class EventHub {
  #listeners: readonly ((event: DocumentEvent) => void)[] = NO_LISTENERS;
  readonly #owner: HubOwner;
  #seq = 0;
  #hold: HoldPolicy | null = null;
  #held: HeldEvents | undefined;

  /** @param owner The document. */
  constructor(owner: HubOwner) {
    this.#owner = owner;
  }

  /** The number of the last event, held ones included. */
  get seq(): number {
    return this.#seq;
  }

  /** Leaves out a number: something has changed that no event tells of. */
  skip(): void {
    this.#seq++;
  }

  /** How events are held back, null where they are not. */
  get hold_value(): HoldPolicy | null {
    return this.#hold;
  }

  /** Whether an event would be heard, now or when the hold ends. */
  get isHeard(): boolean {
    return this.#listeners.length > 0 || this.#hold !== null;
  }

  /**
   * Adds a listener that hears of each event before any callback runs, so that what callbacks cause comes after it.
   *
   * @returns Removes it.
   */
  listen(listener: (event: DocumentEvent) => void): () => void {
    this.#listeners = this.#listeners.concat(listener);
    return () => {
      this.#listeners = this.#listeners.filter((other) => other !== listener);
    };
  }

  /** Numbers an event, passes it to the listeners and runs its callbacks, at once or when the hold ends. */
  emit({ event, run }: NewEvent): void {
    this.#pass({ event: { ...event, seq: ++this.#seq }, run });
  }

  /** As {@linkcode emit}, at once whether other events are held or not. */
  emitNow({ event, run }: NewEvent): void {
    this.#passNow({ event: { ...event, seq: ++this.#seq }, run });
  }

  /**
   * Holds events back from now on.
   *
   * @param policy How.
   * @returns Whether it does; false where they are held in another way already, which stays.
   */
  hold(policy: HoldPolicy): boolean {
    if (policy !== "combine" && policy !== "collect") {
      throw new TypeError(`Cannot hold events by ${String(policy)}: the policies are combine and collect`);
    }
    this.#hold ??= policy;
    return this.#hold === policy;
  }

  /** Emits the events that were held back: all of them, also when a callback throws. Holds no more. */
  unhold(): void {
    this.#hold = null;
    const held = this.#held?.all ?? [];
    this.#held = undefined;
    callAll(held.map((pending) => () => this.#pass(pending)), "callbacks");
  }

  /** Forgets all listeners and what is held. */
  clear(): void {
    this.#listeners = NO_LISTENERS;
    this.#hold = null;
    this.#held = undefined;
  }

  #pass(pending: PendingEvent): void {
    if (this.#hold === "combine") (this.#held ??= new HeldEvents()).combine(pending);
    else if (this.#hold === "collect") (this.#held ??= new HeldEvents()).add(pending);
    else this.#passNow(pending);
  }

  #passNow({ event, run }: PendingEvent): void {
    for (const listener of this.#listeners) listener(event);
    run?.();
    this.#owner.told(event);
  }
}
