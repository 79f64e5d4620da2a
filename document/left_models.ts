/**
 * Tells late patches from wrong ones.
 *
 * @module
 */

/**
 * Whether a representation refers to a model that is known to have left: a client may change a model that the server
 * removes at the same time, which is nobody's fault.
 *
 * @param rep What a client sent.
 * @param hasLeft Whether a model of an id has left.
 */
export function mentionsLeftModel(rep: unknown, hasLeft: (id: string) => boolean): boolean {
  const open = [rep];
  while (open.length > 0) {
    const value = open.pop();
    if (typeof value !== "object" || value === null) continue;
    if ("id" in value && typeof value.id === "string" && hasLeft(value.id)) return true;
    for (const item of Object.values(value)) {
      if (typeof item === "object") open.push(item);
    }
  }
  return false;
}
