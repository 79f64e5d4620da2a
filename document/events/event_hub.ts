/**
 * Delivers the events of a document to its subscribers and callbacks.
 *
 * @module
 */

import type { CallbackInvoker } from "../callbacks/callback_invoker.ts";
import { type CallbackScope, currentScope } from "../callbacks/callback_scope.ts";
import { requireFunction } from "../callbacks/document_callbacks.ts";
import { callAll } from "../../common/throw_all.ts";
import type { DocumentChangeCallback, DocumentEvent, Unsequenced } from "./events.ts";
import { HeldEvents, type HoldPolicy, type PendingEvent } from "./hold.ts";

/** Receives each event of a document, before any callback runs. */
export type EventSubscriber = (event: DocumentEvent) => void;

const NO_SUBSCRIBERS: readonly EventSubscriber[] = [];

/** A hold in force. */
interface Hold {
  readonly policy: HoldPolicy;
  /** The transaction that started it, undefined if it was started outside of transactions. */
  readonly startedBy: CallbackScope | undefined;
}

/**
 * Numbers the events of one document and delivers each of them, in this order: to the subscribers
 * (sessions), to the callbacks of the model that changed, to the `on_change` callbacks of the
 * document. A hold delays the delivery.
 */
export class EventHub {
  readonly #invoker: CallbackInvoker;
  #subscribers: readonly EventSubscriber[] = NO_SUBSCRIBERS;
  #changeCallbacks: Set<DocumentChangeCallback> | undefined;
  #seq = 0;
  #hold: Hold | undefined;
  #held: HeldEvents | undefined;
  #isQuiet = false;

  /** @param invoker Runs the callbacks. */
  constructor(invoker: CallbackInvoker) {
    this.#invoker = invoker;
  }

  /** The number of the last event, including held events. */
  get seq(): number {
    return this.#seq;
  }

  /** Whether events are numbered only: see {@linkcode quietly}. */
  get isQuiet(): boolean {
    return this.#isQuiet;
  }

  /** Calls a function whose changes are not delivered, because all recipients have them already. */
  quietly(fn: () => void): void {
    this.#isQuiet = true;
    try {
      fn();
    } finally {
      this.#isQuiet = false;
    }
  }

  /** Skips a number, to record a change for which there is no event. */
  skip(): void {
    this.#seq++;
  }

  /** The policy of the hold in force, null if there is none. */
  get holdPolicy(): HoldPolicy | null {
    return this.#hold?.policy ?? null;
  }

  /** Whether an event would be delivered, now or at the end of the hold. */
  get isObserved(): boolean {
    return this.#subscribers.length > 0 || this.#hold !== undefined ||
      this.#changeCallbacks !== undefined && this.#changeCallbacks.size > 0;
  }

  /**
   * Adds a subscriber. It receives each event before any callback runs, so that the events caused
   * by callbacks follow.
   *
   * @returns A function that removes the subscriber.
   */
  subscribe(subscriber: EventSubscriber): () => void {
    this.#subscribers = this.#subscribers.concat(subscriber);
    return () => {
      this.#subscribers = this.#subscribers.filter((other) => other !== subscriber);
    };
  }

  /** Adds `on_change` callbacks of the document. Adding the same function again has no effect. */
  addChangeCallbacks(callbacks: readonly DocumentChangeCallback[]): void {
    const all = this.#changeCallbacks ??= new Set();
    for (const callback of callbacks) all.add(requireFunction(callback, "a change of the document"));
  }

  /**
   * Removes `on_change` callbacks of the document.
   *
   * @throws {Error} If one of them was not added.
   */
  removeChangeCallbacks(callbacks: readonly DocumentChangeCallback[]): void {
    for (const callback of callbacks) {
      if (!this.#changeCallbacks?.delete(callback)) {
        throw new Error("Cannot remove the callback of on_change: it was not added");
      }
    }
  }

  /**
   * Numbers an event and delivers it, immediately or at the end of the hold.
   *
   * @param event The event.
   * @param runModelCallbacks Runs the callbacks of the model that changed.
   */
  emit(event: Unsequenced<DocumentEvent>, runModelCallbacks?: () => void): void {
    if (this.#isQuiet) return this.skip();
    const pending = { event: { ...event, seq: ++this.#seq }, runModelCallbacks };
    if (this.#hold === undefined) return this.#deliver(pending);
    const held = this.#held ??= new HeldEvents();
    if (this.#hold.policy === "combine") held.combine(pending);
    else held.add(pending);
  }

  /** Numbers an event and delivers it immediately, even during a hold. */
  emitNow(event: Unsequenced<DocumentEvent>): void {
    this.#deliver({ event: { ...event, seq: ++this.#seq }, runModelCallbacks: undefined });
  }

  /**
   * Starts a hold: events are not delivered until {@linkcode unhold}.
   *
   * @returns The hold, which ends when it is disposed of. A hold within another one ends with the
   * outer one. Undefined if a hold with another policy is in force, which then stays.
   */
  hold(policy: HoldPolicy): Disposable | undefined {
    if (policy !== "combine" && policy !== "collect") {
      throw new TypeError(`Cannot hold events by ${String(policy)}: the policies are combine and collect`);
    }
    if (this.#hold !== undefined) return this.#hold.policy === policy ? NESTED_HOLD : undefined;
    const hold = this.#hold = { policy, startedBy: currentScope()?.root };
    return {
      [Symbol.dispose]: () => {
        if (this.#hold === hold) this.unhold();
      },
    };
  }

  /**
   * Ends the hold and delivers the held events in order. The subscribers receive all of them before
   * any callback runs: what callbacks change follows, as in the document. All callbacks run, even if
   * one of them throws or starts another hold.
   *
   * @throws The errors of callbacks, after all callbacks have run.
   */
  unhold(): void {
    this.#hold = undefined;
    const held = this.#held?.all ?? [];
    this.#held = undefined;
    for (const { event } of held) this.#notifySubscribers(event);
    const callbacks = held.map((pending) => () => this.#runCallbacks(pending));
    this.#invoker.inBatch("release", () => callAll(callbacks, "callbacks"));
  }

  /** Ends the hold if it was started by `transaction` and is still in force. */
  endHoldOf(transaction: CallbackScope): void {
    if (this.#hold?.startedBy === transaction) this.unhold();
  }

  /** Removes all subscribers, callbacks and held events. */
  clear(): void {
    this.#subscribers = NO_SUBSCRIBERS;
    this.#changeCallbacks = undefined;
    this.#hold = undefined;
    this.#held = undefined;
  }

  #deliver(pending: PendingEvent): void {
    this.#notifySubscribers(pending.event);
    this.#runCallbacks(pending);
  }

  #notifySubscribers(event: DocumentEvent): void {
    for (const subscriber of this.#subscribers) subscriber(event);
  }

  #runCallbacks({ event, runModelCallbacks }: PendingEvent): void {
    runModelCallbacks?.();
    if (this.#changeCallbacks === undefined) return;
    for (const callback of [...this.#changeCallbacks]) this.#invoker.invoke(callback, event);
  }
}

/** What `hold()` returns during a hold with the same policy: only the outer hold ends the delay. */
const NESTED_HOLD: Disposable = { [Symbol.dispose]() {} };
