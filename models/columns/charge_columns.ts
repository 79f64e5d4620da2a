import { charge } from "../../protocol/work_budget.ts";

/** Objects with more fields than this are hash tables in V8. */
const MAX_FAST_FIELDS = 128;

/**
 * Charges the steps of copying, checking and comparing a container of columns, besides those of their rows.
 *
 * @param count How many columns there are.
 */
export function chargeColumns(count: number): void {
  charge("steps", count * (count > MAX_FAST_FIELDS ? 1000 : 10));
}
