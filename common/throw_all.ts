/**
 * Collecting errors when several functions must all run.
 *
 * @module
 */

/**
 * Throws the collected errors. Returns if `errors` is empty.
 *
 * @param what Plural noun for the message of an `AggregateError`: "2 callbacks failed".
 * @throws The only error itself, or an `AggregateError` if there are several.
 */
export function throwAll(errors: readonly unknown[], what: string): void {
  if (errors.length === 1) throw errors[0];
  if (errors.length > 1) throw new AggregateError(errors, `${errors.length} ${what} failed`);
}

/**
 * Calls every function, even if some throw.
 *
 * @param what Plural noun for the message of an `AggregateError`.
 * @throws What the functions threw, as {@linkcode throwAll} does.
 */
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
