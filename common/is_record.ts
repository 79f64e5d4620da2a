/**
 * Returns whether `value` is a plain object: its prototype is `Object.prototype` or null. Arrays,
 * typed arrays, models, dates and other instances of classes are not.
 */
export function isRecord(value: unknown): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
