/**
 * Converts the information about the client that opens a session to the header that the store
 * keeps, and back.
 *
 * @module
 */

import { ProtocolError } from "../../protocol/error.ts";
import { SessionHeldError } from "../ownership/session_held_error.ts";
import type { SessionLocation } from "../ownership/session_location.ts";
import type { SessionInfo } from "../registry/session_info.ts";
import { available } from "./available.ts";
import type { SessionHeader } from "./sealed_header.ts";
import type { OwnedSession, SessionPersistence } from "./session_persistence.ts";
import type { SessionKey } from "./session_store.ts";

/**
 * Opens a session in the store.
 *
 * @param create Whether to create the session if the store does not have it.
 * @returns The session; undefined if the store does not have it and `create` is false.
 * @throws {SessionHeldError} If another live process owns it.
 * @throws {ProtocolError} `session_gone` if it has ended; `store_unavailable`; `going_away` if the
 * client has gone.
 */
export async function openSession(
  persistence: SessionPersistence,
  id: string,
  info: SessionInfo,
  create: boolean,
): Promise<OwnedSession | undefined> {
  const opening = await available(persistence.open(id, create ? headerOf(id, info) : undefined, info));
  switch (opening.kind) {
    case "owned":
      return opening.session;
    case "absent":
      return undefined;
    case "ended":
      throw new ProtocolError("Cannot open session: it has ended", "session_gone");
    case "held":
      throw new SessionHeldError(opening.held);
  }
}

/**
 * Returns which other process has a session, without opening it.
 *
 * @throws {ProtocolError} `store_unavailable`
 */
export async function findSession(persistence: SessionPersistence, key: SessionKey): Promise<SessionLocation> {
  return await available(persistence.find(key));
}

function headerOf(
  sessionId: string,
  { userKey, prefix = "", payload = {}, request = null }: SessionInfo,
): SessionHeader {
  const whole = typeof request === "function" ? request() : request;
  const { user: _user, ...stored } = whole ?? {};
  return {
    sessionId,
    instance: crypto.randomUUID(),
    userKey,
    prefix,
    payload,
    request: whole === null ? null : stored as SessionHeader["request"],
  };
}

/**
 * Returns the information with which a session is created here. For a stored session, that of the
 * client that opened it first.
 */
export function infoOf({ header, stored }: OwnedSession, info: SessionInfo): SessionInfo {
  if (stored === undefined) return info;
  const { payload, request, prefix, userKey } = header;
  // The store has only the key of the user. The user itself comes from the client that resumes the
  // session, if the keys are equal.
  const user = info.userKey === userKey ? info.user : undefined;
  return {
    ...info,
    payload,
    prefix,
    user,
    userKey,
    request: request && (user === undefined ? request : { ...request, user }),
  };
}
