/**
 * Validates and converts the values that authors and clients set.
 *
 * @module
 */

import { isRecord } from "../../common/is_record.ts";
import { copyToNullPrototype, nullPrototypeObject } from "../../common/null_prototype_object.ts";
import { charge, chargeCopy } from "../../protocol/work_budget.ts";
import type { Property } from "../spec/class_spec.ts";
import { disown } from "../columns/column_growth.ts";
import { chargeColumns, type Column, type ColumnData, isTypedArray } from "../columns/columns.ts";
import { convertDateTimes, expandShortForm, hasShortForms } from "./conversions.ts";
import { describeValue } from "../diagnostics/describe_value.ts";
import { drawableColumn } from "../columns/drawable_column.ts";
import type { PropertyType } from "../property_types/type_table.ts";
import type { ModelLike } from "../base/model_like.ts";
import { checkShapes } from "../wire/ndarray.ts";
import { watchLengths } from "../columns/ragged_columns.ts";
import { normalizeSpec } from "./spec_values.ts";
import { requireSerializable } from "../wire/serializable.ts";

/**
 * Validates a value and returns it as the model stores it.
 *
 * Short forms, such as a text for a title, are converted. Lists, maps and sets are copied, so that
 * a later change of the original does not change the model.
 *
 * @param model The model whose attribute is set.
 * @param property The property.
 * @param value The value.
 * @throws {TypeError} If the property does not accept the value.
 * @throws {RangeError} If the shape of an array does not match the number of its items.
 */
export function prepareValue(model: ModelLike, property: Property, value: unknown): unknown {
  if (typeof value === "object" && value !== null) checkShapes(value, `set ${model.type}.${property.attr}`);
  if ((property.keepsAsIs ??= keepsAsIs(property)) && property.type.valid(value)) {
    return copyValid(model, property, value);
  }
  if (isColumnData(model, property.attr)) {
    const columns = prepareColumns(model, property, value);
    watchLengths(model, columns);
    return columns;
  }
  const { type } = property;
  let long = expandShortForm(model, property.attr, value);
  if (type.dataSpec !== undefined) long = normalizeSpec(long);
  if (!type.valid(long)) long = convertDateTimes(type, long) ?? convertArray(type, long);
  if (long !== undefined) return copyValid(model, property, type.converts ? type.convert(long) : long);
  throw new TypeError(
    `Cannot set ${model.type}.${property.attr} to ${describeValue(value)}: expected ${type}`,
  );
}

/**
 * Returns the copy of a valid value that the model stores. Types that accept models, such as
 * `Any`, also accept values that cannot be serialized: these are rejected here.
 */
function copyValid(model: ModelLike, { attr, type }: Property, value: unknown): unknown {
  if (type.mayHaveRefs) requireSerializable(() => `set ${model.type}.${attr}`, value);
  return copyContainer(value);
}

/** Returns whether values of a property need no conversion. Most properties need none. */
function keepsAsIs({ attr, type }: Property): boolean {
  return attr !== "data" && !hasShortForms(attr) && type.dataSpec === undefined && !type.converts;
}

/** Returns whether an attribute is the `data` of a data source. */
export function isColumnData(model: ModelLike, attr: string): boolean {
  return attr === "data" && model.isA("ColumnarDataSource");
}

/**
 * Steps of work for converting an item of a typed array to an item of a list, and validating it.
 */
const STEPS_PER_LIST_ITEM = 8;

/**
 * Returns a typed array as a list if a type accepts that list, else undefined. Lists of numpy
 * arrive as typed arrays.
 */
function convertArray(type: PropertyType, value: unknown): unknown {
  if (!isTypedArray(value)) return undefined;
  charge("steps", value.length * STEPS_PER_LIST_ITEM);
  const list = Array.from(value, Number);
  return type.valid(list) ? list : undefined;
}

/** Returns a copy of a list, map, set or plain object. Returns other values themselves. */
function copyContainer(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) {
    chargeCopy(8 * value.length);
    return Object.hasOwn(value, "shape") ? value : value.slice();
  }
  const prototype = Object.getPrototypeOf(value);
  if (prototype === Object.prototype || prototype === null) {
    return copyToNullPrototype(value as Record<string, unknown>);
  }
  if (prototype === Map.prototype) return new Map(value as Map<unknown, unknown>);
  if (prototype === Set.prototype) return new Set(value as Set<unknown>);
  return value;
}

function prepareColumns(model: ModelLike, property: Property, value: unknown): ColumnData {
  const fail = (why: string) => new TypeError(`Cannot set ${model.type}.${property.attr}: ${why}`);
  if (!(value instanceof Map) && !isRecord(value)) {
    throw fail(`expected an object of columns, got ${describeValue(value)}`);
  }
  const entries: readonly [unknown, unknown][] = value instanceof Map ? [...value] : Object.entries(value);
  chargeColumns(entries.length);
  const current = model.rawValue("data") as ColumnData | undefined;
  const columns = nullPrototypeObject<Column>(entries.map(([name]) => String(name)));
  for (const [name, column] of entries) {
    if (typeof name !== "string") throw fail(`expected columns named by strings, got ${describeValue(name)}`);
    columns[name] = prepareColumn(model, name, column);
    if (current?.[name] !== column) disown(columns[name]);
  }
  return columns;
}

/**
 * Validates a column and returns it as a data source stores it.
 *
 * @param model The data source, for error messages.
 * @param name The name of the column.
 * @param column A typed array, or an iterable of values.
 * @throws {TypeError} If the column is neither, or contains a value that cannot be serialized.
 * @throws {RangeError} If the shape of an array does not match the number of its items.
 */
export function prepareColumn(model: ModelLike, name: string, column: unknown): Column {
  checkShapes(column, `set column ${name} of ${model.type}`);
  if (isTypedArray(column)) return column;
  if (typeof column === "object" && column !== null && Symbol.iterator in column) {
    const drawable = drawableColumn(Array.isArray(column) ? column : [...column as Iterable<unknown>]);
    requireSerializable(() => `set column ${name} of ${model.type}`, drawable);
    return drawable;
  }
  throw new TypeError(`Cannot set column ${name} of ${model.type}: expected an array, got ${describeValue(column)}`);
}
