/**
 * Objects in which any name is only a name.
 *
 * @module
 */

/**
 * Makes an object without a prototype. `Object.create(null)` would make a hash table, in which filling in and listing a few
 * names takes six times as long; this one is of the form that other objects have.
 */
export function emptyRecord<T>(): Record<string, T> {
  return Object.setPrototypeOf({}, null);
}
