/**
 * Where models keep the values of their attributes: in members of their own, named so that nothing else is.
 *
 * A container of values beside each model would cost half as much again as the values, and reading through it a second
 * look-up. Only what was set has a slot: the accessors on the prototypes answer for the rest.
 *
 * @module
 */

/** The first character of a slot: no attribute and no member that an author gives a class of his own begins with it. */
const MARK = ":";

/** The member that keeps the value of an attribute. */
export function slotOf(attr: string): string {
  // V8 finds members by strings that it keeps once: a key of an object is such a string, one put together is not
  return Object.keys({ [MARK + attr]: undefined })[0]!;
}

/** The members of a model, by their names. */
export function slotsOf(model: object): Record<string, unknown> {
  return model as Record<string, unknown>;
}
