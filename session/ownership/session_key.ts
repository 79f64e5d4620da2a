import { nodeBuiltin } from "../../common/node_builtin.ts";
import type { SessionKey } from "../persistence/session_store.ts";

/** Characters of a key: 132 bits. */
const KEY_LENGTH = 22;

/**
 * Returns the key of a session in a store or directory: a digest of its application's path and its
 * id. Stores never receive the id, because a client that knows it can join the session.
 *
 * @param applicationPath Path of the application, for example `"/sliders"`. Sessions of different
 * applications may have equal ids.
 */
export function sessionKeyOf(applicationPath: string, sessionId: string): SessionKey {
  const text = JSON.stringify([applicationPath, sessionId]);
  return nodeBuiltin("node:crypto").createHash("sha256").update(text).digest("base64url").slice(0, KEY_LENGTH);
}
