import { digest } from "../persistence/digest.ts";
import type { SessionKey } from "../persistence/session_store.ts";

/**
 * Returns the key of a session in a store or directory: a digest of its application's path and its
 * id. Stores never receive the id, because a client that knows it can join the session.
 *
 * @param applicationPath Path of the application, for example `"/sliders"`. Sessions of different
 * applications may have equal ids.
 */
export function sessionKeyOf(applicationPath: string, sessionId: string): SessionKey {
  return digest([new TextEncoder().encode(JSON.stringify([applicationPath, sessionId]))]);
}
