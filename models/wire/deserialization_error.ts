/**
 * Errors of representations that cannot be decoded, with their location.
 *
 * @module
 */

import type { WorkBudget } from "../../protocol/work_budget.ts";
import { type WorkKind, WorkLimitError } from "../../protocol/work_limits.ts";

/** The names of the custom models of this package begin with this. */
const OWN_EXTENSIONS = "bokeh_server.";

/**
 * A representation cannot be decoded. The message quotes only what the sender sent, so it may be
 * sent back to it.
 */
export class DeserializationError extends Error {
  override readonly name = "DeserializationError";
  /** What is wrong, without the location. */
  readonly reason: string;
  readonly #path: (string | number)[] = [];

  constructor(reason: string, options?: ErrorOptions) {
    super(`Cannot deserialize a value: ${reason}`, options);
    this.reason = reason;
  }

  /**
   * Creates an error.
   *
   * @param reason What is wrong, as a clause: `unknown dtype "int7"`.
   * @param options The underlying error.
   */
  static because(reason: string, options?: ErrorOptions): DeserializationError {
    return new DeserializationError(reason, options);
  }

  /** Keys and indices that lead to the location, outermost first. */
  get path(): readonly (string | number)[] {
    return this.#path;
  }

  /**
   * Prepends a step to the location. Each level adds its own step while the error propagates, so
   * that decoding without an error does not keep track of the location.
   */
  within(step: string | number): this {
    this.#path.unshift(step);
    this.message = `Cannot deserialize ${formatPath(this.#path)}: ${this.reason}`;
    return this;
  }
}

/**
 * Returns the error of a model whose class this program does not have. Classes of extensions exist once the module that
 * defines them is imported.
 */
export function unknownModelType(type: string): DeserializationError {
  const module = type.startsWith(OWN_EXTENSIONS)
    ? "@bokeh/server/files"
    : "the module that defines it, for example with defineModel()";
  return DeserializationError.because(`unknown model type ${quote(type)}: import ${module}`);
}

/** Prepends a step to the location if the error is a `DeserializationError`. Returns the error. */
export function within(error: unknown, step: string | number): unknown {
  return error instanceof DeserializationError ? error.within(step) : error;
}

/**
 * Charges the work of decoding to a budget.
 *
 * @throws {DeserializationError} If a limit is exceeded.
 */
export function chargeReading(budget: WorkBudget, kind: WorkKind, amount: number): void {
  try {
    budget.charge(kind, amount);
  } catch (cause) {
    if (cause instanceof WorkLimitError) throw DeserializationError.because(cause.message, { cause });
    throw cause;
  }
}

/**
 * Formats a sender's value for an error message: short and on one line. Lists and objects are only
 * named.
 */
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
