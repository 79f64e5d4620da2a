import type { Clock } from "../common/clock.ts";
import { ProtocolError, type ProtocolErrorCode } from "../protocol/error.ts";

/** What uses a session now. A session in use does not expire. */
interface SessionUsage {
  /** Number of connected clients. */
  readonly connections: number;
  /** Whether a transaction holds the document's lock. */
  readonly busy: boolean;
}

/**
 * When a session was created, since when it has been without connections, when it expires, and
 * whether it was destroyed.
 */
export class SessionLifetime {
  readonly #clock: Clock;
  readonly #createdAt: number;
  #idleSince: number;
  #expirationBlocks = 0;
  #expirationRequested = false;
  #destroyedBy: ProtocolErrorCode | undefined;
  #abort: AbortController | undefined;

  /** Creates the lifetime of a session that is created now and has no connections. */
  constructor(clock: Clock) {
    this.#clock = clock;
    this.#createdAt = this.#idleSince = clock.now();
  }

  /** Time since the session was created, in milliseconds. */
  get ageMilliseconds(): number {
    return this.#clock.now() - this.#createdAt;
  }

  /** Time since the last connection closed, or since the session started, in milliseconds. */
  get idleMilliseconds(): number {
    return this.#clock.now() - this.#idleSince;
  }

  /** Whether {@linkcode SessionLifetime.requestExpiration} was called. */
  get expirationRequested(): boolean {
    return this.#expirationRequested;
  }

  /**
   * Whether a caller of {@linkcode SessionLifetime.blockExpiration} keeps the session from
   * expiring.
   */
  get expirationBlocked(): boolean {
    return this.#expirationBlocks > 0;
  }

  /** Whether the session was destroyed. */
  get destroyed(): boolean {
    return this.#destroyedBy !== undefined;
  }

  /** Why the session was destroyed; undefined if it was not. */
  get destroyedBy(): ProtocolErrorCode | undefined {
    return this.#destroyedBy;
  }

  /** Aborted when the session is destroyed. Its reason is a {@linkcode ProtocolError}. */
  get signal(): AbortSignal {
    this.#abort ??= new AbortController();
    this.#abortIfDestroyed();
    return this.#abort.signal;
  }

  /**
   * Returns whether the session has expired: nothing uses it or blocks its expiration, and either
   * its expiration was requested or it has been idle for longer than a session without connections
   * may live.
   *
   * @param unusedLifetimeMilliseconds Time that a session without connections may live.
   */
  isExpired({ connections, busy }: SessionUsage, unusedLifetimeMilliseconds: number): boolean {
    if (connections > 0 || busy || this.expirationBlocked) return false;
    return this.#expirationRequested || this.idleMilliseconds > unusedLifetimeMilliseconds;
  }

  /** Starts the idle time: the session has no connections from now on. */
  startIdleTime(): void {
    this.#idleSince = this.#clock.now();
  }

  /** Lets the session expire as soon as nothing uses it. */
  requestExpiration(): void {
    this.#expirationRequested = true;
  }

  /** Blocks expiration until the returned function is called or disposed of. */
  blockExpiration(): Disposable & (() => void) {
    this.#expirationBlocks++;
    let blocked = true;
    const unblock = () => {
      if (blocked) this.#expirationBlocks--;
      blocked = false;
    };
    return Object.assign(unblock, { [Symbol.dispose]: unblock });
  }

  /**
   * Marks the session as destroyed and aborts its signal. Does nothing if it is destroyed already.
   *
   * @returns Whether this call destroyed the session.
   */
  markDestroyed(reason: ProtocolErrorCode): boolean {
    if (this.destroyed) return false;
    this.#destroyedBy = reason;
    this.#abortIfDestroyed();
    return true;
  }

  #abortIfDestroyed(): void {
    if (this.#destroyedBy === undefined || this.#abort === undefined) return;
    this.#abort.abort(new ProtocolError("Cannot go on: session has ended", this.#destroyedBy));
  }
}
