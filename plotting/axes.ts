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

/** A side of a plot that an axis can stand on. */
export type AxisLocation = "above" | "below" | "left" | "right";

/** How one axis and its grid are made. */
export interface AxisSetup {
  /** What the axis shows; null for neither axis nor grid. */
  type: AxisType;
  /** Where it stands; null for a grid without an axis to be seen. */
  location: AxisLocation | null;
  /** Minor ticks between two major ones: `"auto"`, a number greater than one, or null for none. */
  minorTicks: number | "auto" | null;
  /** What it is labeled. */
  label: string | BaseText | null;
  /** The range that it spans. */
  range: Range;
  /** Whether the ends of the range were given as moments. */
  isTemporal: boolean;
  /** 0 for x, 1 for y. */
  dimension: 0 | 1;
}

/** Adds an axis and its grid to the attributes that a plot is going to be made with. */
export function addAxisAndGrid(attributes: Record<string, unknown>, setup: AxisSetup): void {
  const axis = makeAxis(setup);
  if (axis === null) return;
  const { ticker } = axis;
  if (ticker instanceof ContinuousTicker) ticker.num_minor_ticks = minorTicks(axis.type, setup.minorTicks);
  if (setup.label) axis.axis_label = setup.label;
  put(attributes, "center", new Grid({ dimension: setup.dimension, axis }));
  if (setup.location !== null) put(attributes, setup.location, axis);
}

/** Puts a model into a place of a plot, behind those that are there. */
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
      throw new RangeError(`Cannot make an axis of type ${JSON.stringify(type)}: there is no such type`);
  }
}

function mercatorAxis(dimension: "lon" | "lat"): Axis {
  const axis = new MercatorAxis();
  for (const part of [axis.ticker, axis.formatter]) part.set("dimension", dimension);
  return axis;
}

/** How many minor ticks stand between two major ones of an axis of a type. */
export function minorTicks(axisType: string, count: number | "auto" | null): number {
  if (count === null) return 0;
  if (count === "auto") return axisType === "LogAxis" ? 10 : 5;
  if (count <= 1) throw new RangeError(`Cannot set ${count} minor ticks: expected more than one`);
  return count;
}
