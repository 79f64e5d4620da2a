/**
 * The registry of model classes: the class and the properties for each type on the wire.
 *
 * The properties come from `gen/spec.jsonl`. The row of a class is parsed when the class is first
 * used.
 *
 * @module
 */

import type { ModelLike } from "../base/model_like.ts";
import { type ClassSpec, ClassSpecs } from "./class_spec.ts";

/** A class of models that can be instantiated. */
export interface ModelClass<T extends ModelLike = ModelLike> {
  /** Creates a model with some attributes. The others keep their defaults. */
  new (attributes?: Record<string, unknown>): T;
  /** The name of the class on the wire. */
  readonly type: string;
}

/** Options of {@linkcode deriveModel}. */
interface DerivationOptions {
  /**
   * The name of the class on the wire.
   * @default {name} the name of the class
   */
  readonly type?: string;
  /** Methods and accessors for the prototype. */
  readonly methods?: object;
  /** Static members. */
  readonly statics?: object;
}

const specs = new ClassSpecs();
const classes = new Map<string, ModelClass>();

/**
 * Registers the class for a type of `gen/spec.jsonl`.
 *
 * @param cls The class.
 * @param type The name of the class on the wire.
 * @param methods Methods and accessors to add to its prototype.
 */
export function registerModel(cls: object, type: string, methods?: object): void {
  const modelClass = cls as ModelClass;
  Object.defineProperty(modelClass, "type", { value: type });
  if (methods !== undefined) {
    Object.defineProperties(modelClass.prototype, Object.getOwnPropertyDescriptors(methods));
  }
  classes.set(type, modelClass);
}

/** Creates and registers the class for a type of `gen/spec.jsonl`, as a subclass of `base`. */
export function deriveModel(base: object, name: string, options: DerivationOptions = {}): ModelClass {
  const { type = name, methods, statics } = options;
  const cls = class extends (base as ModelClass) {};
  if (statics !== undefined) Object.defineProperties(cls, Object.getOwnPropertyDescriptors(statics));
  Object.defineProperty(cls, "name", { value: name });
  registerModel(cls, type, methods);
  return cls;
}

/**
 * Replaces the class of a type by a subclass, so that deserialized models are instances of the
 * subclass.
 *
 * @param cls The subclass.
 */
export function specialize(cls: ModelClass): void {
  classes.set(cls.type, cls);
}

/** Returns the class of a type, undefined if there is none. */
export function modelClass(type: string): ModelClass | undefined {
  return classes.get(type);
}

/**
 * Creates a model by the name of its class.
 *
 * Modules that the generated classes import use this function, because they cannot import the
 * generated classes.
 *
 * @param type The name of the class on the wire.
 * @param attributes The attributes of the model. The others keep their defaults.
 * @throws {TypeError} If there is no such class, or an attribute is invalid.
 */
export function makeModel<T extends ModelLike = ModelLike>(
  type: string,
  attributes: Readonly<Record<string, unknown>> = {},
): T {
  const cls = modelClass(type);
  if (cls === undefined) throw new TypeError(`Cannot make a ${type}: there is no such class of models`);
  return new cls(attributes) as T;
}

/** Returns the names of all types. Base classes come before the classes derived from them. */
export function modelNames(): string[] {
  return [...classes.keys()];
}

/** Returns whether Bokeh defines a type. Types of `dataModel` are not Bokeh's. */
export function isBokehType(type: string): boolean {
  return specs.has(type);
}

/**
 * Returns the properties of a type of Bokeh.
 *
 * @throws {TypeError} If there is no such type.
 */
export function classSpec(type: string): ClassSpec {
  return specs.get(type);
}
