/**
 * What is wrong with a representation that cannot be decoded, and where.
 *
 * @module
 */

import type { WorkBudget } from "../../protocol/work_budget.ts";
import { type WorkKind, WorkLimitError } from "../../protocol/work_limits.ts";

/** A representation that has no value. Its text names only what the sender sent. */
export class DeserializationError extends Error {
  override readonly name = "DeserializationError";
  /** What is wrong, without the place. */
  readonly reason: string;
  readonly #path: (string | number)[] = [];

  constructor(reason: string, options?: ErrorOptions) {
    super(`Cannot deserialize a value: ${reason}`, options);
    this.reason = reason;
  }

  /**
   * Makes an error.
   *
   * @param reason What is wrong, as a clause: `unknown dtype "int7"`.
   * @param options The error behind it.
   */
  static because(reason: string, options?: ErrorOptions): DeserializationError {
    return new DeserializationError(reason, options);
  }

  /** The keys and indices that lead to the place, from the outside in. */
  get path(): readonly (string | number)[] {
    return this.#path;
  }

  /** Says that the place is inside of `step`. Each level adds its own on the error's way out, so that success costs nothing. */
  within(step: string | number): this {
    this.#path.unshift(step);
    this.message = `Cannot deserialize ${formatPath(this.#path)}: ${this.reason}`;
    return this;
  }
}

/** Adds a step to an error on its way out, if it is one of ours. */
export function within(error: unknown, step: string | number): unknown {
  return error instanceof DeserializationError ? error.within(step) : error;
}

/**
 * Charges the work of reading a representation.
 *
 * @throws {DeserializationError} When it exceeds a limit.
 */
export function chargeReading(budget: WorkBudget, kind: WorkKind, amount: number): void {
  try {
    budget.charge(kind, amount);
  } catch (cause) {
    if (cause instanceof WorkLimitError) throw DeserializationError.because(cause.message, { cause });
    throw cause;
  }
}

/** A value of a sender as it may stand in an error: short, and on one line. Of a list or an object, no more than that it is one. */
export function quote(value: unknown): string {
  if (typeof value === "object" && value !== null) {
    return Array.isArray(value) ? `a list of ${value.length}` : "an object";
  }
  const text = typeof value === "string" ? JSON.stringify(value.slice(0, 60)) : String(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

function formatPath(path: readonly (string | number)[]): string {
  const steps = path.slice(-12).map((step) => typeof step === "number" ? `[${step}]` : `.${step.slice(0, 40)}`).join(
    "",
  );
  return path.length > 12 ? `…${steps}` : steps.replace(/^\./, "");
}
