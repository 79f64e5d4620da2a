import { ProtocolError } from "../../protocol/error.ts";
import type { Session } from "../session.ts";
import { restoreSession, type ResumeOutcome } from "./resume.ts";
import { freshDocument } from "./session_journal.ts";
import type { OwnedSession, SessionPersistence } from "./session_persistence.ts";

/**
 * Resumes a session if the store has it, and records its changes in the store from now on. The
 * application must have filled the document, and the session must not have started.
 *
 * @param dropMoved Called when another process has taken the session over.
 * @returns How it was resumed. Undefined for a new session.
 * @throws {ProtocolError} `application_changed` if it cannot be resumed, `store_unavailable`
 */
export async function storeSession(
  session: Session,
  { claim, record, stored }: OwnedSession,
  persistence: SessionPersistence,
  dropMoved: () => void,
): Promise<ResumeOutcome | undefined> {
  const { member, journal: limits } = persistence.options;
  const fresh = await freshDocument(session.sync);
  const outcome = stored && await restoreSession(session.sync, stored, fresh, (digest) => member.loadBase(digest));
  if (stored !== undefined && outcome === undefined) {
    session.log.error(
      "Cannot resume a session: the application creates other models than before. Its page must be reloaded",
    );
    throw new ProtocolError("Cannot resume session: the application has changed", "application_changed");
  }
  await persistence.saveBase(claim, fresh, outcome);
  const entries = stored?.entries ?? [];
  const bytes = entries.reduce((sum, entry) => sum + entry.byteLength, 0);
  session.storeTo(
    { member, claim, record, seq: stored?.seq ?? 0, stored: { entries: entries.length, bytes }, limits },
    dropMoved,
  );
  if (outcome !== undefined) session.log.info("Resumed a session ({outcome})", { outcome });
  // The journal describes differences from the document that the application has filled before.
  if (outcome === "adopted") session.journal?.replaced();
  return outcome;
}
