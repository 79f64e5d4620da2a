import { peek } from "../models/base/attribute_values.ts";
import type { Model } from "../models/base/model.ts";

/**
 * Appends models to a list property. Reads the stored list, not the observed view of it that
 * authors get: that view is expensive to create.
 */
export function append(model: Model, attr: string, ...others: readonly Model[]): void {
  model.set(attr, [...peek(model, attr) as readonly Model[], ...others]);
}
