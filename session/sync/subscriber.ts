import type { ProtocolErrorCode } from "../../protocol/error.ts";
import type { Frame } from "../../protocol/message.ts";

/** One who hears of a session's changes: a connection, which is also the source of the changes it asks for. */
export interface Subscriber {
  /** Whether it has not taken yet what it was sent, so that single changes are better kept back. */
  readonly lagging: boolean;
  /** Whether it decodes definitions of classes in patches. */
  readonly decodesDefinitions: boolean;
  /** Bytes on their way to it. */
  readonly bufferedBytes: number;
  /** Sends the frames of one message. */
  deliver(frames: readonly Frame[]): void;
  /** Charges bytes that it is about to be sent because of what it did itself. Returns whether they may be sent. */
  maySend(bytes: number): boolean;
  /** Closes its connection, because the clients of the session receive too slowly what they are sent. */
  giveUp(): void;
  /** Hears that the session has ended, and why. */
  sessionEnded(reason: ProtocolErrorCode): void;
}
