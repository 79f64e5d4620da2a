/** How a line stands to its goals. */

import { type Line, timesBetter } from "../line.ts";
import type { Cell, Row } from "../run_lines.ts";
import { number, percent, withUnit } from "./format.ts";

/** This project's server beside another. */
export interface Standing {
  /** How many times better than Python's server with TCP_NODELAY, or stock where there is no other. */
  python?: number;
  /** How much of what the bare server reaches. */
  bare?: number;
  /** Whether every goal that can be judged is reached; undefined where none can. */
  reached?: boolean;
}

/** What the values of a row say. */
export function standing({ line, cells }: Row): Standing {
  const ours = valueOf(cells.ours);
  if (ours === undefined) return {};
  const python = valueOf(cells.nodelay) ?? valueOf(cells.python);
  const bare = valueOf(cells.bare);
  const found: Standing = {
    ...(python && { python: timesBetter(line.unit, ours, python) }),
    ...(bare && { bare: timesBetter(line.unit, ours, bare) }),
  };
  const { goal = {} } = line;
  const judged = [
    goal.python !== undefined && found.python !== undefined ? found.python >= goal.python : undefined,
    goal.bare !== undefined && found.bare !== undefined ? found.bare >= goal.bare : undefined,
    goal.atMost !== undefined ? ours <= goal.atMost : undefined,
  ].filter((reached) => reached !== undefined);
  return judged.length > 0 ? { ...found, reached: judged.every(Boolean) } : found;
}

/** What the times of the server's core say. */
export function cpuStanding({ line, cells }: Row): Standing {
  const times = Object.entries(cells).flatMap(([server, cell]) =>
    "failure" in cell || cell.cpu === undefined ? [] : [[server, { value: cell.cpu, values: [cell.cpu] }]]
  );
  return standing({ line: { ...line, unit: "ms", goal: {} }, cells: Object.fromEntries(times) });
}

/** A line's goals in words. */
export function goalText({ goal = {}, unit }: Line): string {
  const parts = [
    goal.python !== undefined ? `${number(goal.python)}×` : undefined,
    goal.bare !== undefined ? `${percent(goal.bare)}` : undefined,
    goal.atMost !== undefined ? `≤ ${withUnit(goal.atMost, unit)}` : undefined,
  ];
  return parts.filter((part) => part !== undefined).join(", ");
}

/** The value of a cell that was measured. */
export function valueOf(cell: Cell | undefined): number | undefined {
  return cell === undefined || "failure" in cell ? undefined : cell.value;
}
