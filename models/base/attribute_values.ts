/**
 * The values of attributes: those that a model stores itself, and those of the theme and the
 * defaults.
 *
 * @module
 */

import type { Property } from "../spec/class_spec.ts";
import { compileDefault } from "../spec/defaults.ts";
import { isModel, type ModelLike } from "./model_like.ts";
import { matches } from "../values/equality.ts";
import { observe } from "../values/observed_value.ts";
import { visitModels } from "./references.ts";
import { isColumnData } from "../values/prepare_value.ts";
import { slotsOf } from "./slots.ts";
import { suggest } from "../diagnostics/suggest.ts";

/**
 * Returns the property of an attribute. For an alias, returns the property that it stands for.
 *
 * @throws {TypeError} If there is no such attribute.
 */
export function propertyOf(model: ModelLike, attr: string): Property {
  const property = model.spec.property(attr);
  if (property === undefined) {
    const similar = suggest(attr, model.properties());
    throw new TypeError(`Cannot find ${model.type}.${attr}: there is no such attribute${similar}`);
  }
  return property.aliasOf === undefined ? property : propertyOf(model, property.aliasOf);
}

/**
 * Returns the value of a property without a view of it. The caller must not change it.
 *
 * @throws {Error} If the property is required and has no value.
 */
export function peekValue(model: ModelLike, property: Property): unknown {
  const kept = slotsOf(model)[property.slot];
  return kept === undefined ? implicitValue(model, property) : kept;
}

/**
 * Returns the value of an attribute without a view of it. The caller must not change it. Use it for
 * reading containers: creating a view costs more than most reads.
 *
 * @throws {TypeError} If there is no such attribute.
 * @throws {Error} If the attribute is required and has no value.
 */
export function peek(model: ModelLike, attr: string): unknown {
  return peekValue(model, propertyOf(model, attr));
}

/**
 * Returns the value of a property as authors read it: containers are returned as views, which set
 * the attribute when they are changed.
 *
 * @throws {Error} If the property is required and has no value.
 */
export function readValue(model: ModelLike, property: Property): unknown {
  const value = peekValue(model, property);
  if (typeof value !== "object" || value === null || isModel(value)) return value;
  return observe(model, property.attr, value);
}

/**
 * Returns the value of the theme or, if it has none, the default that all models of the class
 * share.
 */
export function sharedValue(model: ModelLike, property: Property): unknown {
  const themed = model.membership?.host.themeFor(model.type)?.get(property.attr);
  return themed !== undefined ? themed : property.sharedDefault(compileDefault);
}

/**
 * Creates the defaults of attributes without a value for which each model needs its own default.
 */
export function makeDefaults(model: ModelLike): void {
  for (const property of model.spec.unstable) {
    if (slotsOf(model)[property.slot] === undefined) makeDefault(model, property);
  }
}

/** Returns the values that a model stores itself, in the order in which they were first set. */
export function ownValues(model: ModelLike): [Property, unknown][] {
  const slots = slotsOf(model);
  const values: [Property, unknown][] = [];
  for (const slot of Object.keys(model)) {
    const property = model.spec.ofSlot(slot);
    if (property !== undefined) values.push([property, slots[slot]]);
  }
  return values;
}

/**
 * Returns whether a new value is equal to the old one. Columns that share an array with the old
 * ones count as changed, because the array may have been changed in place.
 */
export function isUnchanged(model: ModelLike, property: Property, before: unknown, value: unknown): boolean {
  if (isColumnData(model, property.attr)) {
    const old = new Set(Object.values(before as object));
    if (Object.values(value as object).some((column) => old.has(column))) return false;
  }
  return matches(before, value);
}

/** Returns the error for a required attribute that has no value. */
export function unsetError(model: ModelLike, property: Property, action: string): Error {
  return new Error(`Cannot ${action} ${model.type}.${property.attr}: it has no default and was not set`);
}

function implicitValue(model: ModelLike, property: Property): unknown {
  if (property.unstable && !model.membership?.host.themeFor(model.type)?.has(property.attr)) {
    return makeDefault(model, property);
  }
  const value = sharedValue(model, property);
  if (value === undefined || property.required) throw unsetError(model, property, "read");
  return value;
}

function makeDefault(model: ModelLike, property: Property): unknown {
  const value = property.freshDefault(compileDefault);
  slotsOf(model)[property.slot] = value;
  const host = model.membership?.host;
  if (host !== undefined) visitModels(value, (other) => host.attach(other));
  return value;
}
