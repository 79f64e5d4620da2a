import type { Limits } from "../../common/limits.ts";
import { lengthOf } from "../../protocol/encode.ts";
import type { Frame } from "../../protocol/message.ts";
import type { Clock, TimerId } from "../../common/clock.ts";
import type { SocketPort } from "./socket_port.ts";

/** Limits of an {@linkcode Outbox}. */
export type OutboxLimits = Pick<Limits, "outboxBytes" | "stallMilliseconds">;

/** The connection that an {@linkcode Outbox} belongs to. */
export interface OutboxOwner {
  readonly clock: Clock;
  /** Called when nothing waits any more. */
  onDrained(): void;
  /**
   * Called when the client becomes congested, and when it exceeds a limit, so that its connection
   * must be closed.
   */
  onSlow(bufferedBytes: number, mustClose: boolean): void;
}

/**
 * First and longest interval between checks of a congested socket, which doubles from check to check. A websocket has
 * no event for a drained buffer, and most clients receive a long document within a few milliseconds.
 */
const FIRST_POLL_MILLISECONDS = 1, LONGEST_POLL_MILLISECONDS = 50;

/**
 * Bytes of one message in the socket's buffer from which its further frames wait. A websocket copies
 * what it sends: without this, a document of 160 MB would be in memory twice until the client has
 * received it.
 */
const MOST_COPIED_BYTES = 16 * 1024 * 1024;

/**
 * Messages to one client. They go to the socket at once, until more than the soft limit is in the
 * socket's buffer: then they wait here, and `bufferedAmount` is polled until the client has
 * received all of them.
 */
export class Outbox {
  readonly #port: SocketPort;
  readonly #owner: OutboxOwner;
  readonly #limits: OutboxLimits;
  readonly #congestionBytes: number;
  /** Further frames of a long message whose first ones are in the socket's buffer. */
  #rest: readonly Frame[] = [];
  #restBytes = 0;
  #waiting: Frame[][] = [];
  #waitingBytes = 0;
  #timer: TimerId | undefined;
  #pollMilliseconds = FIRST_POLL_MILLISECONDS;
  #lastAmount = 0;
  #lastProgress = 0;
  #caughtUp: PromiseWithResolvers<void> | undefined;

  /**
   * Creates the outbox of a socket.
   *
   * @param congestionBytes Bytes in the socket's buffer from which messages wait, and values are
   * replaced by newer ones.
   */
  constructor(port: SocketPort, owner: OutboxOwner, limits: OutboxLimits, congestionBytes: number) {
    this.#port = port;
    this.#owner = owner;
    this.#limits = limits;
    this.#congestionBytes = congestionBytes;
  }

  /** Whether the client receives more slowly than it is sent messages. */
  get congested(): boolean {
    if (this.#timer !== undefined) return true;
    if (this.#port.bufferedAmount <= this.#congestionBytes) return false;
    this.#watch();
    return true;
  }

  /**
   * Resolves when nothing waits any more, or when the outbox is stopped; undefined if the client is
   * not congested. Checks the socket without waiting for the next poll. Must not be read while
   * changes are being sent: attributes that wait here would overtake them.
   */
  get caughtUp(): Promise<void> | undefined {
    if (this.#timer !== undefined) this.#flush();
    return this.congested ? (this.#caughtUp ??= Promise.withResolvers()).promise : undefined;
  }

  /**
   * Bytes that were sent to the client and that it has not received, as far as the server can tell.
   */
  get bufferedBytes(): number {
    return this.#port.bufferedAmount + this.#restBytes + this.#waitingBytes;
  }

  /** Sends the frames of one message. Frames of other messages do not come between them. */
  send(frames: readonly Frame[]): void {
    if (!this.congested) return this.#write(frames);
    this.#waiting.push([...frames]);
    this.#waitingBytes += lengthOf(frames);
    if (this.#waitingBytes > this.#limits.outboxBytes) this.#exceedLimit();
  }

  /** Drops the waiting messages and stops polling. */
  stop(): void {
    this.#owner.clock.clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#setRest([]);
    this.#waiting = [];
    this.#waitingBytes = 0;
    this.#caughtUp?.resolve();
    this.#caughtUp = undefined;
  }

  #write(frames: readonly Frame[]): void {
    const isLong = lengthOf(frames) > MOST_COPIED_BYTES;
    for (let i = 0; i < frames.length; i++) {
      if (isLong && i > 0 && this.#port.bufferedAmount > MOST_COPIED_BYTES) {
        this.#setRest(frames.slice(i));
        if (this.#timer === undefined) this.#watch();
        return;
      }
      this.#port.send(frames[i]!);
    }
  }

  #setRest(frames: readonly Frame[]): void {
    this.#rest = frames;
    this.#restBytes = lengthOf(frames);
  }

  #watch(): void {
    this.#lastAmount = this.#port.bufferedAmount;
    this.#lastProgress = this.#owner.clock.now();
    this.#pollMilliseconds = FIRST_POLL_MILLISECONDS;
    this.#schedulePoll();
    this.#owner.onSlow(this.#lastAmount, false);
  }

  #schedulePoll(): void {
    this.#timer = this.#owner.clock.setTimeout(() => this.#poll(), this.#pollMilliseconds);
    this.#pollMilliseconds = Math.min(2 * this.#pollMilliseconds, LONGEST_POLL_MILLISECONDS);
  }

  #poll(): void {
    const amount = this.#port.bufferedAmount;
    const now = this.#owner.clock.now();
    if (amount < this.#lastAmount) this.#lastProgress = now;
    if (now - this.#lastProgress >= this.#limits.stallMilliseconds) return this.#exceedLimit();
    this.#schedulePoll();
    this.#flush();
    this.#lastAmount = this.#port.bufferedAmount;
  }

  #flush(): void {
    while (this.#rest.length > 0) {
      if (this.#port.bufferedAmount > MOST_COPIED_BYTES) return;
      const rest = this.#rest;
      this.#setRest([]);
      this.#write(rest);
    }
    while (this.#port.bufferedAmount <= this.#congestionBytes) {
      const frames = this.#waiting.shift();
      if (!frames) {
        this.stop();
        return this.#owner.onDrained();
      }
      this.#waitingBytes -= lengthOf(frames);
      this.#write(frames);
      if (this.#rest.length > 0) return;
    }
  }

  #exceedLimit(): void {
    const bytes = this.bufferedBytes;
    this.stop();
    this.#owner.onSlow(bytes, true);
  }
}
