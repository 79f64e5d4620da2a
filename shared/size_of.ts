/** Estimated size of an object or a list without its content, and of a number or reference, in bytes. */
const OBJECT_BYTES = 64;
const VALUE_BYTES = 8;
/** Number of values that are examined. Further ones count as the average of these. */
const MAX_VALUES = 100_000;

/**
 * Estimates the memory of a value in bytes: exactly for typed arrays and buffers, roughly for strings,
 * lists, maps, sets and plain objects.
 */
export function sizeOf(value: unknown): number {
  const seen = new Set<object>();
  const open: unknown[] = [value];
  let bytes = 0;
  let examined = 0;
  while (open.length > 0) {
    if (++examined > MAX_VALUES) return Math.ceil((bytes * (examined + open.length)) / examined);
    const item = open.pop();
    bytes += VALUE_BYTES;
    if (typeof item === "string") bytes += 2 * item.length;
    if (typeof item !== "object" || item === null || seen.has(item)) continue;
    seen.add(item);
    bytes += OBJECT_BYTES;
    if (ArrayBuffer.isView(item) || item instanceof ArrayBuffer) bytes += item.byteLength;
    else if (Array.isArray(item) && item.every((element) => typeof element === "number")) {
      bytes += VALUE_BYTES * item.length;
    } else if (item instanceof Map || item instanceof Set) {
      for (const entry of item instanceof Map ? [...item.keys(), ...item.values()] : item) open.push(entry);
    } else for (const entry of Object.values(item)) open.push(entry);
  }
  return bytes;
}
