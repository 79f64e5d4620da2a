/**
 * The attributes of models that are sent to clients.
 *
 * @module
 */

import type { Property } from "../spec/class_spec.ts";
import { vectorize } from "../values/spec_values.ts";
import { makeDefaults, unsetError } from "./attribute_values.ts";
import type { ModelLike } from "./model_like.ts";
import { slotsOf } from "./slots.ts";

/**
 * Returns a value as the serializer takes it: data specifications become a `Value`, `Field` or
 * `Expr`.
 */
export function wireValue(model: ModelLike, property: Property, value: unknown): unknown {
  const { dataSpec } = property.type;
  if (dataSpec === undefined) return value;
  const units = dataSpec.units === undefined
    ? undefined
    : model.rawValue(`${property.attr}_units`) as string | undefined;
  return vectorize(dataSpec.value, value, units === dataSpec.units ? undefined : units);
}

/**
 * Calls `visit` for each attribute of a model that is sent to clients: attributes that were set or
 * that the theme sets, and defaults that were created for the model.
 *
 * @param model The model.
 * @param visit Receives the attribute and its value as the serializer takes it.
 * @param acceptsIncomplete Whether a model without a document may lack required attributes.
 * @throws {Error} If a required attribute has no value, unless the model's document accepts that.
 */
export function visitSerializable(
  model: ModelLike,
  visit: (attr: string, value: unknown) => void,
  acceptsIncomplete: boolean,
): void {
  makeDefaults(model);
  const slots = slotsOf(model);
  for (const property of model.spec.required) {
    if (slots[property.slot] !== undefined) continue;
    const error = unsetError(model, property, "send");
    if (model.membership !== undefined) model.membership.host.valueMissing(model, error);
    else if (!acceptsIncomplete) throw error;
  }
  for (const slot of Object.keys(model)) {
    const property = model.spec.ofSlot(slot);
    if (property?.serialized) visit(property.attr, wireValue(model, property, slots[slot]));
  }
  const theme = model.membership?.host.themeFor(model.type);
  if (theme === null || theme === undefined) return;
  for (const [attr, value] of theme) {
    const property = model.spec.property(attr);
    if (property?.serialized && slots[property.slot] === undefined) visit(attr, wireValue(model, property, value));
  }
}
