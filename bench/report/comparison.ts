/** Compares the results of this server with those of others and with the goals. */

import { type Line, timesBetter } from "../line.ts";
import type { Cell, Row } from "../run_lines.ts";
import { number, percent, withUnit } from "./format.ts";

/** Ratios of this server to others. */
export interface Comparison {
  /** Ratio to Python's server with TCP_NODELAY, or to unmodified Python if that was not measured. */
  python?: number;
  /** Ratio to the bare server. */
  bare?: number;
  /** Whether all goals with results are reached. Undefined if there are none. */
  reached?: boolean;
}

/** The figures of a measured cell. */
export type Measured = Exclude<Cell, { failure: string }>;

/** Compares the values of a row. */
export function compare({ line, cells }: Row): Comparison {
  const ours = valueOf(cells.ours);
  if (ours === undefined) return {};
  const python = valueOf(cells.nodelay) ?? valueOf(cells.python);
  const bare = valueOf(cells.bare);
  const found: Comparison = {
    ...(python && { python: timesBetter(line.unit, ours, python) }),
    ...(bare && { bare: timesBetter(line.unit, ours, bare) }),
  };
  const { goal = {} } = line;
  const relativeCpu = measuredOf(cells.ours)?.relativeCpu;
  const judged = [
    goal.python !== undefined && found.python !== undefined ? found.python >= goal.python : undefined,
    goal.bare !== undefined && found.bare !== undefined ? found.bare >= goal.bare : undefined,
    goal.atMost !== undefined ? ours <= goal.atMost : undefined,
    goal.relativeCpu !== undefined && relativeCpu !== undefined ? relativeCpu <= goal.relativeCpu : undefined,
  ].filter((reached) => reached !== undefined);
  return judged.length > 0 ? { ...found, reached: judged.every(Boolean) } : found;
}

/** Compares the CPU times of a row. */
export function compareCpu({ line, cells }: Row): Comparison {
  const times = Object.entries(cells).flatMap(([server, cell]) =>
    "failure" in cell || cell.cpu === undefined ? [] : [[server, { value: cell.cpu, values: [cell.cpu] }]]
  );
  return compare({ line: { ...line, unit: "ms", goal: {} }, cells: Object.fromEntries(times) });
}

/** Formats the goals of a line. */
export function goalText({ goal = {}, unit }: Line): string {
  const parts = [
    goal.python !== undefined ? `${number(goal.python)}×` : undefined,
    goal.bare !== undefined ? `${percent(goal.bare)}` : undefined,
    goal.atMost !== undefined ? `≤ ${withUnit(goal.atMost, unit)}` : undefined,
    goal.relativeCpu !== undefined ? `CPU ≤ ${number(goal.relativeCpu)}×` : undefined,
  ];
  return parts.filter((part) => part !== undefined).join(", ");
}

/** Returns the value of a cell, or undefined if it failed or was not measured. */
export function valueOf(cell: Cell | undefined): number | undefined {
  return measuredOf(cell)?.value;
}

/** Returns the figures of a cell, or undefined if it failed or was not measured. */
export function measuredOf(cell: Cell | undefined): Measured | undefined {
  return cell === undefined || "failure" in cell ? undefined : cell;
}
