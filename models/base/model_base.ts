/**
 * The root of the class hierarchy of models.
 *
 * Property types and the registry of classes need to recognize models, and `model.ts` imports both.
 * This file imports nothing, so that they need not import `model.ts`.
 *
 * @module
 */

/** The part of a model that property types use. */
export interface ModelBase {
  /** Returns whether the model is an instance of the class `type` or of a derived class. */
  isA(type: string): boolean;
}

/** The base class of `Model`: `value instanceof ModelBase` recognizes models. */
export abstract class ModelBase {}
