/**
 * Tells models from other values, for the files that the module of models itself is built of.
 *
 * @module
 */

import type { Model } from "./model.ts";

/** What all models are derived from. It knows nothing, so that every file may import it. */
export abstract class ModelBase {}

/** Whether a value is a model. */
export function isModel(value: unknown): value is Model {
  return value instanceof ModelBase;
}
