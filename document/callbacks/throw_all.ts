/**
 * Errors of several functions of which each must run.
 *
 * @module
 */

/** Throws the only error as it is, or all errors as one AggregateError. Returns when there is none. */
export function throwAll(errors: readonly unknown[], what: string): void {
  if (errors.length === 1) throw errors[0];
  if (errors.length > 1) throw new AggregateError(errors, `${errors.length} ${what} failed`);
}

/** Calls all functions, then throws what failed. */
export function callAll(functions: Iterable<() => void>, what: string): void {
  let errors: unknown[] | undefined;
  for (const fn of functions) {
    try {
      fn();
    } catch (error) {
      (errors ??= []).push(error);
    }
  }
  if (errors !== undefined) throwAll(errors, what);
}
