/**
 * The models that are created with a model, because they are defaults of its attributes.
 *
 * @module
 */

import type { ClassSpec } from "../spec/class_spec.ts";
import type { ModelLike } from "./model_like.ts";
import { ownSize } from "../values/retained_size.ts";

/** The number and the size of the models that are created with one model. */
export interface DefaultModels {
  /** The number of models. */
  readonly count: number;
  /** An estimate of their memory, in bytes. */
  readonly bytes: number;
}

const known = new WeakMap<ClassSpec, DefaultModels>();

/**
 * Returns the number and the size of the models that are created with a model of a class.
 *
 * @param spec The properties of the class.
 * @param make Creates a model of the class. Called once for each class.
 */
export function defaultModels(spec: ClassSpec, make: () => ModelLike): DefaultModels {
  let defaults = known.get(spec);
  if (defaults === undefined) {
    const model = make();
    const own = ownSize(model);
    const all = [...model.references()];
    const bytes = all.reduce((sum, other) => sum + ownSize(other), -own);
    known.set(spec, defaults = { count: all.length - 1, bytes });
  }
  return defaults;
}

/**
 * Returns an estimate of the memory of a model and the models that are created with it, in bytes.
 */
export function modelSize(model: ModelLike): number {
  return ownSize(model) + defaultModels(model.spec, () => new (model.constructor as new () => ModelLike)()).bytes;
}
