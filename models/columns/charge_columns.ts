import { charge } from "../../protocol/work_budget.ts";

/** Maximum number of properties with which V8 stores an object without a hash table. */
const MAX_FAST_FIELDS = 128;

/**
 * Charges the steps of copying, checking and comparing an object of columns. The rows of the
 * columns are charged separately.
 *
 * @param count Number of columns.
 */
export function chargeColumns(count: number): void {
  charge("steps", count * (count > MAX_FAST_FIELDS ? 1000 : 10));
}
