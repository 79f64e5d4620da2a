/**
 * The interface between a client's connection and what carries its frames: a websocket, or in tests
 * a pair of queues.
 *
 * @module
 */

import type { Frame } from "../protocol/message.ts";

/** An open channel to a server. */
export interface TransportSocket {
  /** Sends a frame. */
  send(frame: Frame): void;
  /**
   * Starts to close the channel. {@linkcode TransportListener.closed} is called when it has closed.
   */
  close(code: number, reason: string): void;
}

/** The receiver of a channel's frames. */
export interface TransportListener {
  /** Receives a frame of the server. */
  receive(frame: Frame): void;
  /**
   * Called once, when an open channel has closed. The code 0 stands for an error of the network.
   */
  closed(code: number, reason: string): void;
}

/** Opens channels to one server, again each time the last one was lost. */
export interface Transport {
  /** URL of the server, for error texts. */
  readonly url: string;
  /**
   * Opens a channel.
   *
   * @throws {ClientError} With the code `unreachable` or `refused`.
   */
  open(listener: TransportListener): Promise<TransportSocket>;
}
