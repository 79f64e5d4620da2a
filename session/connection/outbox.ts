import type { Limits } from "../../common/limits.ts";
import { lengthOf } from "../../protocol/encode.ts";
import type { Frame } from "../../protocol/message.ts";
import type { Clock, TimerId } from "../../common/clock.ts";
import type { SocketPort } from "./socket_port.ts";

/** Limits of an {@linkcode Outbox}. */
export type OutboxLimits = Pick<Limits, "outboxBytes" | "stallMilliseconds">;

/** Whose {@linkcode Outbox} it is. */
export interface OutboxOwner {
  readonly clock: Clock;
  /** Hears that the socket has room again and nothing waits. */
  onDrained(): void;
  /** Hears that the client begins to lag behind, or is given up. */
  onSlow(bufferedBytes: number, hopeless: boolean): void;
}

const POLL_MILLISECONDS = 50;

/**
 * What is on its way to one client. While the socket takes what it is given nothing is kept here; `bufferedAmount` is the
 * only sign of the opposite that a websocket gives, so it is looked at again and again until the client has caught up.
 */
export class Outbox {
  readonly #port: SocketPort;
  readonly #owner: OutboxOwner;
  readonly #limits: OutboxLimits;
  readonly #congestionBytes: number;
  #waiting: Frame[][] = [];
  #waitingBytes = 0;
  #timer: TimerId | undefined;
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

  /** Whether the client lags behind. */
  get congested(): boolean {
    if (this.#timer !== undefined) return true;
    if (this.#port.bufferedAmount <= this.#congestionBytes) return false;
    this.#watch();
    return true;
  }

  /** Resolves when the client has caught up, or is given up; undefined where it does not lag behind. */
  get caughtUp(): Promise<void> | undefined {
    return this.congested ? (this.#caughtUp ??= Promise.withResolvers()).promise : undefined;
  }

  /** Bytes on their way to the client. */
  get bufferedBytes(): number {
    return this.#port.bufferedAmount + this.#waitingBytes;
  }

  /** Sends the frames of one message, with nothing between them. */
  send(frames: readonly Frame[]): void {
    if (!this.congested) return this.#write(frames);
    this.#waiting.push([...frames]);
    this.#waitingBytes += lengthOf(frames);
    if (this.#waitingBytes > this.#limits.outboxBytes) this.#giveUp();
  }

  /** Throws away what waits. */
  stop(): void {
    this.#owner.clock.clearInterval(this.#timer);
    this.#timer = undefined;
    this.#waiting = [];
    this.#waitingBytes = 0;
    this.#caughtUp?.resolve();
    this.#caughtUp = undefined;
  }

  #write(frames: readonly Frame[]): void {
    for (const frame of frames) this.#port.send(frame);
  }

  #watch(): void {
    this.#lastAmount = this.#port.bufferedAmount;
    this.#lastProgress = this.#owner.clock.now();
    this.#timer = this.#owner.clock.setInterval(() => this.#look(), POLL_MILLISECONDS);
    this.#owner.onSlow(this.#lastAmount, false);
  }

  #look(): void {
    const amount = this.#port.bufferedAmount;
    const now = this.#owner.clock.now();
    if (amount < this.#lastAmount) this.#lastProgress = now;
    if (now - this.#lastProgress >= this.#limits.stallMilliseconds) return this.#giveUp();
    this.#flush();
    this.#lastAmount = this.#port.bufferedAmount;
  }

  #flush(): void {
    while (this.#port.bufferedAmount <= this.#congestionBytes) {
      const frames = this.#waiting.shift();
      if (!frames) {
        this.stop();
        return this.#owner.onDrained();
      }
      this.#waitingBytes -= lengthOf(frames);
      this.#write(frames);
    }
  }

  #giveUp(): void {
    const bytes = this.#port.bufferedAmount + this.#waitingBytes;
    this.stop();
    this.#owner.onSlow(bytes, true);
  }
}
