import type { ClientMessageType } from "../../protocol/message_types.ts";
import type { ProtocolErrorCode } from "../../protocol/error.ts";
import type { LimitKind } from "../../protocol/work_limits.ts";

/**
 * Something that happened in a session, for metrics and logs. Events contain no session ids and no
 * tokens.
 */
export type SessionEvent =
  | { type: "sessionCreated"; milliseconds: number }
  | { type: "sessionFailed"; error: unknown }
  | { type: "sessionDestroyed"; livedMilliseconds: number }
  | { type: "connectionOpened" }
  | { type: "connectionClosed"; code: number; openMilliseconds: number }
  | { type: "messageReceived"; msgtype: ClientMessageType }
  | { type: "messageRefused"; code: ProtocolErrorCode }
  | { type: "workRefused"; limit: LimitKind }
  | { type: "patchApplied"; events: number }
  | { type: "patchRefused"; reason: string }
  | { type: "patchSent"; events: number; connections: number }
  | { type: "transactionEnded"; byClient: boolean; milliseconds: number }
  | { type: "callbackEnded"; kind: "periodic" | "timeout" | "next_tick"; milliseconds: number }
  | { type: "callbackFailed"; error: unknown }
  | { type: "internalError"; error: unknown }
  | { type: "uncaughtError"; error: unknown }
  | { type: "sessionRefused"; reason: string }
  | { type: "connectionRefused"; code: ProtocolErrorCode }
  | { type: "requestRefused"; status: number }
  | { type: "slowCallback"; name: string; milliseconds: number; blocking: boolean }
  | { type: "slowConsumer"; bufferedBytes: number; closed: boolean };

/** Receives all events of sessions. Called synchronously: it must be fast and must not throw. */
export type SessionObserver = (event: SessionEvent) => void;
