import type { SessionKey } from "./session_store.ts";

const encoder = new TextEncoder();
/** Characters of a key: 132 bits. */
const KEY_LENGTH = 22;

/**
 * Returns the key of a session in a store: a digest of its application's path and its id. The store
 * never receives the id, because a client that knows it can join the session.
 *
 * @param applicationPath Path of the application, for example `"/sliders"`. Sessions of different
 * applications may have equal ids.
 */
export async function sessionKeyOf(applicationPath: string, sessionId: string): Promise<SessionKey> {
  const text = encoder.encode(JSON.stringify([applicationPath, sessionId]));
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", text));
  return digest.toBase64({ alphabet: "base64url", omitPadding: true }).slice(0, KEY_LENGTH);
}
