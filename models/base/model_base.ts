/**
 * The class at the root of the hierarchy of models.
 *
 * Property types and the registry need to recognize models, and `model.ts` imports both. This file imports nothing, so
 * that it cuts that circle.
 *
 * @module
 */

/** What property types know of models. */
export interface ModelBase {
  /** Returns whether the model's class is `type` or is derived from it. */
  isA(type: string): boolean;
}

/** The base class of `Model`. `value instanceof ModelBase` tells models from other values. */
export abstract class ModelBase {}
