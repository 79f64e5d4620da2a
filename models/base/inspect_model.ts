/**
 * The text of a model in the console.
 *
 * @module
 */

import { ownValues } from "./attribute_values.ts";
import { isModel, type ModelLike } from "./model_like.ts";
import { describeValue } from "../diagnostics/describe_value.ts";

/**
 * Returns the type, the id and the values of a model as text, for example
 * `Slider(p1001) { start: 0, end: 10 }`. Other models are shown without their values, because they
 * may refer to this model.
 */
export function inspectModel(model: ModelLike): string {
  const values = ownValues(model).map(([{ attr }, value]) => `${attr}: ${formatValue(value)}`);
  return values.length === 0 ? String(model) : `${model} { ${values.join(", ")} }`;
}

function formatValue(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value);
  if (typeof value !== "object" || isModel(value)) return String(value);
  return describeValue(value);
}
