/**
 * The transport between a client and a session in the same process.
 *
 * @module
 */

import { AsyncLocalStorage } from "node:async_hooks";
import { DEFAULT_LIMITS } from "../common/limits.ts";
import type { Transport, TransportListener, TransportSocket } from "../client/transport.ts";
import type { Frame } from "../protocol/message.ts";
import { Connection } from "../session/connection/connection.ts";
import type { Session } from "../session/session.ts";

/** Connects to a session without a port. The frames are those of the real protocol. */
export class MemoryTransport implements Transport {
  readonly url = "memory:";
  readonly #session: Session;
  readonly #onDelivery: () => void;

  /** @param onDelivery Called before each delivery of a frame, in either direction. */
  constructor(session: Session, onDelivery: () => void) {
    this.#session = session;
    this.#onDelivery = onDelivery;
  }

  /** Connects a listener to the session. */
  open(listener: TransportListener): Promise<TransportSocket> {
    const toServer = new DeliveryQueue(this.#onDelivery), toClient = new DeliveryQueue(this.#onDelivery);
    let isOpen = true;
    const close = (code: number, reason: string) => {
      if (!isOpen) return;
      isOpen = false;
      toServer.post(() => connection.closed(code, reason));
      toClient.post(() => listener.closed(code, reason));
    };
    const connection = new Connection(this.#session, {
      bufferedAmount: 0,
      send: (frame) => toClient.post(delivery(frame, (copy) => listener.receive(copy))),
      close,
    }, { limits: DEFAULT_LIMITS, decodesDefinitions: true });
    return Promise.resolve({
      send: (frame) => toServer.post(delivery(frame, (copy) => isOpen && connection.receive(copy))),
      close,
    });
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
