import { nodeBuiltin } from "./node_builtin.ts";

/** Returns whether two texts are equal. Compares in constant time, unless their lengths differ. */
export function equalSecrets(a: string, b: string): boolean {
  const [left, right] = [new TextEncoder().encode(a), new TextEncoder().encode(b)];
  return left.length === right.length && nodeBuiltin("node:crypto").timingSafeEqual(left, right);
}
