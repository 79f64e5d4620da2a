/**
 * The part of `Model` that the library's own functions use.
 *
 * `model.ts` imports these functions. They import this interface instead of `Model`, so that the
 * imports form no circle.
 *
 * @module
 */

import type { Membership, SetOptions } from "./host.ts";
import type { ClassSpec } from "../spec/class_spec.ts";
import { ModelBase } from "./model_base.ts";

/** A model as the library's own functions use it. Every `ModelLike` is an instance of `Model`. */
export interface ModelLike extends ModelBase {
  /** The name of the class on the wire. */
  readonly type: string;
  /** The id of the model in its document. Reading it assigns an id to a model that has none. */
  readonly id: string;
  /** Whether the model has an id. */
  readonly hasId: boolean;
  /** The properties of the class. */
  readonly spec: ClassSpec;
  /** The document that the model belongs to, or null. */
  readonly document: object | null;
  /** The record of the document about the model, undefined if it belongs to none. */
  readonly membership: Membership | undefined;
  /** The tags by which queries find the model. */
  readonly tags: readonly unknown[];
  /** Returns the value of an attribute. */
  get(attr: string): unknown;
  /** Sets an attribute. */
  set(attr: string, value: unknown): void;
  /** Sets an attribute, with the source of the change. */
  setv(attr: string, value: unknown, options?: SetOptions): void;
  /**
   * Returns the value that the model itself stores for an attribute, undefined if it stores none.
   */
  rawValue(attr: string): unknown;
  /** Returns the names of all attributes. */
  properties(): string[];
  /** Returns this model and all models that it refers to, directly or indirectly. */
  references(): Set<ModelLike>;
  /** Calls `visit` for each reference to another model in the attributes of this one. */
  visitReferences(visit: (model: ModelLike) => void): void;
  /**
   * Calls `visit` for each attribute that is sent to clients, with its value. With
   * `acceptsIncomplete`, required attributes may be missing in a model without a document.
   */
  visitSerializable(visit: (attr: string, value: unknown) => void, acceptsIncomplete?: boolean): void;
}

/** Returns whether a value is a model. */
export function isModel(value: unknown): value is ModelLike {
  return value instanceof ModelBase;
}
