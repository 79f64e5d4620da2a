/**
 * The table of model classes: which properties each has, what they take, what they are by default.
 *
 * The facts come from `gen/spec.jsonl`; nothing of it is unfolded before a class is first used.
 *
 * @module
 */

import { type ClassSpec, ClassSpecs } from "./class_spec.ts";
import { isModel, type ModelLike } from "../base/model_like.ts";
import { slotOf, slotsOf } from "../base/slots.ts";

/** A class of models that can be made from attributes. */
export interface ModelClass<T extends ModelLike = ModelLike> {
  /** Makes a model. */
  new (attributes?: Record<string, unknown>): T;
  /** The name of the class on the wire. */
  readonly type: string;
}

const specs = new ClassSpecs();
const classes = new Map<string, ModelClass>();
const prepared = new WeakSet<object>();

/**
 * Tells the registry which class stands for a type of `gen/spec.jsonl`, and gives it behaviour written by hand.
 *
 * @param cls The class.
 * @param type Its name on the wire.
 * @param methods Methods and accessors to put on its prototype.
 */
export function defineModel(cls: object, type: string, methods?: object): void {
  const modelClass = cls as ModelClass;
  Object.defineProperty(modelClass, "type", { value: type });
  if (methods !== undefined) {
    Object.defineProperties(modelClass.prototype, Object.getOwnPropertyDescriptors(methods));
  }
  classes.set(type, modelClass);
}

/** What there is to say of a class beside its base and its name. */
interface DerivationOptions {
  /** Its name on the wire, where that is another. */
  readonly type?: string;
  /** Methods and accessors to put on its prototype. */
  readonly methods?: object;
  /** What the class itself offers. */
  readonly statics?: object;
}

/** Makes the class that stands for a type of `gen/spec.jsonl`. */
export function deriveModel(base: object, name: string, options: DerivationOptions = {}): ModelClass {
  const { type = name, methods, statics } = options;
  const cls = class extends (base as ModelClass) {};
  if (statics !== undefined) Object.defineProperties(cls, Object.getOwnPropertyDescriptors(statics));
  Object.defineProperty(cls, "name", { value: name });
  defineModel(cls, type, methods);
  return cls;
}

/**
 * Makes a subclass the one that documents use for its type, so that what arrives over the wire has its methods too.
 *
 * @param cls A subclass of the class that stood for the type until now.
 */
export function specialize(cls: ModelClass): void {
  classes.set(cls.type, cls);
}

/** The class of a type, or undefined where there is none. */
export function modelClass(type: string): ModelClass | undefined {
  return classes.get(type);
}

/** The names of all types, bases before what is derived from them. */
export function modelNames(): string[] {
  return [...classes.keys()];
}

/** Whether Bokeh has a type. */
export function isBokehType(type: string): boolean {
  return specs.has(type);
}

/** The properties of a type. Throws a TypeError for a type that does not exist. */
export function classSpec(type: string): ClassSpec {
  return specs.get(type);
}

/**
 * Puts the accessors of all properties on the prototypes of a class and its bases. Done once a class, at its first model.
 *
 * @throws {TypeError} if the class is an application's own and extends one of Bokeh's.
 */
export function prepareClass(cls: ModelClass): void {
  const chain: ModelClass[] = [];
  for (let c = cls; !prepared.has(c) && Object.hasOwn(c, "prototype"); c = Object.getPrototypeOf(c)) {
    chain.push(c);
    if (c.type === "Model") break;
  }
  for (const c of chain.reverse()) {
    if (!Object.hasOwn(c, "type")) {
      if (!mayBeSubclass(c)) throw notSent(c);
      prepared.add(c);
      continue;
    }
    prepared.add(c);
    const spec = classSpec(c.type);
    Object.defineProperties(c.prototype, { type: { value: c.type }, spec: { value: spec } });
    defineAccessors(c.prototype, spec);
  }
}

/** Whether a class without a type of its own may be sent as the type that it is derived from. */
function mayBeSubclass(cls: ModelClass): boolean {
  return classes.get(cls.type) === cls || !isBokehType(cls.type);
}

/** The error of a class whose type no browser knows: its models would be sent as those of the class that it extends. */
function notSent({ name, type }: ModelClass): TypeError {
  return new TypeError(
    `Cannot make a ${name || "model"}: it extends ${type}, but browsers have no model of that class. ` +
      `Make a ${type} in a function, or define a class of data with dataModel()`,
  );
}

/** Gives a class that is not in the generated table what is known of it, and its accessors. */
export function prepareDefinedClass(cls: ModelClass, spec: ClassSpec): void {
  prepareClass(Object.getPrototypeOf(cls));
  prepared.add(cls);
  Object.defineProperty(cls, "type", { value: spec.name, configurable: true });
  Object.defineProperties(cls.prototype, { type: { value: spec.name }, spec: { value: spec } });
  defineAccessors(cls.prototype, spec);
}

function defineAccessors(prototype: ModelLike, spec: ClassSpec): void {
  for (const attr of spec.ownAttributes) {
    const slot = slotOf(attr);
    // the first assignment of a slot must not search the whole prototype chain: see `unknown_attributes.ts`
    Object.defineProperty(prototype, slot, { value: undefined, writable: true, configurable: true });
    if (!Object.hasOwn(prototype, attr)) defineAccessor(prototype, attr, slot);
  }
}

function defineAccessor(prototype: ModelLike, attr: string, slot: string): void {
  Object.defineProperty(prototype, attr, {
    get(this: ModelLike): unknown {
      const value = slotsOf(this)[slot];
      // a list is seen through a view, and what was never set is a default
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
