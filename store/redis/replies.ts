import type { Reply } from "./engine.ts";

/** Returns whether a script replied with a status. */
export function isStatus(reply: Reply, status: string): boolean {
  return Array.isArray(reply) && textOf(reply[0] ?? null) === status;
}

/** Returns a reply as text. */
export function textOf(value: Reply): string {
  return value instanceof Uint8Array ? new TextDecoder().decode(value) : String(value);
}
