/**
 * The part of `Model` that the library's helpers use.
 *
 * `model.ts` imports the helpers, and they import this file in place of it.
 *
 * @module
 */

import type { ModelHost, SetOptions } from "./host.ts";
import type { ClassSpec } from "../spec/class_spec.ts";
import { ModelBase } from "./model_base.ts";

/** A model as the library's helpers see it. Every `ModelLike` is an instance of `Model`. */
export interface ModelLike extends ModelBase {
  /** The name of the class on the wire. */
  readonly type: string;
  /** The id of the model in its document. Reading it assigns one. */
  readonly id: string;
  /** Whether the model has an id already. */
  readonly hasId: boolean;
  /** The properties of the class. */
  readonly spec: ClassSpec;
  /** The document that the model belongs to, or null. */
  readonly document: ModelHost | null;
  /** The values of `tags`, by which queries find models. */
  readonly tags: readonly unknown[];
  /** Returns the value of an attribute. */
  get(attr: string): unknown;
  /** Sets an attribute. */
  set(attr: string, value: unknown): void;
  /** Sets an attribute and states who sets it. */
  setv(attr: string, value: unknown, options?: SetOptions): void;
  /** Returns the value that the model itself stores for an attribute, undefined if it stores none. */
  rawValue(attr: string): unknown;
  /** Returns the names of all attributes. */
  properties(): string[];
  /** Returns all models that this one refers to, directly or indirectly, and this one. */
  references(): Set<ModelLike>;
  /** Calls a function for each reference to another model in the values of this one. */
  visitReferences(visit: (model: ModelLike) => void): void;
  /** Calls a function for each attribute that is sent to clients. */
  visitSerializable(visit: (attr: string, value: unknown) => void): void;
}

/** Returns whether a value is a model. */
export function isModel(value: unknown): value is ModelLike {
  return value instanceof ModelBase;
}
