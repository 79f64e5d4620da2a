/**
 * The messages between the processes of a group and the directory of their sessions.
 *
 * @module
 */

import type { ExpiringDigest } from "../../session/ownership/session_claims.ts";

/** A message of a process to the directory. */
export type DirectoryRequest =
  /** The first message: the process's index, and the secret of the group. */
  | readonly ["join", index: number, secret: string]
  /** Claims a session, unless the token with the digest opened a session that was destroyed. */
  | readonly ["claim", id: number, key: string, tokenDigest: string | null]
  | readonly ["find", id: number, key: string]
  | readonly ["release", key: string, tokens: readonly ExpiringDigest[]];

/**
 * The answer of the directory to a request: the index of the process that owns the session, null if
 * none does, or `"ended"`.
 */
export type DirectoryReply = readonly [id: number, owner: number | "ended" | null];

/** Returns the path of the directory's unix socket. */
export function directoryPath(folder: string): string {
  return `${folder}/directory.sock`;
}
