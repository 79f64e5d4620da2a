/**
 * Refuses the assignment of attributes that a model does not have.
 *
 * @module
 */

import { propertyOf } from "../base/attribute_values.ts";
import type { ModelLike } from "../base/model_like.ts";

/**
 * Stands at the end of the prototype chain of all models. An assignment arrives here only if neither the model nor its
 * classes have a member of the name, so that the attributes that exist do not become slower. As in Python, names that begin
 * with an underscore are free for applications.
 */
const refusing: ProxyHandler<object> = {
  set(_target, key, value, receiver: object) {
    if (typeof key === "string" && !key.startsWith("_") && !isPrototype(receiver)) {
      propertyOf(receiver as ModelLike, key);
    }
    return Reflect.defineProperty(receiver, key, { value, writable: true, enumerable: true, configurable: true });
  },
};

/** Classes may get more methods. */
function isPrototype(receiver: object): boolean {
  return Object.hasOwn(receiver, "constructor");
}

/**
 * Makes models of a class throw a TypeError when an attribute is assigned that they do not have.
 *
 * @param base The prototype that all models share. The members that keep the values of attributes must be found on the
 * prototypes below it: see `registry.ts`.
 */
export function refuseUnknownAttributes(base: object): void {
  Object.setPrototypeOf(base, new Proxy({}, refusing));
}
