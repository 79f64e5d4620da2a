import { peekValue, propertyOf } from "../../models/attribute_values.ts";
import type { Model } from "../../models/model.ts";

/** The value of an attribute, only to be looked at: a container without the view that notices when it is changed, which costs more than most checks. */
export function peek(model: Model, attr: string): unknown {
  return peekValue(model, propertyOf(model, attr));
}
