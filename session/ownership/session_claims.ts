/**
 * The interface of directories: which process owns each session, for processes that do not share a
 * session store.
 *
 * @module
 */

import type { SessionKey } from "../persistence/session_store.ts";
import type { HeldSession } from "./session_held_error.ts";

/** The digest of a token, and the time at which the token expires, in milliseconds since 1970. */
export type ExpiringDigest = readonly [digest: string, expiresAt: number];

/**
 * Result of claiming a session: this process owns it now, another process owns it, or it was
 * destroyed and the token opened it.
 */
export type Claiming =
  | { readonly kind: "owned" }
  | { readonly kind: "held"; readonly held: HeldSession }
  | { readonly kind: "ended" };

/**
 * A process's access to the directory. The directory releases all claims of a process that ends,
 * also if it is killed. No clock is involved.
 */
export interface SessionClaims {
  /**
   * Claims a session for this process, unless another process owns it.
   *
   * @param tokenDigest Digest of the token that opens the session, if any.
   * @throws {ProtocolError} `going_away` if the directory has ended.
   */
  claim(key: SessionKey, tokenDigest: string | undefined): Promise<Claiming>;
  /**
   * Returns the other process that owns a session, or undefined.
   *
   * @throws {ProtocolError} `going_away` if the directory has ended.
   */
  find(key: SessionKey): Promise<HeldSession | undefined>;
  /**
   * Releases a session that was destroyed.
   *
   * @param tokens The tokens that opened it. They cannot open it again in any process.
   */
  release(key: SessionKey, tokens: readonly ExpiringDigest[]): void;
}
