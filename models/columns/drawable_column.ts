/**
 * Converts dates and images in columns.
 *
 * @module
 */

import { charge } from "../../protocol/work_budget.ts";
import type { Column } from "./columns.ts";
import { toMilliseconds } from "../values/temporal.ts";

/** An image, such as the browser's `ImageData`. */
interface Picture {
  readonly data: Uint8ClampedArray;
  readonly width: number;
  readonly height: number;
}

/**
 * Converts a column to values that BokehJS can draw: `Temporal.PlainDate` to milliseconds, as
 * datetime axes require, and `ImageData` to arrays of height × width × 4 bytes. The type of the
 * first item that is not null determines the conversion.
 */
export function drawableColumn(column: readonly unknown[]): Column {
  let i = 0;
  while (i < column.length && (column[i] === null || column[i] === undefined)) i++;
  charge("steps", i);
  const first = column[i];
  if (typeof first !== "object" || first === null) return column;
  if (isDay(first)) return column.map((item) => isDay(item) ? toMilliseconds(item) : item);
  return isPicture(first) ? column.map((item) => isPicture(item) ? pixelsOf(item) : item) : column;
}

function isDay(value: unknown): value is Temporal.PlainDate {
  return typeof value === "object" && value !== null &&
    Reflect.get(value, Symbol.toStringTag) === "Temporal.PlainDate";
}

function isPicture(value: unknown): value is Picture {
  if (typeof value !== "object" || value === null || !("data" in value && "width" in value && "height" in value)) {
    return false;
  }
  const { data, width, height } = value;
  return data instanceof Uint8ClampedArray && data.length === 4 * Number(width) * Number(height);
}

function pixelsOf({ data, width, height }: Picture): Column {
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.length);
  return Object.assign(bytes, { shape: [height, width, 4] });
}
