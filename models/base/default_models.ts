/**
 * The models that come into being with a model: the values of attributes whose defaults are models.
 *
 * @module
 */

import type { ClassSpec } from "../spec/class_spec.ts";
import type { ModelLike } from "./model_like.ts";
import { ownSize } from "../values/retained_size.ts";

/** What the defaults of one model are. */
export interface DefaultModels {
  /** How many models they are. */
  readonly count: number;
  /** About how many bytes they keep. */
  readonly bytes: number;
}

const known = new WeakMap<ClassSpec, DefaultModels>();

/** Returns what the defaults of a model of a class are. Makes one model of the class, once. */
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

/** Returns about how many bytes a model keeps in memory, with the models that are defaults of its attributes. */
export function modelSize(model: ModelLike): number {
  return ownSize(model) + defaultModels(model.spec, () => new (model.constructor as new () => ModelLike)()).bytes;
}
