/**
 * Turns what an author or a client sets into what a model keeps, or says why it cannot.
 *
 * @module
 */

import { copyToNullPrototype } from "../../common/null_prototype_object.ts";
import { charge, chargeCopy } from "../../protocol/work_budget.ts";
import type { Property } from "../spec/class_spec.ts";
import { disown } from "../columns/column_growth.ts";
import { chargeColumns } from "../columns/charge_columns.ts";
import { type Column, type ColumnData, emptyColumns, isTypedArray } from "../columns/columns.ts";
import { convertMoments, expandShortForm, hasShortForms } from "./conversions.ts";
import { describeValue } from "../diagnostics/describe_value.ts";
import { drawableColumn } from "../columns/drawable_column.ts";
import type { PropertyType } from "../property_types/type_table.ts";
import type { ModelLike } from "../base/model_like.ts";
import { checkShapes } from "../wire/ndarray.ts";
import { watchLengths } from "../columns/ragged_columns.ts";
import { normalizeSpec } from "./spec_values.ts";
import { requireSerializable } from "../wire/serializable.ts";

/**
 * Checks a value by the kind of its property and makes it the model's own: lists and maps are copied, so that nobody
 * changes them behind the model's back.
 *
 * @param model The model whose attribute is set.
 * @param property The attribute.
 * @param value The value; what an author may write short (a title as text, a date) is converted.
 * @throws {TypeError} Where the kind does not take the value.
 * @throws {RangeError} If an array has a shape that does not fit the number of its items.
 */
export function prepareValue(model: ModelLike, property: Property, value: unknown): unknown {
  if (typeof value === "object" && value !== null) checkShapes(value, `set ${model.type}.${property.attr}`);
  if ((property.keepsAsIs ??= keepsAsIs(property)) && property.type.valid(value)) return owned(model, property, value);
  if (isColumnData(model, property.attr)) {
    const columns = prepareColumns(model, property, value);
    watchLengths(model, columns);
    return columns;
  }
  const { type } = property;
  let long = expandShortForm(model, property.attr, value);
  if (type.dataSpec !== undefined) long = normalizeSpec(long);
  if (!type.valid(long)) long = convertMoments(type, long) ?? convertArray(type, long);
  if (long !== undefined) return owned(model, property, type.converts ? type.convert(long) : long);
  throw new TypeError(
    `Cannot set ${model.type}.${property.attr} to ${describeValue(value)}: expected ${type}`,
  );
}

/** The model's own copy of a value that its kind takes. Kinds that take models take values of any form. */
function owned(model: ModelLike, { attr, type }: Property, value: unknown): unknown {
  if (type.mayHaveRefs) requireSerializable(() => `set ${model.type}.${attr}`, value);
  return ownContainer(value);
}

/** Whether values need no more than the check of their kind, as most do. */
function keepsAsIs({ attr, type }: Property): boolean {
  return attr !== "data" && !hasShortForms(attr) && type.dataSpec === undefined && !type.converts;
}

/** Whether an attribute holds the columns of a data source. */
export function isColumnData(model: ModelLike, attr: string): boolean {
  return attr === "data" && model.isA("ColumnarDataSource");
}

/** Steps of making an item of a list out of one of a typed array, and of checking it. */
const STEPS_PER_LIST_ITEM = 8;

/** A typed array as the list that a kind takes in its place: numpy's arrays arrive so. Undefined where it takes neither. */
function convertArray(type: PropertyType, value: unknown): unknown {
  if (!isTypedArray(value)) return undefined;
  charge("steps", value.length * STEPS_PER_LIST_ITEM);
  const list = Array.from(value, Number);
  return type.valid(list) ? list : undefined;
}

/** A copy of a list, map, set or plain object; other values are themselves. */
function ownContainer(value: unknown): unknown {
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
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw fail(`expected an object of columns, got ${describeValue(value)}`);
  }
  const entries: readonly [unknown, unknown][] = value instanceof Map ? [...value] : Object.entries(value);
  chargeColumns(entries.length);
  const current = model.rawValue("data") as ColumnData | undefined;
  const columns = emptyColumns(entries.map(([name]) => String(name)));
  for (const [name, column] of entries) {
    if (typeof name !== "string") throw fail(`expected columns named by strings, got ${describeValue(name)}`);
    columns[name] = prepareColumn(model, name, column);
    if (current?.[name] !== column) disown(columns[name]);
  }
  return columns;
}

/** Checks one column: any list or typed array is one. */
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
