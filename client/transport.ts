/**
 * How a client reaches a server. The usual way is a websocket; tests have one that needs no port.
 *
 * @module
 */

import type { Frame } from "../protocol/message.ts";

/** A way that is open. */
export interface TransportSocket {
  /** Sends a frame. */
  send(frame: Frame): void;
  /** Begins to close the way; {@linkcode TransportListener.closed} tells when that is done. */
  close(code: number, reason: string): void;
}

/** Who listens at the client's end of a way. */
export interface TransportListener {
  /** Takes a frame of the server. */
  receive(frame: Frame): void;
  /** Called once when the way has closed, and not before it was open. */
  closed(code: number, reason: string): void;
}

/** A way to a server that can be opened, and opened again when it was lost. */
export interface Transport {
  /** Where it leads, for messages of errors. */
  readonly url: string;
  /**
   * Opens the way.
   *
   * @throws {ClientError} `unreachable` or `refused`.
   */
  open(listener: TransportListener): Promise<TransportSocket>;
}
