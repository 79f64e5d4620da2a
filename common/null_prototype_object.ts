/**
 * Objects without a prototype, for keys that clients or applications choose: `__proto__` and
 * `constructor` are ordinary keys of them.
 *
 * @module
 */

/** The largest array index. */
const MAX_INDEX = 2 ** 32 - 2;
const ZERO = 0x30, NINE = 0x39;

/**
 * Creates an empty object without a prototype that V8 keeps in its fast form. `Object.create(null)`
 * returns an object in dictionary mode, in which adding and listing a few keys takes six times as
 * long.
 *
 * @param names The keys that the caller will add. V8 stores values under array indices in an array
 * with space for all smaller indices: the key `"1000"` alone would take 12 KB. If a name starts
 * with a digit, the object stores indices in a hash table.
 */
export function nullPrototypeObject<T>(names: readonly string[] = []): Record<string, T> {
  const object = Object.setPrototypeOf({}, null);
  if (names.some(startsWithDigit)) {
    object[MAX_INDEX] = undefined;
    delete object[MAX_INDEX];
  }
  return object;
}

/** Returns a shallow copy of `source` that has no prototype. */
export function copyToNullPrototype<T>(source: Readonly<Record<string, T>>): Record<string, T> {
  return Object.assign(nullPrototypeObject<T>(Object.keys(source)), source);
}

function startsWithDigit(name: string): boolean {
  const code = name.charCodeAt(0);
  return code >= ZERO && code <= NINE;
}
