/**
 * Creates the axes and grids of figures.
 *
 * @module
 */

import {
  type Axis,
  type BaseText,
  CategoricalAxis,
  ContinuousTicker,
  DatetimeAxis,
  FactorRange,
  Grid,
  LinearAxis,
  LogAxis,
  MercatorAxis,
  type Range,
  TimedeltaAxis,
} from "../models/gen/classes.ts";
import type { AxisType } from "./ranges.ts";

/** Side of a plot on which an axis can be placed. */
export type AxisLocation = "above" | "below" | "left" | "right";

/** How to create an axis and its grid. */
export interface AxisSetup {
  /** Type of the axis; null creates neither axis nor grid. */
  type: AxisType;
  /** Side of the plot; null creates the grid and an axis that is not displayed. */
  location: AxisLocation | null;
  /**
   * Number of minor ticks between two major ticks: `"auto"`, a number greater than 1, or null for
   * none.
   */
  minorTicks: number | "auto" | null;
  /** Label of the axis. */
  label: string | BaseText | null;
  /** Range of the axis. */
  range: Range;
  /** Whether the bounds of the range are dates or times. */
  isTemporal: boolean;
  /** Dimension: 0 for x, 1 for y. */
  dimension: 0 | 1;
}

/** Adds an axis and its grid to the attributes from which a plot will be created. */
export function addAxisAndGrid(attributes: Record<string, unknown>, setup: AxisSetup): void {
  const axis = makeAxis(setup);
  if (axis === null) return;
  const { ticker } = axis;
  if (ticker instanceof ContinuousTicker) ticker.num_minor_ticks = minorTicks(axis.type, setup.minorTicks);
  if (setup.label) axis.axis_label = setup.label;
  put(attributes, "center", new Grid({ dimension: setup.dimension, axis }));
  if (setup.location !== null) put(attributes, setup.location, axis);
}

/** Appends a model to the list of a side or of the center of a plot. */
function put(attributes: Record<string, unknown>, place: AxisLocation | "center", model: Axis | Grid): void {
  const there = attributes[place];
  attributes[place] = there === undefined ? [model] : [...there as Iterable<unknown>, model];
}

function makeAxis(setup: AxisSetup): Axis | null {
  const { type, range, dimension } = setup;
  switch (type) {
    case null:
      return null;
    case "linear":
      return new LinearAxis();
    case "log":
      return new LogAxis();
    case "datetime":
      return new DatetimeAxis();
    case "timedelta":
      return new TimedeltaAxis();
    case "mercator":
      return mercatorAxis(dimension === 0 ? "lon" : "lat");
    case "auto":
      if (range instanceof FactorRange) return new CategoricalAxis();
      return setup.isTemporal ? new DatetimeAxis() : new LinearAxis();
    default:
      throw new RangeError(`Cannot create an axis of type ${JSON.stringify(type)}: the type does not exist`);
  }
}

function mercatorAxis(dimension: "lon" | "lat"): Axis {
  const axis = new MercatorAxis();
  for (const part of [axis.ticker, axis.formatter]) part.set("dimension", dimension);
  return axis;
}

/**
 * Returns the number of minor ticks between two major ticks of an axis.
 *
 * @throws {RangeError} If the number is 1 or less.
 */
export function minorTicks(axisType: string, count: number | "auto" | null): number {
  if (count === null) return 0;
  if (count === "auto") return axisType === "LogAxis" ? 10 : 5;
  if (count <= 1) throw new RangeError(`Cannot set ${count} minor ticks: expected a number greater than 1`);
  return count;
}
