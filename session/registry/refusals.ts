import { ProtocolError } from "../../protocol/error.ts";
import type { SessionQuota } from "../limits/session_quota.ts";
import type { SessionObserver } from "../observability/observer.ts";
import { sessionLogger } from "../observability/session_log.ts";
import type { SessionInfo } from "./session_info.ts";

/** Returns the error for a client that wants to join the session of another user, and logs it. */
export function ownerMismatch(application: string | undefined, { user, address }: SessionInfo): ProtocolError {
  sessionLogger({ application, user, address }).warn(
    "Refused a user who wants to join the session of another; see shareSessions, and userId of the auth provider",
  );
  return new ProtocolError("Cannot join session: it belongs to another user", "session_owner_mismatch");
}

/** Returns the error for a client whose session has ended. */
export function sessionGone(): ProtocolError {
  return new ProtocolError("Cannot open session: the one of this token has ended", "session_gone");
}

/**
 * Takes a place in the quota for a new session. Reports a refusal.
 *
 * @returns A function that releases the place.
 * @throws {ProtocolError} `too_many_sessions`
 */
export function takeFromQuota(
  { quota, applicationPath: application }: {
    readonly quota?: SessionQuota | undefined;
    readonly applicationPath?: string | undefined;
  },
  { user, address }: SessionInfo,
  observer: SessionObserver,
): () => void {
  try {
    return quota?.take(address) ?? (() => {});
  } catch (error) {
    const { message: reason } = ProtocolError.from(error);
    sessionLogger({ application, user, address }).warn("Refused a session: {reason}", { reason });
    observer({ type: "sessionRefused", reason });
    throw error;
  }
}
