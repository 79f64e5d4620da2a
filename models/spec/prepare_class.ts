/**
 * Prepares classes of models for their first instance: adds the accessors of their attributes.
 *
 * @module
 */

import { isModel, type ModelLike } from "../base/model_like.ts";
import { slotOf, slotsOf } from "../base/slots.ts";
import type { ClassSpec } from "./class_spec.ts";
import { classSpec, isBokehType, type ModelClass, modelClass } from "./registry.ts";

const prepared = new WeakSet<object>();

/**
 * Adds the accessors of all attributes to the prototypes of a class and its bases. Does nothing for
 * classes that are prepared already.
 *
 * @throws {TypeError} If an application has derived the class from a class of Bokeh. Browsers would
 * treat its models as models of the base class.
 */
export function prepareClass(cls: ModelClass): void {
  const chain: ModelClass[] = [];
  for (let c = cls; !prepared.has(c) && Object.hasOwn(c, "prototype"); c = Object.getPrototypeOf(c)) {
    chain.push(c);
    if (c.type === "Model") break;
  }
  for (const c of chain.reverse()) {
    if (!Object.hasOwn(c, "type")) {
      if (!mayInheritType(c)) throw noSuchClassInBrowsers(c);
      prepared.add(c);
      continue;
    }
    prepared.add(c);
    const spec = classSpec(c.type);
    Object.defineProperties(c.prototype, { type: { value: c.type }, spec: { value: spec } });
    defineAccessors(c.prototype, spec);
  }
}

/**
 * Adds the type, the properties and the accessors to a class that a document or an application
 * defines.
 */
export function prepareDefinedClass(cls: ModelClass, spec: ClassSpec): void {
  prepareClass(Object.getPrototypeOf(cls));
  prepared.add(cls);
  Object.defineProperty(cls, "type", { value: spec.name, configurable: true });
  Object.defineProperties(cls.prototype, { type: { value: spec.name }, spec: { value: spec } });
  defineAccessors(cls.prototype, spec);
}

/**
 * Returns whether models of a class without a type of its own can be sent under the type that it
 * inherits.
 */
function mayInheritType(cls: ModelClass): boolean {
  return modelClass(cls.type) === cls || !isBokehType(cls.type);
}

function noSuchClassInBrowsers({ name, type }: ModelClass): TypeError {
  return new TypeError(
    `Cannot make a ${name || "model"}: it extends ${type}, but browsers have no model of that class. ` +
      `Make a ${type} in a function, or define a class of data with dataModel()`,
  );
}

function defineAccessors(prototype: ModelLike, spec: ClassSpec): void {
  for (const attr of spec.ownAttributes) {
    const slot = slotOf(attr);
    // An assignment of a slot that is not on the prototype would reach the proxy of
    // `unknown_attributes.ts`, which rejects it.
    Object.defineProperty(prototype, slot, { value: undefined, writable: true, configurable: true });
    if (!Object.hasOwn(prototype, attr)) defineAccessor(prototype, attr, slot);
  }
}

function defineAccessor(prototype: ModelLike, attr: string, slot: string): void {
  Object.defineProperty(prototype, attr, {
    get(this: ModelLike): unknown {
      const value = slotsOf(this)[slot];
      // Fast path for values other than containers and defaults: 5 ns instead of 10 ns.
      const isItself = typeof value === "object" ? value === null || isModel(value) : value !== undefined;
      return isItself ? value : this.get(attr);
    },
    set(this: ModelLike, value: unknown): void {
      this.setv(attr, value);
    },
    enumerable: true,
    configurable: true,
  });
}
