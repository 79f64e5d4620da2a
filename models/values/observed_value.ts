/**
 * Views of the values of attributes that can be changed in place.
 *
 * @module
 */

import { nullPrototypeObject } from "../../common/null_prototype_object.ts";
import { type Column, type ColumnData, isTypedArray } from "../columns/columns.ts";
import type { ModelLike } from "../base/model_like.ts";
import { INSPECT, observeArray, observeCollection, observeRecord } from "./observed.ts";
import { isColumnData } from "./prepare_value.ts";

/**
 * Returns a view of a container, which sets the attribute when it is changed in place. Returns
 * other objects themselves.
 *
 * @param model The model.
 * @param attr The attribute.
 * @param value The value that the model stores.
 */
export function observe(model: ModelLike, attr: string, value: object): object {
  if (Array.isArray(value)) {
    return Object.hasOwn(value, "shape") ? value : observeArray(value, model, attr);
  }
  if (isTypedArray(value)) return value;
  const prototype = Object.getPrototypeOf(value);
  if (prototype === null) {
    return isColumnData(model, attr)
      ? observeColumns(model, value as ColumnData)
      : observeRecord(value as Record<string, unknown>, model, attr);
  }
  if (prototype === Map.prototype || prototype === Set.prototype) {
    return observeCollection(value as Map<unknown, unknown>, model, attr);
  }
  return value;
}

/**
 * A data source. Its class is in `behaviors/column_data_source.ts`, which imports this file
 * indirectly.
 */
interface ColumnSource {
  replaceColumn(name: string, column: Column | undefined): void;
}

/**
 * Returns a view of the columns of a data source. Setting a column sends only that column to
 * clients.
 */
function observeColumns(model: ModelLike, value: ColumnData): ColumnData {
  const columns = () => (model.rawValue("data") ?? value) as ColumnData;
  const source = model as ModelLike & ColumnSource;
  const target = nullPrototypeObject<Column>();
  Reflect.set(
    target,
    INSPECT,
    (inspect: (value: unknown, options: unknown) => string, options: unknown) => inspect(columns(), options),
  );
  return new Proxy<ColumnData>(target, {
    get: (_target, key) => Reflect.get(columns(), key),
    set(_target, key, column) {
      source.replaceColumn(String(key), column);
      return true;
    },
    deleteProperty(_target, key) {
      source.replaceColumn(String(key), undefined);
      return true;
    },
    has: (_target, key) => Reflect.has(columns(), key),
    ownKeys: () => Reflect.ownKeys(columns()),
    getOwnPropertyDescriptor(_target, key) {
      const descriptor = Reflect.getOwnPropertyDescriptor(columns(), key);
      return descriptor === undefined ? undefined : { ...descriptor, configurable: true };
    },
  });
}
