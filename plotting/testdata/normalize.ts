import { isTypedArray } from "../../models/columns/columns.ts";
import { Model } from "../../models/base/model.ts";
import { Expr, Field, Value } from "../../models/values/values.ts";

/**
 * Serializes a model in the format of expected.json. A model is written in full at its first
 * occurrence and as `{ ref: n }` afterwards, with its attributes in alphabetical order.
 */
export function normalize(root: Model): unknown {
  const numbers = new Map<Model, number>();

  function walk(value: unknown): unknown {
    if (typeof value === "number" && !Number.isFinite(value)) {
      return Number.isNaN(value) ? "nan" : value > 0 ? "+inf" : "-inf";
    }
    if (value instanceof Date) return value.getTime();
    if (typeof value !== "object" || value === null) return value;
    if (value instanceof Model) return walkModel(value);
    if (isTypedArray(value) || Array.isArray(value)) return walkArray(value);
    if (value instanceof Field) return { type: "field", ...walkRecord(value) };
    if (value instanceof Value) return { type: "value", ...walkRecord(value) };
    if (value instanceof Expr) return { type: "expr", ...walkRecord(value) };
    return { map: walkRecord(value instanceof Map ? Object.fromEntries(value) : value) };
  }

  function walkModel(model: Model): unknown {
    const known = numbers.get(model);
    if (known !== undefined) return { ref: known };
    numbers.set(model, numbers.size + 1);
    const attributes = model.serializableAttributes().sort(([a], [b]) => a < b ? -1 : 1);
    return { model: model.type, attributes: walkRecord(Object.fromEntries(attributes)) };
  }

  function walkRecord(record: object): Record<string, unknown> {
    const given = Object.entries(record).filter(([, value]) => value !== undefined);
    return Object.fromEntries(given.map(([key, value]) => [key, walk(value)]));
  }

  function walkArray(array: ArrayLike<unknown> & { shape?: readonly number[] }): unknown[] {
    const items = Array.from(array, walk);
    const width = array.shape?.at(-1);
    if (width === undefined || array.shape?.length !== 2) return items;
    return Array.from({ length: items.length / width }, (_, i) => items.slice(i * width, (i + 1) * width));
  }

  return walk(root);
}
