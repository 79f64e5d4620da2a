/** Maximum number of objects that are searched for buffers. Others are copied. */
const MAX_OBJECTS = 10_000;

/**
 * Returns the buffers in a result that can be moved to another thread without copying: those of
 * typed arrays that cover their whole buffer. Other views may share their buffer with values that
 * the task keeps.
 */
export function transferablesIn(value: unknown): ArrayBuffer[] {
  const found = new Set<ArrayBuffer>();
  const seen = new Set<object>();
  const open: unknown[] = [value];
  while (open.length > 0 && seen.size < MAX_OBJECTS) {
    const item = open.pop();
    if (typeof item !== "object" || item === null || seen.has(item)) continue;
    seen.add(item);
    if (item instanceof ArrayBuffer) found.add(item);
    else if (ArrayBuffer.isView(item)) {
      const { buffer, byteLength } = item;
      if (buffer instanceof ArrayBuffer && buffer.byteLength === byteLength && !buffer.resizable) found.add(buffer);
    } else if (Array.isArray(item)) {
      // A long list of numbers is not searched.
      if (typeof item[0] === "object") open.push(...item.slice(0, MAX_OBJECTS));
    } else if (item instanceof Map || item instanceof Set) open.push(...item.values().take(MAX_OBJECTS));
    else if (Object.getPrototypeOf(item) === Object.prototype) open.push(...Object.values(item).slice(0, MAX_OBJECTS));
  }
  return [...found].filter((buffer) => !buffer.detached);
}
