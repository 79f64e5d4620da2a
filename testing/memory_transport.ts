/**
 * The transport between a client and a session in the same process.
 *
 * @module
 */

import { AsyncLocalStorage } from "node:async_hooks";
import { DEFAULT_LIMITS } from "../common/limits.ts";
import { ClientError } from "../client/client_error.ts";
import type { Transport, TransportListener, TransportSocket } from "../client/transport.ts";
import { PROTOCOL_ERRORS } from "../protocol/error.ts";
import type { Frame } from "../protocol/message.ts";
import { Connection } from "../session/connection/connection.ts";
import type { Session } from "../session/session.ts";

/** Connects to a session without a port. The frames are those of the real protocol. */
export class MemoryTransport implements Transport {
  readonly url = "memory:";
  #session: Session;
  readonly #onDelivery: () => void;
  /** The session that continues this one, if it was moved. */
  #next: Promise<Session> | undefined;
  #isUsed = false;
  #close: ((code: number, reason: string) => void) | undefined;

  /** @param onDelivery Called before each delivery of a frame, in either direction. */
  constructor(session: Session, onDelivery: () => void) {
    this.#session = session;
    this.#onDelivery = onDelivery;
  }

  /**
   * Closes the connection, if it is one to a session that moves. The client connects again, to the
   * session that continues it.
   */
  move(session: Session, next: Promise<Session>): void {
    if (this.#session !== session || this.#close === undefined) return;
    this.#next = next;
    this.#close(PROTOCOL_ERRORS.session_moved.wsClose, PROTOCOL_ERRORS.session_moved.publicText);
  }

  /** Connects a listener to the session. */
  async open(listener: TransportListener): Promise<TransportSocket> {
    if (this.#next !== undefined) this.#session = await this.#next;
    else if (this.#isUsed) throw new ClientError("Cannot connect again: the session was not moved", "refused");
    this.#next = undefined;
    this.#isUsed = true;
    return this.#connect(listener);
  }

  #connect(listener: TransportListener): TransportSocket {
    const toServer = new DeliveryQueue(this.#onDelivery), toClient = new DeliveryQueue(this.#onDelivery);
    let isOpen = true;
    const close = (code: number, reason: string) => {
      if (!isOpen) return;
      isOpen = false;
      this.#close = undefined;
      toServer.post(() => connection.closed(code, reason));
      toClient.post(() => listener.closed(code, reason));
    };
    const connection = new Connection(this.#session, {
      bufferedAmount: 0,
      send: (frame) => toClient.post(delivery(frame, (copy) => listener.receive(copy))),
      close,
    }, { limits: DEFAULT_LIMITS, decodesDefinitions: true });
    this.#close = close;
    return {
      send: (frame) => toServer.post(delivery(frame, (copy) => isOpen && connection.receive(copy))),
      close,
    };
  }
}

/**
 * Returns the delivery of a frame. Copies binary data now, because the sender may change its memory
 * afterwards.
 */
function delivery(frame: Frame, receive: (frame: Frame) => void): () => void {
  const copy = typeof frame === "string" ? frame : frame.slice();
  return () => receive(copy);
}

/**
 * One direction of the transport. Runs deliveries in order and never synchronously, as a network
 * does. They run in the asynchronous context in which the queue was created, so that neither side
 * runs in the other's transaction.
 */
class DeliveryQueue {
  readonly #inCreatorContext = AsyncLocalStorage.snapshot();
  readonly #onDelivery: () => void;
  readonly #waiting: (() => void)[] = [];

  constructor(onDelivery: () => void) {
    this.#onDelivery = onDelivery;
  }

  /** Runs a delivery after all that were posted before. */
  post(deliver: () => void): void {
    if (this.#waiting.push(deliver) === 1) this.#schedule();
  }

  #schedule(): void {
    queueMicrotask(() => this.#inCreatorContext(() => this.#deliver()));
  }

  #deliver(): void {
    this.#onDelivery();
    try {
      this.#waiting[0]?.();
    } finally {
      this.#waiting.shift();
      if (this.#waiting.length > 0) this.#schedule();
    }
  }
}
