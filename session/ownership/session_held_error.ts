import { ProtocolError } from "../../protocol/error.ts";
import type { Ownership, SessionKey } from "../persistence/session_store.ts";

/** A session that another live process owns. Its clients can be relayed to that process. */
export interface HeldSession {
  /** Key of the session. */
  readonly key: SessionKey;
  /** Its owner. */
  readonly owner: Ownership;
  /** Address at which other processes reach the owner, if any. */
  readonly address: string | undefined;
}

/** A session cannot be opened here, because another live process owns it. */
export class SessionHeldError extends ProtocolError {
  /** The session and its owner. */
  readonly held: HeldSession;

  /** Creates an error. Its code is `session_moved`, for clients that cannot be relayed. */
  constructor(held: HeldSession) {
    super("Cannot open session: another process owns it", "session_moved");
    this.held = held;
  }
}
