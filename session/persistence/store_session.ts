import type { LifecycleHooks } from "../../application/hooks.ts";
import { ProtocolError } from "../../protocol/error.ts";
import type { Session } from "../session.ts";
import { restoreSession, type ResumeOutcome } from "./resume.ts";
import { type FreshDocument, freshDocument, SessionJournal } from "./session_journal.ts";
import type { OwnedSession, SessionPersistence } from "./session_persistence.ts";
import type { StoreMember } from "./session_store.ts";
import { StoreError } from "./store_error.ts";
import type { StoredSession } from "./stored_session.ts";

/** Options of {@linkcode storeSession}. */
interface StoringOptions {
  readonly persistence: SessionPersistence;
  /** Hooks of the session's application. */
  readonly hooks: LifecycleHooks;
  /** Called when another process has taken the session over. */
  readonly dropMoved: () => void;
}

/**
 * Resumes a session if the store has it, and records its changes in the store from now on. The
 * application must have filled the document, and the session must not have started.
 *
 * @returns How it was resumed. Undefined for a new session.
 * @throws {ProtocolError} `application_changed` if it cannot be resumed, `store_unavailable`
 */
export async function storeSession(
  session: Session,
  { claim, record, stored }: OwnedSession,
  { persistence, hooks, dropMoved }: StoringOptions,
): Promise<ResumeOutcome | undefined> {
  const { member, journal: limits, lostCallbacks } = persistence.options;
  let hasChanged = false;
  const stopWatching = session.sync.onEvent(() => void (hasChanged = true));
  const fresh = await freshDocument(session.sync);
  const outcome = await available(restore(session, stored, fresh, member));
  if (stored !== undefined && outcome === undefined) {
    session.log.error(
      "Cannot resume a session: the application creates other models than before. Its page must be reloaded",
    );
    throw new ProtocolError("Cannot resume session: the application has changed", "application_changed");
  }
  // A resumed session keeps its base: its entries describe differences from that.
  const base = stored?.base ?? fresh.digest;
  if (stored?.base === undefined) await available(persistence.saveBase(claim, fresh));
  const entries = stored?.entries ?? [];
  const bytes = entries.reduce((sum, entry) => sum + entry.byteLength, 0);
  const onModelsAdded = lostCallbacks?.watch(session, hooks) ?? (() => {});
  session.storeTo((host) =>
    new SessionJournal({
      ...host,
      member,
      claim,
      record,
      base,
      seq: stored?.seq ?? 0,
      stored: { entries: entries.length, bytes },
      limits,
      onFenced: dropMoved,
      onModelsAdded,
    })
  );
  if (outcome !== undefined) session.log.info("Resumed a session ({outcome})", { outcome });
  stopWatching();
  // The journal has differences from the first fresh document, and misses what the application, for example after a
  // request of its own, has changed while this function waited.
  if (outcome === "adopted" || hasChanged) session.journal?.replaced();
  return outcome;
}

async function restore(
  session: Session,
  stored: StoredSession | undefined,
  fresh: FreshDocument,
  member: StoreMember,
): Promise<ResumeOutcome | undefined> {
  try {
    return stored && await restoreSession(session.sync, stored, fresh, (digest) => member.loadBase(digest));
  } catch (error) {
    if (error instanceof StoreError) throw error;
    session.log.error("Cannot resume a session: what the store has of it cannot be read: {error}", { error });
    throw new ProtocolError("Cannot resume session: it cannot be read", "application_changed", { cause: error });
  }
}

/** Reports a failure of the store to the client that opens the session. */
async function available<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    const code = error.code === "fenced" ? "session_moved" : "store_unavailable";
    throw new ProtocolError(error.message, code, { cause: error });
  }
}
