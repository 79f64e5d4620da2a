/**
 * Limits on the work that messages of clients cause. A short message can ask for much work: the limits count what the server
 * does, not only what a client sends.
 *
 * The code that does the work charges it, with {@linkcode charge}, to the budget of the message that is being handled. Code
 * that runs for the application has no budget: what it does is not limited.
 *
 * @module
 */

import { DEFAULT_WORK_LIMITS, type WorkKind, WorkLimitError, type WorkLimits } from "./work_limits.ts";

/** Steps that each byte of a message may cause. Reading, checking, comparing, keeping and sending a value takes about ten. */
const STEPS_PER_BYTE = 16;

/** Bytes that copying in one step moves. */
export const BYTES_PER_COPY_STEP = 64;

/** The work of one message. */
export class WorkBudget {
  readonly #limits: WorkLimits;
  // Steps are charged several times for each message: they have a field of their own, which is faster than a record.
  /** Steps beyond the free ones: negative until these are used up. */
  #steps: number;
  #others: Record<Exclude<WorkKind, "steps">, number> | undefined;
  #exceeded: WorkLimitError | undefined;
  #throws = true;

  /**
   * Creates the budget of a message that has caused no work yet.
   *
   * @param limits The limits.
   * @param messageBytes Length of the message. Without it, no steps are free.
   */
  constructor(limits: WorkLimits = DEFAULT_WORK_LIMITS, messageBytes: number = 0) {
    this.#limits = limits;
    this.#steps = -messageBytes * STEPS_PER_BYTE;
  }

  /**
   * Charges work.
   *
   * @param kind The kind of work.
   * @param amount How much, in the unit of its limit.
   * @throws {WorkLimitError} When it exceeds the limit, unless {@linkcode commit} was called.
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

  /** Returns the work of a kind that counts against its limit. */
  spent(kind: WorkKind): number {
    if (kind === "steps") return Math.max(0, this.#steps);
    return this.#others === undefined ? 0 : this.#others[kind];
  }

  /** Returns how much of a kind is left before its limit. */
  left(kind: WorkKind): number {
    return Math.max(0, this.#limits[kind] - this.spent(kind));
  }

  /** The error of the first limit that was exceeded, undefined when none was. */
  get exceeded(): WorkLimitError | undefined {
    return this.#exceeded;
  }

  /**
   * Ends the phase in which a message can still be refused. From here on changes are made, and must be made all: exceeding a
   * limit no longer throws but is noted in {@linkcode exceeded}.
   */
  commit(): void {
    this.#throws = false;
  }
}

let current: WorkBudget | undefined;

/** Returns the budget of the message that is being handled, undefined when none is. */
export function currentBudget(): WorkBudget | undefined {
  return current;
}

/**
 * Calls a synchronous function whose work is charged to a budget.
 *
 * @param budget The budget; undefined for work that is not limited, such as that of callbacks of the application.
 * @param fn The function.
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
 * Charges work to the message that is being handled. Does nothing when none is.
 *
 * @throws {WorkLimitError} When the message asks for too much and nothing has been changed yet.
 */
export function charge(kind: WorkKind, amount: number): void {
  current?.charge(kind, amount);
}

/** Charges the steps of copying bytes to the message that is being handled. */
export function chargeCopy(bytes: number): void {
  current?.charge("steps", bytes / BYTES_PER_COPY_STEP);
}

/** Options of {@linkcode WorkReserve}. */
export interface WorkReserveOptions {
  /** Steps that a session can save up. @default {30_000_000} */
  readonly steps?: number | undefined;
  /** Steps that it gets in a second. @default {3_000_000} */
  readonly stepsPerSecond?: number | undefined;
  /** Returns the time in milliseconds. */
  readonly now: () => number;
}

/** The steps that the messages of one session may take together, beyond those that their lengths allow: a token bucket. */
export class WorkReserve {
  readonly #most: number;
  readonly #perMillisecond: number;
  readonly #now: () => number;
  #steps: number;
  #since: number;

  /** Creates a full reserve. */
  constructor({ steps = 30_000_000, stepsPerSecond = 3_000_000, now }: WorkReserveOptions) {
    this.#most = this.#steps = steps;
    this.#perMillisecond = stepsPerSecond / 1000;
    this.#now = now;
    this.#since = now();
  }

  /** Takes steps out and returns whether there were enough. */
  take(steps: number): boolean {
    if (steps === 0) return true;
    const now = this.#now();
    this.#steps = Math.min(this.#most, this.#steps + (now - this.#since) * this.#perMillisecond) - steps;
    this.#since = now;
    return this.#steps >= 0;
  }
}
