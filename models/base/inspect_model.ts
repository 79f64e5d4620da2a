/**
 * How a model is printed.
 *
 * @module
 */

import { ownValues } from "./attribute_values.ts";
import { isModel, type ModelLike } from "./model_like.ts";
import { describeValue } from "../diagnostics/describe_value.ts";

/** The type, the id and what was set. Models that it refers to are named only: they may refer back to it. */
export function inspectModel(model: ModelLike): string {
  const values = ownValues(model).map(([{ attr }, value]) => `${attr}: ${shown(value)}`);
  return values.length === 0 ? String(model) : `${model} { ${values.join(", ")} }`;
}

function shown(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value);
  if (typeof value !== "object" || isModel(value)) return String(value);
  return describeValue(value);
}
