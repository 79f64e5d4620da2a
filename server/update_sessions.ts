import type { Document } from "../document/document.ts";
import type { Session } from "../session/session.ts";

/**
 * Calls a function with the document of each session, while it holds the session's lock.
 *
 * @throws {AggregateError} If the function throws for one or more sessions. All sessions are
 * updated before.
 */
export async function updateAll(
  sessions: readonly Session[],
  update: (doc: Document) => void | Promise<void>,
): Promise<void> {
  const updates = sessions.map((session) => session.transact({}, () => update(session.document)));
  const failures = (await Promise.allSettled(updates)).filter((result) => result.status === "rejected");
  if (failures.length > 0) throw new AggregateError(failures.map(({ reason }) => reason), "Cannot update all sessions");
}
