import type { Document } from "../document/document.ts";
import type { Session } from "../session/session.ts";

/** What `BokehServer.updateSessions` has reached. */
export interface UpdatedSessions {
  /** Number of the sessions of this process, which were all updated. */
  readonly sessions: number;
  /**
   * Number of the other processes of this `--num-procs`. Their sessions were not updated, because a
   * function cannot be sent to another process: `sharedValue` and `sharedSource` reach all of them.
   * Other servers of a session store are not counted.
   */
  readonly otherProcesses: number;
}

/**
 * Calls a function with the document of each session, while it holds the session's lock.
 *
 * @throws {AggregateError} If the function throws for one or more sessions. All sessions are
 * updated before.
 */
export async function updateAll(
  sessions: readonly Session[],
  update: (doc: Document) => void | Promise<void>,
  otherProcesses: number,
): Promise<UpdatedSessions> {
  const updates = sessions.map((session) => session.transact({}, () => update(session.document)));
  const failures = (await Promise.allSettled(updates)).filter((result) => result.status === "rejected");
  if (failures.length > 0) throw new AggregateError(failures.map(({ reason }) => reason), "Cannot update all sessions");
  return { sessions: sessions.length, otherProcesses };
}
