/**
 * A clock for tests.
 *
 * @module
 */

import type { Clock, TimerId } from "./clock.ts";

interface Timer {
  /** Time in milliseconds at which the timer fires next. */
  due: number;
  /** The order of creation, which decides among timers that are due at the same time. */
  order: number;
  /** Period in milliseconds; undefined if the timer fires once. */
  every: number | undefined;
  fn: () => void;
}

/** A clock whose time passes only when a test calls {@linkcode ManualClock.tick}. */
export class ManualClock implements Clock {
  readonly #timers = new Map<number, Timer>();
  readonly #settle: () => Promise<void>;
  #now: number;
  #wallOffset = 0;
  #lastId = 0;

  /**
   * Creates a clock.
   *
   * @param now The time at the start, in milliseconds.
   * @param settle Waits until the effects of a timer have completed, before the next timer fires.
   * By default it waits for chains of promises.
   */
  constructor(now = 1_000_000, settle: () => Promise<void> = settlePromises) {
    this.#now = now;
    this.#settle = settle;
  }

  /** The number of timers that have not fired. */
  get pending(): number {
    return this.#timers.size;
  }

  /** Time at which the next timer fires, in milliseconds; undefined without a timer. */
  get nextDue(): number | undefined {
    return this.#next(Infinity)?.[1].due;
  }

  now(): number {
    return this.#now;
  }

  wallTime(): number {
    return this.#now + this.#wallOffset;
  }

  /**
   * Changes {@linkcode ManualClock.wallTime} by a positive or negative offset, without firing
   * timers.
   */
  setWall(milliseconds: number): void {
    this.#wallOffset += milliseconds;
  }

  setTimeout(fn: () => void, milliseconds: number): number {
    return this.#add(fn, milliseconds, undefined);
  }

  clearTimeout(id: TimerId | undefined): void {
    if (typeof id === "number") this.#timers.delete(id);
  }

  setImmediate(fn: () => void): number {
    return this.setTimeout(fn, 0);
  }

  clearImmediate(id: TimerId | undefined): void {
    this.clearTimeout(id);
  }

  setInterval(fn: () => void, milliseconds: number): number {
    return this.#add(fn, milliseconds, Math.max(milliseconds, 1));
  }

  clearInterval(id: TimerId | undefined): void {
    this.clearTimeout(id);
  }

  /**
   * Advances the time and fires the timers that become due, in order. Waits for the effects of
   * each.
   */
  async tick(milliseconds = 0): Promise<void> {
    const end = this.#now + milliseconds;
    await this.#settle();
    for (let next = this.#next(end); next; next = this.#next(end)) {
      const [id, timer] = next;
      this.#now = Math.max(this.#now, timer.due);
      if (timer.every === undefined) this.#timers.delete(id);
      else timer.due += timer.every;
      timer.fn();
      await this.#settle();
    }
    this.#now = Math.max(this.#now, end); // a concurrent tick may have advanced further
  }

  #add(fn: () => void, milliseconds: number, every: number | undefined): number {
    const id = ++this.#lastId;
    this.#timers.set(id, { due: this.#now + Math.max(milliseconds, 0), order: id, every, fn });
    return id;
  }

  #next(end: number): [number, Timer] | undefined {
    const due = [...this.#timers].filter(([, timer]) => timer.due <= end);
    return due.sort(([, a], [, b]) => a.due - b.due || a.order - b.order)[0];
  }
}

/** Waits for 30 microtasks, more than the longest chain of promises in a transaction. */
export async function settlePromises(): Promise<void> {
  for (let i = 0; i < 30; i++) await Promise.resolve();
}
