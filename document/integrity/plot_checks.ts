/**
 * Integrity checks of plots, map plots, legends and scale bars.
 *
 * @module
 */

import {
  Annotation,
  CategoricalScale,
  FactorRange,
  GMapPlot,
  LegendItem,
  LinearScale,
  LogScale,
  MercatorTicker,
  MercatorTickFormatter,
  Plot,
  type Range,
  Range1d,
  type Scale,
  ScaleBar,
} from "../../models/gen/classes.ts";
import { peek } from "../../models/base/attribute_values.ts";
import type { Model } from "../../models/base/model.ts";
import { check, explicitValue, type IntegrityCheck, listed, requiredCheck } from "./check.ts";
import { columnNames, fieldOf, sourceOf } from "./columns.ts";

/** Checks of plots, map plots, legends and scale bars. */
export const plotChecks: readonly IntegrityCheck[] = [
  check(
    Plot,
    "W-1000",
    "MISSING_RENDERERS",
    (plot) =>
      !(plot instanceof GMapPlot) && partsIn(plot, "renderers").length === 0 &&
        !partsIn(plot, "center").some((model) => model instanceof Annotation)
        ? "it shows nothing: draw glyphs on it, as with plot.line(x, y)"
        : undefined,
  ),
  check(
    Plot,
    "E-1004",
    "REQUIRED_RANGE",
    (plot) =>
      listed(unset(plot, ["x_range", "y_range"]), (attrs) => `${attrs} is not set: set a range, as new DataRange1d()`),
  ),
  check(
    Plot,
    "E-1008",
    "REQUIRED_SCALE",
    (plot) =>
      listed(unset(plot, ["x_scale", "y_scale"]), (attrs) => `${attrs} is not set: set a scale, as new LinearScale()`),
  ),
  check(Plot, "E-1009", "INCOMPATIBLE_SCALE_AND_RANGE", findMisfits),
  check(Plot, "E-1020", "BAD_EXTRA_RANGE_NAME", findBadRangeNames),
  requiredCheck(
    GMapPlot,
    "api_key",
    "E-1005",
    "MISSING_GOOGLE_API_KEY",
    "Google Maps requires a key, which Google issues",
  ),
  check(GMapPlot, "E-1012", "INCOMPATIBLE_MAP_RANGE_TYPE", (plot) =>
    listed(
      (["x_range", "y_range"] as const).filter((attr) => !(plot[attr] instanceof Range1d)),
      (attrs) => `${attrs} is not a Range1d, the only type of range that maps support: set new Range1d()`,
    )),
  check(
    MercatorTicker,
    "E-1007",
    "MISSING_MERCATOR_DIMENSION",
    (ticker) => ticker.dimension === null ? 'its dimension is not set: set "lat" or "lon"' : undefined,
  ),
  check(
    MercatorTickFormatter,
    "E-1007",
    "MISSING_MERCATOR_DIMENSION",
    (formatter) => formatter.dimension === null ? 'its dimension is not set: set "lat" or "lon"' : undefined,
  ),
  check(LegendItem, "E-1006", "NON_MATCHING_DATA_SOURCES_ON_LEGEND_ITEM_RENDERERS", ({ label, renderers }) => {
    const sources = new Set(renderers.map(sourceOf));
    return fieldOf(label) !== undefined && sources.size !== 1
      ? `its label is a column and its renderers have ${sources.size} sources: give it renderers of one source`
      : undefined;
  }),
  check(LegendItem, "E-1001", "BAD_COLUMN_NAME", ({ label, renderers: [first] }) => {
    const field = fieldOf(label);
    if (field === undefined) return undefined;
    if (first === undefined) return `its label is the column ${field} and it has no renderers: add some`;
    const columns = columnNames(sourceOf(first));
    return columns.includes(field) ? undefined : `its label is the column ${field}: there are ${columns.join(", ")}`;
  }),
  check(ScaleBar, "E-1031", "NON_MATCHING_SCALE_BAR_UNIT", (bar) => {
    const { basis } = bar.dimensional.properties_with_values();
    const units = basis instanceof Map ? [...basis.keys()] : Object.keys(basis ?? {});
    return units.length === 0 || units.includes(bar.unit)
      ? undefined
      : `its unit is ${bar.unit}: choose one of ${units.join(", ")}`;
  }),
];

function unset(plot: Plot, attrs: readonly string[]): string[] {
  return attrs.filter((attr) => (peek(plot, attr) ?? null) === null);
}

function fits(range: Range, scale: Scale): boolean {
  return range instanceof FactorRange
    ? scale instanceof CategoricalScale
    : !range.isA("NumericalRange") || scale instanceof LinearScale || scale instanceof LogScale;
}

function findMisfits(plot: Plot): string | undefined {
  const misfits: string[] = [];
  const compare = (name: string, scale: Scale, range: Range) => {
    if (!fits(range, scale)) misfits.push(`${name}: ${range.type} with ${scale.type}`);
  };
  const { x_range, x_scale, y_range, y_scale } = plot;
  compare("x", x_scale, x_range);
  for (const range of valuesOf(peek(plot, "extra_x_ranges"))) compare("x", x_scale, range);
  compare("y", y_scale, y_range);
  for (const range of valuesOf(peek(plot, "extra_y_ranges"))) compare("y", y_scale, range);
  return listed(
    misfits,
    (list) => `a range does not fit its scale (${list}): a range of factors requires a CategoricalScale`,
  );
}

/** Attributes of a plot whose models may refer to an extra range by name. */
const PARTS = ["left", "right", "above", "below", "center", "renderers"] as const;
const RANGE_NAMES = [["x_range_name", "extra_x_ranges"], ["y_range_name", "extra_y_ranges"]] as const;

function findBadRangeNames(plot: Plot): string | undefined {
  const bad: string[] = [];
  for (const place of PARTS) {
    for (const part of partsIn(plot, place)) {
      for (const [attr, ranges] of RANGE_NAMES) {
        const name = explicitValue(part, attr) ?? "default";
        if (name === "default" || namesOf(peek(plot, ranges)).includes(String(name))) continue;
        bad.push(`${attr} ${name} of ${part}`);
      }
    }
  }
  return listed(bad, (list) => `there is no such range (${list}): add it to extra_x_ranges or extra_y_ranges`);
}

/** Returns the list of models in one of the {@linkcode PARTS}. It must not be modified. */
function partsIn(plot: Plot, place: typeof PARTS[number]): readonly Model[] {
  return peek(plot, place) as readonly Model[];
}

function valuesOf(ranges: unknown): Range[] {
  return ranges instanceof Map ? [...ranges.values()] : Object.values(ranges ?? {});
}

function namesOf(ranges: unknown): string[] {
  return ranges instanceof Map ? [...ranges.keys()] : Object.keys(ranges ?? {});
}
