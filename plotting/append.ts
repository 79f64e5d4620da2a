import { peek } from "../models/base/attribute_values.ts";
import type { Model } from "../models/base/model.ts";

/** Puts models at the end of a list of another model, without the view of the list by which authors change it. */
export function append(model: Model, attr: string, ...others: readonly Model[]): void {
  model.set(attr, [...peek(model, attr) as readonly Model[], ...others]);
}
