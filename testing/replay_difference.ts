/**
 * Describes what differs between a recorded and an actual result, for people.
 *
 * @module
 */

import { isRecord } from "../common/is_record.ts";
import type { RecordedChange, ResultLine } from "../session/recording/recording_format.ts";

/** Returns the first difference between two results, undefined if they are equal. */
export function resultDifference(
  expected: Pick<ResultLine, "outcome" | "changes">,
  actual: Pick<ResultLine, "outcome" | "changes">,
): string | undefined {
  if (expected.outcome !== actual.outcome) return shown("result", expected.outcome, actual.outcome);
  return firstDifference(expected.changes, actual.changes);
}

/** Returns the first difference between two lists of changes, undefined if they are equal. */
export function firstDifference(
  expected: readonly RecordedChange[],
  actual: readonly RecordedChange[],
): string | undefined {
  const length = Math.max(expected.length, actual.length);
  for (let index = 0; index < length; index++) {
    const [before, now] = [expected[index], actual[index]];
    if (JSON.stringify(before) === JSON.stringify(now)) continue;
    if (before === undefined) return shown(now![0], "no change", text(now![1]));
    if (before[0] === now?.[0]) return shown(before[0], text(before[1]), text(now[1]));
    const isLater = actual.slice(index).some(([what]) => what === before[0]);
    if (now !== undefined && isLater) return shown(now[0], "no change at this point", text(now[1]));
    return shown(before[0], text(before[1]), "no change");
  }
}

function shown(what: string, expected: string, actual: string): string {
  return `  ${what}\n    expected: ${expected}\n    actual:   ${actual}`;
}

function text(value: unknown): string {
  if (isRecord(value) && typeof value.start === "string" && typeof value.digest === "string") {
    return `${value.start}… (${value.length} characters, SHA-256 ${value.digest})`;
  }
  return JSON.stringify(value);
}
