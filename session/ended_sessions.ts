import { nodeBuiltin } from "../protocol/node_builtin.ts";

/** A token that opened a session. */
export interface OpeningToken {
  text: string;
  /** When it expires, in milliseconds since 1970. */
  expiresAt: number;
}

/**
 * Remembers the tokens of sessions that have ended until they expire, so that a page which comes back with one is told
 * that its session is gone and is not given an empty one.
 */
export class EndedSessions {
  // digests: a token is long, and worth something to a thief
  readonly #expiries = new Map<string, number>();

  /** Remembers a token. */
  add(token: OpeningToken): void {
    this.#expiries.set(digestOf(token.text), token.expiresAt);
  }

  /** Whether a session that this token opened has ended. */
  has(token: string): boolean {
    return this.#expiries.size > 0 && this.#expiries.has(digestOf(token));
  }

  /** Forgets the tokens that have expired. */
  sweep(now: number): void {
    for (const [digest, expiresAt] of this.#expiries) {
      if (expiresAt <= now) this.#expiries.delete(digest);
    }
  }
}

function digestOf(token: string): string {
  return nodeBuiltin("node:crypto").createHash("sha256").update(token).digest("base64");
}
