import type { Clock, TimerId } from "./clock.ts";

interface Timer {
  due: number;
  order: number;
  every: number | undefined;
  fn: () => void;
}

/** A clock that stands until it is told to go on, for tests. */
export class ManualClock implements Clock {
  readonly #timers = new Map<number, Timer>();
  readonly #settle: () => Promise<void>;
  #now: number;
  #wallOffset = 0;
  #lastId = 0;

  /**
   * Starts at a time in milliseconds.
   *
   * @param settle Waits for what a timer has set off, before the next one runs. By default for chains of promises only.
   */
  constructor(now = 1_000_000, settle: () => Promise<void> = settlePromises) {
    this.#now = now;
    this.#settle = settle;
  }

  /** How many timers are waiting. */
  get pending(): number {
    return this.#timers.size;
  }

  now(): number {
    return this.#now;
  }

  wallTime(): number {
    return this.#now + this.#wallOffset;
  }

  /** Sets the clock on the wall forward, or back: no time passes. */
  setWall(milliseconds: number): void {
    this.#wallOffset += milliseconds;
  }

  setTimeout(fn: () => void, milliseconds: number): number {
    return this.#add(fn, milliseconds, undefined);
  }

  clearTimeout(id: TimerId | undefined): void {
    if (typeof id === "number") this.#timers.delete(id);
  }

  soon(fn: () => void): () => void {
    const id = this.setTimeout(fn, 0);
    return () => this.clearTimeout(id);
  }

  setInterval(fn: () => void, milliseconds: number): number {
    return this.#add(fn, milliseconds, Math.max(milliseconds, 1));
  }

  clearInterval(id: TimerId | undefined): void {
    this.clearTimeout(id);
  }

  /** Lets time pass, and runs what falls due meanwhile, in order and with all that it resolves. */
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
    this.#now = Math.max(this.#now, end); // another tick may have gone further
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

/** Waits longer than any chain of promises in a transaction is. */
export async function settlePromises(): Promise<void> {
  for (let i = 0; i < 30; i++) await Promise.resolve();
}
