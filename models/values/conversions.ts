/**
 * Short forms of values: what authors may write in place of a model, a date or a structure.
 *
 * They are those of Bokeh's Python library: https://docs.bokeh.org/en/latest/docs/reference/core/properties.html
 *
 * @module
 */

import { isRecord } from "../../common/is_record.ts";
import { charge } from "../../protocol/work_budget.ts";
import type { ClassSpec } from "../spec/class_spec.ts";
import { describeValue } from "../diagnostics/describe_value.ts";
import type { PropertyType } from "../property_types/type_table.ts";
import { colorHex } from "../property_types/named_colors.ts";
import { isDay } from "../property_types/plain_types.ts";
import { isModel } from "../base/model_like.ts";
import { makeModel } from "../spec/registry.ts";
import type { ModelLike } from "../base/model_like.ts";
import { namedPalette } from "./named_palette.ts";
import { encodeMoment, isPointInTime, toMilliseconds } from "./temporal.ts";
import { Value } from "./values.ts";

/** Makes the long form of a short one, undefined where it is none. */
type Conversion = (value: unknown) => unknown;

function isNumbers(value: unknown): value is number[] {
  if (ArrayBuffer.isView(value)) charge("steps", value.byteLength);
  return (Array.isArray(value) || ArrayBuffer.isView(value)) &&
    Array.from(value as unknown as ArrayLike<unknown>).every((item) => typeof item === "number");
}

function isModels(value: unknown): value is ModelLike[] {
  return Array.isArray(value) && value.every(isModel);
}

/** Each item of a list of pairs, if it is one. */
function mapPairs(value: unknown, convert: (first: unknown, second: unknown) => unknown): unknown {
  if (!Array.isArray(value) || !value.every((item) => Array.isArray(item) && item.length === 2)) return undefined;
  return value.map(([first, second]) => convert(first, second));
}

const title: Conversion = (value) => typeof value === "string" ? makeModel("Title", { text: value }) : undefined;

const fixedTicks: Conversion = (value) =>
  isNumbers(value) ? makeModel("FixedTicker", { ticks: Array.from(value) }) : undefined;

const boxChildren: Conversion = (value) => isModels(value) ? value.map((child) => ({ child })) : undefined;

const keyModifiers: Conversion = (value) => {
  if (typeof value !== "string") return undefined;
  const keys = value.split("+").map((key) => key.trim());
  return keys.every((key) => ["alt", "ctrl", "shift"].includes(key))
    ? Object.fromEntries(keys.map((key) => [key, true]))
    : undefined;
};

function frameNode(symbol: string): Conversion {
  return (value) => value === null ? makeModel("Node", { target: "frame", symbol }) : undefined;
}

const OFFSET = /(?:Z|[+-]\d{2}:\d{2})$/;

/**
 * What the browser's pickers send: text of the clock, `2024-02-29T12:30:00`, which counts as it stands, whatever its offset,
 * as in Python.
 */
const moment: Conversion = (value) => {
  if (!isDay(value)) return undefined;
  return Date.parse(value.length > "2024-02-29".length ? `${value.replace(OFFSET, "").replace(" ", "T")}Z` : value);
};

const moments: Conversion = (value) => Array.isArray(value) ? value.map((item) => moment(item) ?? item) : undefined;

/** Reads the date or time of a property that Python declares as Datetime. */
const pointInTime: Conversion = (value) => moment(value);
const pointsInTime: Conversion = (value) => moments(value);

const palette: Conversion = (value) => typeof value === "string" ? namedPalette(value)?.slice() : undefined;

const colorMapper: Conversion = (value) => {
  const colors = palette(value);
  return colors === undefined ? undefined : makeModel("LinearColorMapper", { palette: colors });
};

const hitTest: Conversion = (value) => {
  if (value === "group_by_name") return makeModel("GroupByName", {});
  return Array.isArray(value) && value.every(isModels) ? makeModel("GroupByModels", { groups: value }) : undefined;
};

/** The short forms by class and attribute. They hold for derived classes too. */
const conversions: ReadonlyMap<string, Conversion> = new Map<string, Conversion>([
  ["Plot.title", title],
  ["Axis.ticker", fixedTicks],
  ["Grid.ticker", fixedTicks],
  ["HBox.children", boxChildren],
  ["VBox.children", boxChildren],
  ["Tabs.tabs", (value) => mapPairs(value, (name, child) => makeModel("TabPanel", { title: name, child }))],
  // its text, where other visual properties would read the name of a column
  ["LegendItem.label", (value) => typeof value === "string" ? new Value(value) : undefined],
  ["Legend.items", (value) => mapPairs(value, (label, renderers) => makeModel("LegendItem", { label, renderers }))],
  ["ColorMapper.palette", palette],
  ["ColorPicker.color", colorHex],
  ["DatetimePicker.value", pointInTime],
  ["DatetimeRangePicker.value", pointsInTime],
  // Python keeps its texts and days, and so do browsers
  [
    "MultipleDatetimePicker.value",
    (value) => mapMoments(value, (item) => isInvalidDate(item) ? undefined : encodeMoment(item)),
  ],
  ...["DateSlider", "DateRangeSlider", "DatetimeRangeSlider"].flatMap((type) =>
    ["start", "end"].map((attr): [string, Conversion] => [`${type}.${attr}`, pointInTime])
  ),
  ["DateSlider.value", pointInTime],
  // Python sends its dates as text here, which no browser takes
  ...["NumericalRange.start", "NumericalRange.end", "Range1d.reset_start", "Range1d.reset_end"]
    .map((path): [string, Conversion] => [path, moment]),
  ["Axis.bounds", moments],
  ["Range1d.bounds", moments],
  ["DataRange1d.bounds", moments],
  ["BaseDatetimePicker.min_date", pointInTime],
  ["BaseDatetimePicker.max_date", pointInTime],
  ["DateRangeSlider.value", pointsInTime],
  ["DatetimeRangeSlider.value", pointsInTime],
  ["Image.color_mapper", colorMapper],
  ["BoxAnnotation.left", frameNode("left")],
  ["BoxAnnotation.right", frameNode("right")],
  ["BoxAnnotation.top", frameNode("top")],
  ["BoxAnnotation.bottom", frameNode("bottom")],
  [
    "BoxAnnotation.handles",
    (value) =>
      isModel(value) && value.isA("AreaVisuals") ? makeModel("BoxInteractionHandles", { all: value }) : undefined,
  ],
  ["WheelPanTool.modifiers", keyModifiers],
  ["WheelZoomTool.modifiers", keyModifiers],
  ["WheelZoomTool.hit_test_behavior", hitTest],
  ["TapTool.modifiers", keyModifiers],
  ["HoverTool.tooltips", (value) => isRecord(value) ? Object.entries(value) : undefined],
  ["Select.value", (value) => value === null ? "" : undefined],
  ["Select.options", (value) => Array.isArray(value) ? value.map((item) => item === null ? "" : item) : undefined],
  ["GMapPlot.api_key", (value) => typeof value === "string" ? new TextEncoder().encode(value) : undefined],
]);

/** The short forms of one attribute. */
class ShortForms {
  readonly #byType: [type: string, conversion: Conversion][] = [];
  /** What was found out of classes: to compare all the types of their ancestors takes longer than all else in setting a value. */
  readonly #byClass = new WeakMap<ClassSpec, Conversion>();

  /** Adds that of a class and those that are derived from it. */
  add(type: string, conversion: Conversion): void {
    this.#byType.push([type, conversion]);
  }

  /** The one of a class. */
  of(spec: ClassSpec): Conversion {
    let found = this.#byClass.get(spec);
    if (found === undefined) {
      found = this.#byType.find(([type]) => spec.ancestors.includes(type))?.[1] ?? none;
      this.#byClass.set(spec, found);
    }
    return found;
  }
}

const none: Conversion = () => undefined;

/** The same by attribute: most attributes have none. */
const byAttribute = new Map<string, ShortForms>();
for (const [path, conversion] of conversions) {
  const [type, attr] = path.split(".") as [string, string];
  const forms = byAttribute.get(attr) ?? new ShortForms();
  forms.add(type, conversion);
  byAttribute.set(attr, forms);
}

/** Whether an attribute has short forms in any class. */
export function hasShortForms(attr: string): boolean {
  return byAttribute.has(attr);
}

/**
 * The long form of a value, or the value itself where it is no short form.
 *
 * @param model The model whose attribute is set.
 * @param attr The attribute.
 * @param value What was given.
 */
export function expandShortForm(model: ModelLike, attr: string, value: unknown): unknown {
  const conversion = byAttribute.get(attr)?.of(model.spec);
  if ((conversion === pointInTime || conversion === pointsInTime) && [value].flat().some(isDuration)) {
    throw new TypeError(`Cannot set ${model.type}.${attr} to ${describeValue(value)}: a duration is no point in time`);
  }
  return conversion?.(value) ?? value;
}

function isDuration(value: unknown): boolean {
  return Object.prototype.toString.call(value) === "[object Temporal.Duration]";
}

/**
 * Dates and times in the form that a kind takes: as milliseconds since 1970, else as text, `2024-02-29`. Undefined where
 * there is none.
 */
export function convertMoments(type: PropertyType, value: unknown): unknown {
  for (const form of [toMilliseconds, asDay]) {
    const converted = mapMoments(value, (moment) => isInvalidDate(moment) ? undefined : form(moment));
    if (converted !== undefined && type.valid(converted)) return converted;
  }
  return undefined;
}

function isInvalidDate(value: object): boolean {
  return value instanceof Date && Number.isNaN(value.getTime());
}

/** The day of a date, or undefined for a time of day, a duration and any other object. That of a `Date` is the one in UTC. */
function asDay(value: object): unknown {
  const encoded = encodeMoment(value);
  if (typeof encoded !== "number") return encoded;
  return isPointInTime(value) ? new Date(encoded).toISOString().slice(0, 10) : undefined;
}

/** The value with all moments in it replaced, undefined where there is none. */
function mapMoments(value: unknown, form: (value: object) => unknown): unknown {
  if (typeof value !== "object" || value === null) return undefined;
  if (!Array.isArray(value)) return form(value);
  const items = value.map((item) => mapMoments(item, form) ?? item);
  return items.some((item, i) => item !== value[i]) ? items : undefined;
}
