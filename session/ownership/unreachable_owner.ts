import type { Ownership } from "../persistence/session_store.ts";

/** What a process has found out about the owner of a session, to which it could not relay a client. */
export interface UnreachableOwner {
  readonly owner: Ownership;
  /**
   * `dead`: the session may be seized. `silent`: the owner does not answer and may be alive, so that
   * it is asked through the store to release the session. `absent`: the owner answers that it does
   * not have the session, which it may just have released.
   */
  readonly state: "dead" | "silent" | "absent";
}
