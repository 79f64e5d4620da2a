import { nodeBuiltin } from "../../common/node_builtin.ts";
import type { ExpiringDigest } from "../ownership/session_claims.ts";

/** A token that opened a session. */
export interface OpeningToken {
  text: string;
  /** Time at which it expires, in milliseconds since 1970. */
  expiresAt: number;
}

/**
 * A bounded set of tokens with their expiry times. Keeps SHA-256 digests in place of the tokens:
 * digests have a fixed size, and cannot be used if the memory leaks. When the set is full, it
 * removes the token that was added first.
 */
export class TokenDigests {
  readonly #expiries = new Map<string, number>();
  readonly #max: number;

  /** Creates an empty set of at most `max` tokens. */
  constructor(max: number) {
    this.#max = max;
  }

  /** Adds a token. */
  add(token: OpeningToken): void {
    this.#set(digestOf(token.text), token.expiresAt);
  }

  /** Adds the tokens of another set that have not expired at `now`, in milliseconds since 1970. */
  addAll(others: TokenDigests, now: number): void {
    for (const [digest, expiresAt] of others.#expiries) if (expiresAt > now) this.#set(digest, expiresAt);
  }

  /** Adds digests with the times at which their tokens expire, in milliseconds since 1970. */
  addDigests(digests: Iterable<ExpiringDigest>): void {
    for (const [digest, expiresAt] of digests) this.#set(digest, expiresAt);
  }

  /** The digests, with the times at which their tokens expire. */
  get digests(): readonly ExpiringDigest[] {
    return [...this.#expiries];
  }

  /** Returns whether a token is in the set. */
  has(token: string): boolean {
    return this.#expiries.size > 0 && this.#expiries.has(digestOf(token));
  }

  /** Returns whether the digest of a token is in the set. */
  hasDigest(digest: string): boolean {
    return this.#expiries.has(digest);
  }

  /** Removes the tokens that have expired at `now`, in milliseconds since 1970. */
  sweep(now: number): void {
    for (const [digest, expiresAt] of this.#expiries) {
      if (expiresAt <= now) this.#expiries.delete(digest);
    }
  }

  #set(digest: string, expiresAt: number): void {
    // A token that is added again becomes the newest.
    this.#expiries.delete(digest);
    this.#expiries.set(digest, expiresAt);
    for (const [oldest] of this.#expiries) {
      if (this.#expiries.size <= this.#max) break;
      this.#expiries.delete(oldest);
    }
  }
}

/** Returns the digest of a token. */
export function digestOf(token: string): string {
  return nodeBuiltin("node:crypto").hash("sha256", token, "base64");
}
