/**
 * Converts the information about the client that opens a session to the header that the store
 * keeps, and back.
 *
 * @module
 */

import { ProtocolError } from "../../protocol/error.ts";
import type { SessionInfo } from "../registry/session_info.ts";
import type { SessionHeader } from "./sealed_header.ts";
import type { OwnedSession, SessionPersistence } from "./session_persistence.ts";
import { StoreError } from "./store_error.ts";

/**
 * Opens a session in the store.
 *
 * @param create Whether to create the session if the store does not have it.
 * @returns The session; undefined if the store does not have it and `create` is false.
 * @throws {ProtocolError} `session_gone` if it has ended, `session_moved` if another process owns
 * it, `store_unavailable`
 */
export async function openSession(
  persistence: SessionPersistence,
  id: string,
  info: SessionInfo,
  create: boolean,
): Promise<OwnedSession | undefined> {
  try {
    const opening = await persistence.open(id, create ? headerOf(id, info) : undefined);
    switch (opening.kind) {
      case "owned":
        return opening.session;
      case "absent":
        return undefined;
      case "ended":
        throw new ProtocolError("Cannot open session: it has ended", "session_gone");
      case "held":
        throw new ProtocolError("Cannot open session: another process owns it", "session_moved");
    }
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    throw new ProtocolError(error.message, "store_unavailable", { cause: error });
  }
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
