/**
 * Adds glyphs to legends.
 *
 * @module
 */

import { type GlyphRenderer, Legend, LegendItem, type Plot } from "../models/gen/classes.ts";
import { matches } from "../models/values/equality.ts";
import { Field, Value } from "../models/values/values.ts";

/** Options of glyph methods for the legend. At most one of the first three may be given. */
export interface LegendOptions {
  /** Text of one legend item. */
  legend_label?: string;
  /**
   * Name of a column. The browser creates an item for each of its distinct values, and follows
   * changes of the column.
   */
  legend_field?: string;
  /** Name of a column. Creates an item for each distinct value that the column has now. */
  legend_group?: string;
  /** Name of the legend, if the plot has several. */
  legend_name?: string | null;
}

/** A request for items of a legend. */
export interface LegendRequest {
  /** Option that was given. */
  option: "legend_label" | "legend_field" | "legend_group";
  /** Value of the option: a text, or the name of a column. */
  label: unknown;
  /** Name of the legend, null for the legend without a name. */
  legendName: string | null;
}

const ITEM_OPTIONS = ["legend_label", "legend_field", "legend_group"] as const;

/**
 * Removes the legend options from the attributes of a glyph and returns them.
 *
 * @throws {TypeError} If more than one option for an item is given.
 */
export function takeLegendRequest(attributes: Map<string, unknown>): LegendRequest | null {
  const given = ITEM_OPTIONS.filter((option) => attributes.has(option));
  const legendName = attributes.get("legend_name");
  attributes.delete("legend_name");
  if (given.length > 1) {
    throw new TypeError(
      `Cannot label the glyph: only one of ${ITEM_OPTIONS.join(", ")} may be given, got ${given.join(", ")}`,
    );
  }
  const [option] = given;
  if (option === undefined) return null;
  const label = attributes.get(option);
  attributes.delete(option);
  return { option, label, legendName: typeof legendName === "string" ? legendName : null };
}

/**
 * Adds a renderer to the legend of a plot. Adds the legend if the plot does not have one.
 *
 * @throws {RangeError} If the legend or the column does not exist, or the legend is ambiguous.
 */
export function updateLegend(plot: Plot, { option, label, legendName }: LegendRequest, renderer: GlyphRenderer): void {
  const legend = findOrAddLegend(plot, legendName);
  if (typeof label !== "string") throw new TypeError(`Cannot label the glyph: ${option} must be a string`);
  if (option === "legend_group") addGroups(legend, label, renderer);
  else addItem(legend, option === "legend_field" ? new Field(label) : new Value(label), renderer);
}

function findOrAddLegend(plot: Plot, name: string | null): Legend {
  const legends = plot.legend.filter((legend) => legend.name === name);
  if (legends.length > 1) {
    const which = name === null ? "without a name: name them and give legend_name" : `named ${JSON.stringify(name)}`;
    throw new RangeError(`Cannot choose a legend: the plot has ${legends.length} ${which}`);
  }
  const [legend] = legends;
  if (legend !== undefined) return legend;
  if (name !== null) throw new RangeError(`Cannot find legend ${JSON.stringify(name)}: the plot does not have it`);
  const added = new Legend();
  plot.add_layout(added);
  return added;
}

function addItem(legend: Legend, label: Field | Value<string>, renderer: GlyphRenderer): void {
  const item = legend.items.find((item) => matches(item.label, label));
  if (item !== undefined) item.renderers = [...item.renderers, renderer];
  else legend.items = [...legend.items, new LegendItem({ label, renderers: [renderer] })];
}

function addGroups(legend: Legend, name: string, renderer: GlyphRenderer): void {
  const data = renderer.data_source.get("data");
  const column = typeof data === "object" && data !== null ? Reflect.get(data, name) : undefined;
  if (column === undefined) {
    throw new RangeError(`Cannot group by column ${JSON.stringify(name)}: the data source has no such column`);
  }
  const values = Array.from(column as Iterable<unknown>);
  const isFloat = holdsFloats(column, values);
  const items = groups(values).map(({ value, index }) =>
    new LegendItem({ label: new Value(text(value, isFloat)), renderers: [renderer], index })
  );
  legend.items = [...legend.items, ...items];
}

/**
 * Returns the distinct values with the index of their first occurrence, sorted if all have the same
 * type.
 */
function groups(column: readonly unknown[]): { value: unknown; index: number }[] {
  const numbers = column.every((value) => typeof value === "number");
  const first = new Map<unknown, number>();
  column.forEach((value, index) => {
    const key = !numbers && isMissing(value) ? null : value;
    if (!first.has(key)) first.set(key, index);
  });
  const found = [...first].map(([value, index]) => ({ value, index }));
  const types = new Set(found.map(({ value }) => value === null ? "null" : typeof value));
  return types.size > 1 ? found : found.sort((a, b) => compare(a.value, b.value));
}

function isMissing(value: unknown): boolean {
  return value === null || value === undefined || Number.isNaN(value);
}

function compare(a: unknown, b: unknown): number {
  if (typeof a === "string" && typeof b === "string") return compareText(a, b);
  if (Number.isNaN(a)) return 1;
  return Number.isNaN(b) ? -1 : Number(a) - Number(b);
}

/** Compares by code points, as Python does. */
function compareText(a: string, b: string): number {
  const [left, right] = [[...a], [...b]];
  const i = left.findIndex((char, i) => char !== right[i]);
  if (i === -1) return left.length - right.length;
  return (left[i]?.codePointAt(0) ?? -1) - (right[i]?.codePointAt(0) ?? -1);
}

/** Formats a value as Python does: in a column of floats, an integral value has a trailing `.0`. */
function text(value: unknown, isFloat: boolean): string {
  if (value === null) return "None";
  if (Number.isNaN(value)) return "nan";
  if (typeof value === "boolean") return value ? "True" : "False";
  return isFloat && Number.isInteger(value) ? `${value}.0` : String(value);
}

function holdsFloats(column: unknown, values: readonly unknown[]): boolean {
  if (column instanceof Float64Array || column instanceof Float32Array) return true;
  return values.some((value) => typeof value === "number" && !Number.isInteger(value));
}
