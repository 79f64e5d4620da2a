/**
 * Accounts for the work that messages of clients cause. Limits apply to the work a message causes,
 * not only to its size, because a short message can cause much work.
 *
 * The code that does the work calls {@linkcode charge}, which charges the budget of the message
 * that is being handled. Code that runs on behalf of the application has no budget, and its work is
 * not limited.
 *
 * @module
 */

import type { Limits } from "../common/limits.ts";
import { type WorkKind, WorkLimitError, type WorkLimits } from "./work_limits.ts";

/**
 * Free steps for each byte of a message. To parse, check, compare, store and send a value takes
 * about ten steps.
 */
const STEPS_PER_BYTE = 16;

/** Number of bytes whose copying counts as one step. */
export const BYTES_PER_COPY_STEP = 64;

/** The work of one message, with its limits. */
export class WorkBudget {
  readonly #limits: WorkLimits;
  /**
   * Steps beyond the free ones, negative until the free steps are used up. Steps are charged
   * several times for each message: a field is faster than an entry of a record.
   */
  #steps: number;
  #others: Record<Exclude<WorkKind, "steps">, number> | undefined;
  #exceeded: WorkLimitError | undefined;
  #throws = true;

  /**
   * Creates the budget of a message that has not caused any work yet.
   *
   * @param limits The limits.
   * @param messageBytes Size of the message in bytes. It determines the number of free steps.
   */
  constructor(limits: WorkLimits, messageBytes: number = 0) {
    this.#limits = limits;
    this.#steps = -messageBytes * STEPS_PER_BYTE;
  }

  /**
   * Charges work.
   *
   * @param kind Which limit the work counts against.
   * @param amount Amount in the unit of that limit.
   * @throws {WorkLimitError} If the limit is exceeded, unless {@linkcode commit} was called.
   */
  charge(kind: WorkKind, amount: number): void {
    if (kind === "steps") {
      this.#steps += amount;
      if (this.#steps <= this.#limits.steps) return;
    } else {
      const others = this.#others ??= { unpackedBytes: 0, models: 0, events: 0, sentBytes: 0 };
      others[kind] += amount;
      if (others[kind] <= this.#limits[kind]) return;
    }
    this.#exceeded ??= new WorkLimitError(kind, this.#limits[kind]);
    if (this.#throws) throw this.#exceeded;
  }

  /** Returns how much work counts against a limit. Free steps are not included. */
  spent(kind: WorkKind): number {
    if (kind === "steps") return Math.max(0, this.#steps);
    return this.#others === undefined ? 0 : this.#others[kind];
  }

  /** Returns how much work remains before a limit is exceeded. */
  left(kind: WorkKind): number {
    return Math.max(0, this.#limits[kind] - this.spent(kind));
  }

  /** The error of the first limit that was exceeded, undefined if none was. */
  get exceeded(): WorkLimitError | undefined {
    return this.#exceeded;
  }

  /**
   * Ends the phase in which the message can still be rejected. From here on the document changes,
   * and the change must be completed: a limit that is exceeded no longer throws but is recorded in
   * {@linkcode exceeded}.
   */
  commit(): void {
    this.#throws = false;
  }
}

let current: WorkBudget | undefined;

/** Returns the budget of the message that is being handled, or undefined if none is. */
export function currentBudget(): WorkBudget | undefined {
  return current;
}

/**
 * Calls a synchronous function and charges its work to a budget.
 *
 * @param budget The budget; undefined for unlimited work, such as callbacks of the application.
 * @param fn The function. It must not be asynchronous: the budget is current only until it returns.
 */
export function withBudget<T>(budget: WorkBudget | undefined, fn: () => T): T {
  const outer = current;
  current = budget;
  try {
    return fn();
  } finally {
    current = outer;
  }
}

/**
 * Charges work to the message that is being handled. Does nothing if none is.
 *
 * @throws {WorkLimitError} If a limit is exceeded and nothing has been changed yet.
 */
export function charge(kind: WorkKind, amount: number): void {
  current?.charge(kind, amount);
}

/** Charges the copying of bytes to the message that is being handled. */
export function chargeCopy(bytes: number): void {
  current?.charge("steps", bytes / BYTES_PER_COPY_STEP);
}

/**
 * Token bucket for the steps that all messages of one session take together, beyond their free
 * steps.
 */
export class WorkReserve {
  readonly #most: number;
  readonly #perMillisecond: number;
  readonly #now: () => number;
  #steps: number;
  #since: number;

  /**
   * Creates a full bucket.
   *
   * @param limits Capacity in steps, and refill rate.
   * @param now Returns the time in milliseconds.
   */
  constructor({ savedSteps, stepsPerSecond }: Pick<Limits, "savedSteps" | "stepsPerSecond">, now: () => number) {
    this.#most = this.#steps = savedSteps;
    this.#perMillisecond = stepsPerSecond / 1000;
    this.#now = now;
    this.#since = now();
  }

  /** Takes steps out of the bucket. Returns whether there were enough. */
  take(steps: number): boolean {
    if (steps === 0) return true;
    const now = this.#now();
    this.#steps = Math.min(this.#most, this.#steps + (now - this.#since) * this.#perMillisecond) - steps;
    this.#since = now;
    return this.#steps >= 0;
  }
}
