import type { ProtocolErrorCode } from "../../protocol/error.ts";
import type { Frame } from "../../protocol/message.ts";

/**
 * A client that receives a session's changes: its connection, which is also the source
 * (`changeSource`) of the changes that the client makes. The interface breaks the import circle
 * between `session.ts` and `connection/connection.ts`.
 */
export interface Subscriber {
  /**
   * Whether earlier messages wait for the client, so that changes of attributes are better kept
   * back and sent together.
   */
  readonly lagging: boolean;
  /** Whether the client decodes definitions of classes in patches. */
  readonly decodesDefinitions: boolean;
  /** Bytes that were sent to the client and that it has not received. */
  readonly bufferedBytes: number;
  /** Sends the frames of one message. */
  deliver(frames: readonly Frame[]): void;
  /** Sends the messages that waited for entries of the session's journal which are stored now. */
  gateOpened(): void;
  /**
   * Charges bytes that it is about to be sent because of what it did itself. Returns whether they
   * may be sent.
   */
  maySend(bytes: number): boolean;
  /** Closes the connection with the close code and the text of a protocol error. */
  close(code: ProtocolErrorCode): void;
  /** Closes the connection, because too many bytes wait for the clients of the session. */
  closeSlow(): void;
}
