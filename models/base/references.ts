/**
 * Finds the models that values refer to.
 *
 * @module
 */

import { charge } from "../../protocol/work_budget.ts";
import { isTypedArray } from "../columns/columns.ts";
import { isModel, type ModelLike } from "./model_like.ts";
import { MAX_DEPTH } from "../values/values.ts";

/**
 * Calls `visit` for each model that a value refers to. Does not visit models that these models
 * refer to. Takes time linear in the size of the value.
 *
 * @param value A value of an attribute.
 * @param visit Called once for each reference: several times for a model that occurs several times.
 * @param depth The number of containers around the value.
 * @throws {RangeError} If containers are nested deeper than {@linkcode MAX_DEPTH}.
 */
export function visitModels(value: unknown, visit: (model: ModelLike) => void, depth = 0): void {
  if (typeof value !== "object" || value === null) return;
  if (depth > MAX_DEPTH) {
    throw new RangeError(
      `Cannot search a value for models: it contains itself or is nested deeper than ${MAX_DEPTH} levels`,
    );
  }
  if (isModel(value)) {
    visit(value);
  } else if (Array.isArray(value)) {
    charge("steps", value.length);
    for (const item of value) {
      if (typeof item === "object") visitModels(item, visit, depth + 1);
    }
  } else if (value instanceof Map) {
    charge("steps", value.size);
    for (const [key, item] of value) {
      visitModels(key, visit, depth + 1);
      visitModels(item, visit, depth + 1);
    }
  } else if (value instanceof Set) {
    charge("steps", value.size);
    for (const item of value) visitModels(item, visit, depth + 1);
  } else if (!isTypedArray(value)) {
    const items = Object.values(value);
    charge("steps", items.length);
    for (const item of items) {
      if (typeof item === "object") visitModels(item, visit, depth + 1);
    }
  }
}

/** Returns whether a value refers to a model. */
export function containsModels(value: unknown): boolean {
  let found = false;
  visitModels(value, () => found = true);
  return found;
}

/** Returns a model and all models that it refers to, directly or indirectly. */
export function collectReferences(root: ModelLike): Set<ModelLike> {
  const found = new Set<ModelLike>([root]);
  for (const model of found) model.visitReferences((other) => found.add(other));
  return found;
}
