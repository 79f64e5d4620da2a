import type { Frame } from "../../protocol/message.ts";

/** What a session needs of a websocket. */
export interface SocketPort {
  /** Sends a frame, at once or into the socket's buffer. */
  send(frame: Frame): void;
  /** Closes the socket, with a legal code and a reason of at most 123 bytes. */
  close(code: number, reason: string): void;
  /** Bytes that were sent and have not left yet. */
  readonly bufferedAmount: number;
}
