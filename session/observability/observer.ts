import type { ResumeOutcome } from "../persistence/resume.ts";
import type { ClientMessageType } from "../../protocol/message_types.ts";
import type { ProtocolErrorCode } from "../../protocol/error.ts";
import type { LimitKind } from "../../protocol/work_limits.ts";

/**
 * Something that happened in a session, for metrics and logs. Durations are in milliseconds. Events
 * contain no session ids and no tokens.
 *
 * - `sessionCreated`: the application has filled the document of a new session, in `milliseconds`.
 *   `resumed` states how the session was restored from a store; undefined for a new session.
 * - `sessionFailed`: the application threw `error` while it filled the document.
 * - `sessionDestroyed`: a session was destroyed after it had lived for `livedMilliseconds`.
 * - `sessionRefused`: a limit on the number of sessions refused a new one.
 * - `connectionOpened`, `connectionClosed`: a client has connected or disconnected. `code` is the
 *   close code of the websocket.
 * - `connectionRefused`: a websocket was refused or closed before it had a session.
 * - `requestRefused`: a request was refused with an HTTP `status`.
 * - `messageReceived`: a client has sent a complete message.
 * - `messageRefused`: a message violated the protocol.
 * - `workRefused`: a message exceeded a limit of work.
 * - `patchApplied`: a client's patch of `events` events was applied.
 * - `patchRefused`: a client's patch was invalid or not allowed.
 * - `patchSent`: a patch of `events` events was sent to clients, `connections` times in all.
 * - `transactionEnded`: a transaction ended. Its duration does not include the wait for the lock.
 * - `callbackEnded`: a periodic, timeout or next-tick callback ended.
 * - `taskEnded`: a task has ended after it waited for a Worker and ran.
 * - `callbackFailed`: a callback or hook of the application threw `error`.
 * - `internalError`: the server's own code threw `error`.
 * - `uncaughtError`: `error` was not caught by any code of the application.
 * - `slowCallback`: a callback blocked the event loop for too long (`blocking`), or has not ended.
 * - `slowConsumer`: a client receives more slowly than it is sent messages. `closed` means that its
 *   connection was closed for that.
 */
export type SessionEvent =
  | { type: "sessionCreated"; milliseconds: number; resumed?: ResumeOutcome | undefined }
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
  | {
    type: "taskEnded";
    outcome: "done" | "failed" | "cancelled";
    waitedMilliseconds: number;
    milliseconds: number;
  }
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
