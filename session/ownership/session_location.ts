import type { HeldSession } from "./session_held_error.ts";

/**
 * The location of a session: another process owns it, the store has it and no process does, or it does not
 * exist.
 */
export type SessionLocation =
  | { readonly kind: "held"; readonly held: HeldSession }
  | { readonly kind: "released" | "absent" };
