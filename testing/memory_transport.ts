/**
 * A way from a client to a session in the same process.
 *
 * @module
 */

import { DEFAULT_LIMITS } from "../common/limits.ts";
import type { Transport, TransportListener, TransportSocket } from "../client/transport.ts";
import type { Frame } from "../protocol/message.ts";
import { openConnection } from "../session/connection/connection.ts";
import type { Session } from "../session/session.ts";
import { Pipe } from "./pipe.ts";

/** Connects to a session without a port: the frames are those of the real protocol. */
export class MemoryTransport implements Transport {
  readonly url = "memory:";
  readonly #session: Session;
  readonly #onActivity: () => void;

  /** @param onActivity Hears of each frame that goes over. */
  constructor(session: Session, onActivity: () => void) {
    this.#session = session;
    this.#onActivity = onActivity;
  }

  open(listener: TransportListener): Promise<TransportSocket> {
    const toServer = new Pipe(this.#onActivity), toClient = new Pipe(this.#onActivity);
    let isOpen = true;
    const end = (code: number, reason: string) => {
      if (!isOpen) return;
      isOpen = false;
      toServer.post(() => connection.closed(code, reason));
      toClient.post(() => listener.closed(code, reason));
    };
    const connection = openConnection(this.#session, {
      bufferedAmount: 0,
      send: (frame) => toClient.post(sending(frame, (copy) => listener.receive(copy))),
      close: end,
    }, { limits: DEFAULT_LIMITS, decodesDefinitions: true });
    return Promise.resolve({
      send: (frame) => toServer.post(sending(frame, (copy) => isOpen && connection.receive(copy))),
      close: end,
    });
  }
}

/** Binary data is sent as it is now, whatever becomes of its memory. */
function sending(frame: Frame, receive: (frame: Frame) => void): () => void {
  const copy = typeof frame === "string" ? frame : frame.slice();
  return () => receive(copy);
}
