/**
 * Objects in which any name is only a name.
 *
 * @module
 */

/** The largest array index. */
const MAX_INDEX = 2 ** 32 - 2;
const ZERO = 0x30, NINE = 0x39;

/**
 * Returns an object without a prototype. `Object.create(null)` would make a hash table, in which
 * filling in and listing a few names takes six times as long; this one is of the form that other
 * objects have.
 *
 * @param names The names that the object will get. V8 keeps values under array indices in an array
 * that has room for all smaller indices as well: the name `"1000"` alone would take 12 KB. If any
 * name may be an index, the object gets a hash table for them.
 */
export function emptyRecord<T>(names: readonly string[] = []): Record<string, T> {
  const record = Object.setPrototypeOf({}, null);
  if (names.some(startsWithDigit)) {
    record[MAX_INDEX] = undefined;
    delete record[MAX_INDEX];
  }
  return record;
}

/** Returns a copy of an object that has no prototype. */
export function copyRecord<T>(record: Readonly<Record<string, T>>): Record<string, T> {
  return Object.assign(emptyRecord<T>(Object.keys(record)), record);
}

function startsWithDigit(name: string): boolean {
  const code = name.charCodeAt(0);
  return code >= ZERO && code <= NINE;
}
