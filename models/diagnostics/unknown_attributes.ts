/**
 * Rejects assignments to attributes that a model does not have.
 *
 * @module
 */

import { propertyOf } from "../base/attribute_values.ts";
import type { ModelLike } from "../base/model_like.ts";

/**
 * The handler of the proxy at the end of the prototype chain of all models. An assignment reaches
 * it only if neither the model nor its classes have a member with the name, so that assignments to
 * existing attributes are not slower. As in Python, applications can use names that begin with an
 * underscore for their own data.
 */
const handler: ProxyHandler<object> = {
  set(_target, key, value, receiver: object) {
    if (typeof key === "string" && !key.startsWith("_") && !isPrototype(receiver)) {
      propertyOf(receiver as ModelLike, key);
    }
    return Reflect.defineProperty(receiver, key, { value, writable: true, enumerable: true, configurable: true });
  },
};

/** Returns whether an object is a prototype of a class, to which methods can be added. */
function isPrototype(receiver: object): boolean {
  return Object.hasOwn(receiver, "constructor");
}

/**
 * Makes models throw a `TypeError` when an attribute is assigned that they do not have.
 *
 * @param base The prototype that all models share. Prototypes of derived classes must have all
 * slots of attributes; see `prepare_class.ts`.
 */
export function refuseUnknownAttributes(base: object): void {
  Object.setPrototypeOf(base, new Proxy({}, handler));
}
