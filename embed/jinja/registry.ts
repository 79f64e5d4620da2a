/**
 * All filters and tests.
 *
 * @module
 */

import { FILTERS } from "./filters.ts";
import { type Test, TESTS } from "./tests.ts";
import { str } from "./text.ts";

export { FILTERS };

/** The tests by name. */
export const ALL_TESTS: Readonly<Record<string, Test>> = {
  ...TESTS,
  filter: (value) => Object.hasOwn(FILTERS, str(value)),
};
