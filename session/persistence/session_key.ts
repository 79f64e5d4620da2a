import { digest } from "./digest.ts";
import type { SessionKey } from "./session_store.ts";

const encoder = new TextEncoder();

/**
 * Returns the key of a session in a store: a digest of its application's path and its id. The store
 * never receives the id, because a client that knows it can join the session.
 *
 * @param applicationPath Path of the application, for example `"/sliders"`. Sessions of different
 * applications may have equal ids.
 */
export async function sessionKeyOf(applicationPath: string, sessionId: string): Promise<SessionKey> {
  return await digest([encoder.encode(JSON.stringify([applicationPath, sessionId]))]);
}
