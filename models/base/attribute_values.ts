/**
 * The values of a model's attributes: what it keeps itself, and what the theme or the default says for the rest.
 *
 * @module
 */

import type { Property } from "../spec/class_spec.ts";
import { compileDefault } from "../spec/defaults.ts";
import { isModel, type ModelLike } from "./model_like.ts";
import { observe } from "../values/observed_value.ts";
import { visitModels } from "./references.ts";
import { slotsOf } from "./slots.ts";
import { vectorize } from "../values/spec_values.ts";
import { suggest } from "../diagnostics/suggest.ts";

/** The property that an attribute names, itself or by another name. Throws a TypeError where there is none. */
export function propertyOf(model: ModelLike, attr: string): Property {
  const property = model.spec.property(attr);
  if (property === undefined) {
    const similar = suggest(attr, model.properties());
    throw new TypeError(`Cannot find ${model.type}.${attr}: there is no such attribute${similar}`);
  }
  return property.aliasOf === undefined ? property : propertyOf(model, property.aliasOf);
}

/** The value of an attribute itself, not to be changed. Throws an Error where it has no default and was never set. */
export function peekValue(model: ModelLike, property: Property): unknown {
  const kept = slotsOf(model)[property.slot];
  return kept === undefined ? implicitValue(model, property) : kept;
}

/** As {@linkcode peekValue}, for an attribute by name: a view that notices changes costs more than most looks at what it shows. */
export function peek(model: ModelLike, attr: string): unknown {
  return peekValue(model, propertyOf(model, attr));
}

/** What reading an attribute answers with: a container is seen through a view that notices when it is changed. */
export function readValue(model: ModelLike, property: Property): unknown {
  const value = peekValue(model, property);
  if (typeof value !== "object" || value === null || isModel(value)) return value;
  return observe(model, property.attr, value);
}

/** What the theme or else the default says, which the model has not made its own. */
export function sharedValue(model: ModelLike, property: Property): unknown {
  const themed = model.document?.themeFor(model.type)?.get(property.attr);
  return themed !== undefined ? themed : property.sharedDefault(compileDefault);
}

/** Makes the defaults that each model needs for itself, where it has no values. */
export function makeDefaults(model: ModelLike): void {
  for (const property of model.spec.unstable) {
    if (slotsOf(model)[property.slot] === undefined) makeDefault(model, property);
  }
}

/** What the model itself keeps, in the order in which it was first set. */
export function ownValues(model: ModelLike): [Property, unknown][] {
  const slots = slotsOf(model);
  const values: [Property, unknown][] = [];
  for (const slot of Object.keys(model)) {
    const property = model.spec.ofSlot(slot);
    if (property !== undefined) values.push([property, slots[slot]]);
  }
  return values;
}

/** A value as the serializer takes it: that of a visual property says whether it is a field or a value. */
export function wireValue(model: ModelLike, property: Property, value: unknown): unknown {
  const { dataSpec } = property.type;
  if (dataSpec === undefined) return value;
  const units = dataSpec.units === undefined
    ? undefined
    : model.rawValue(`${property.attr}_units`) as string | undefined;
  return vectorize(dataSpec.value, value, units === dataSpec.units ? undefined : units);
}

/** The error of an attribute that has no value. */
export function unsetError(model: ModelLike, property: Property, action: string): Error {
  return new Error(`Cannot ${action} ${model.type}.${property.attr}: it has no default and was not set`);
}

function implicitValue(model: ModelLike, property: Property): unknown {
  if (property.unstable && !model.document?.themeFor(model.type)?.has(property.attr)) {
    return makeDefault(model, property);
  }
  const value = sharedValue(model, property);
  if (value === undefined || property.required) throw unsetError(model, property, "read");
  return value;
}

function makeDefault(model: ModelLike, property: Property): unknown {
  const value = property.freshDefault(compileDefault);
  slotsOf(model)[property.slot] = value;
  const host = model.document;
  if (host !== null) visitModels(value, (other) => host.attach(other));
  return value;
}
