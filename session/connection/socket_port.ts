import type { Frame } from "../../protocol/message.ts";

/** The part of a websocket that a connection uses. */
export interface SocketPort {
  /** Sends a frame, or appends it to the socket's buffer. */
  send(frame: Frame): void;
  /**
   * Closes the socket. The close code must be valid (RFC 6455, 7.4), the reason at most 123 bytes
   * long.
   */
  close(code: number, reason: string): void;
  /**
   * Bytes that were passed to {@linkcode SocketPort.send} and have not been written to the network.
   */
  readonly bufferedAmount: number;
}
