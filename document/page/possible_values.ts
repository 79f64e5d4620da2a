/**
 * The values that a widget can have, beyond what the types of its properties accept.
 *
 * @module
 */

import { peek } from "../../models/base/attribute_values.ts";
import type { Model } from "../../models/base/model.ts";
import { charge } from "../../protocol/work_budget.ts";

/** Steps of work for each option of a widget. */
const STEPS_PER_OPTION = 10;

/**
 * Returns whether a user could choose a value in a widget: a slider's value is between its start
 * and its end, a selection is one of the options. Other attributes accept all values of their type.
 *
 * @param model The widget.
 * @param attr The attribute.
 * @param value A valid value of the attribute.
 */
export function isPossible(model: Model, attr: string, value: unknown): boolean {
  if (attr === "active") return isIndex(value, indexedItems(model));
  if (attr !== "value" || value === null) return true;
  const items = Array.isArray(value) ? value : [value];
  const options = optionsOf(model);
  if (options !== undefined) {
    charge("steps", options.length * STEPS_PER_OPTION);
    const values = new Set(options);
    return items.every((item) => values.has(item));
  }
  const [low, high] = limitsOf(model);
  return items.every((item) => isWithin(item, low, high)) && (!model.isA("AbstractSlider") || isSorted(items));
}

/** Returns the items that the attribute `active` counts, undefined if it is no index. */
function indexedItems(model: Model): readonly unknown[] | undefined {
  if (model.isA("Tabs")) return model.get("tabs") as readonly unknown[];
  return model.spec.property("labels") === undefined ? undefined : model.get("labels") as readonly unknown[];
}

function isIndex(value: unknown, items: readonly unknown[] | undefined): boolean {
  if (items === undefined || value === null) return true;
  return [value].flat().every((index) => Number.isInteger(index) && Number(index) >= 0 && Number(index) < items.length);
}

/** Returns the values of a widget's options, undefined if it has none. */
function optionsOf(model: Model): readonly unknown[] | undefined {
  if (model.isA("CategoricalSlider")) return peek(model, "categories") as readonly unknown[];
  if (model.isA("AutocompleteInput")) {
    return model.get("restrict") === true ? ["", ...peek(model, "completions") as readonly unknown[]] : undefined;
  }
  if (model.isA("PaletteSelect")) return (peek(model, "items") as [string][]).map(([name]) => name);
  if (model.spec.property("options") === undefined) return undefined;
  const options = peek(model, "options") as readonly unknown[] | Record<string, readonly unknown[]>;
  const list = Array.isArray(options) ? options : Object.values(options).flat();
  return list.map((option) => Array.isArray(option) ? option[0] : option);
}

function limitsOf(model: Model): [low: unknown, high: unknown] {
  for (const [low, high] of [["start", "end"], ["low", "high"], ["min_date", "max_date"]] as const) {
    if (model.spec.property(low) !== undefined) return [model.get(low), model.get(high)];
  }
  return [null, null];
}

/** Returns whether a number or a date is within limits. Null is no limit. */
function isWithin(value: unknown, low: unknown, high: unknown): boolean {
  const isBelow = (a: unknown, b: unknown) => {
    if (typeof a === "number" && typeof b === "number") return a < b;
    return typeof a === "string" && typeof b === "string" && a < b;
  };
  return !isBelow(value, low) && !isBelow(high, value);
}

function isSorted(items: readonly unknown[]): boolean {
  return items.every((item, i) => i === 0 || typeof item !== "number" || Number(items[i - 1]) <= item);
}
