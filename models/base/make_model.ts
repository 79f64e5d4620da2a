import type { ModelLike } from "./model_like.ts";
import { modelClass } from "../spec/registry.ts";

/**
 * Makes a model of a type by its name, for code that the generated classes import and that cannot import them.
 *
 * @throws {TypeError} if there is no such type.
 */
export function makeModel<T extends ModelLike = ModelLike>(
  type: string,
  attributes: Readonly<Record<string, unknown>> = {},
): T {
  const cls = modelClass(type);
  if (cls === undefined) throw new TypeError(`Cannot make a ${type}: there is no such class of models`);
  return new cls(attributes) as T;
}
