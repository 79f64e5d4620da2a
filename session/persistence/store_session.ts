import type { LifecycleHooks } from "../../application/hooks.ts";
import { available } from "./available.ts";
import { describeDifferences } from "../../document/describe_differences.ts";
import { ProtocolError } from "../../protocol/error.ts";
import type { Session } from "../session.ts";
import { decodeSnapshotContent } from "./journal_entry.ts";
import { migrateSession, restoreSession, type ResumeOutcome } from "./resume.ts";
import { type FreshDocument, freshDocument, SessionJournal } from "./session_journal.ts";
import type { OwnedSession, SessionPersistence } from "./session_persistence.ts";
import { StoreError } from "./store_error.ts";
import type { StoredDocument, StoredSession } from "./stored_session.ts";

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
  const { member, journal: limits, memory, lostCallbacks } = persistence.options;
  let hasChanged = false;
  const stopWatching = session.sync.onEvent(() => void (hasChanged = true));
  const fresh = freshDocument(session.sync, member.node.build);
  const [outcome] = await available(Promise.all([
    restore(session, stored, fresh, { persistence, hooks }),
    stored?.base === undefined ? persistence.saveBase(claim, fresh) : undefined,
  ]));
  // A resumed session keeps its base: its entries describe differences from that.
  const base = outcome === "migrated" ? fresh.digest : stored?.base ?? fresh.digest;
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
      memory,
      onFenced: dropMoved,
      onModelsAdded,
    })
  );
  if (outcome !== undefined) session.log.info("Resumed a session ({outcome})", { outcome });
  stopWatching();
  // The journal has differences from the first fresh document, and misses what the application, for example after a
  // request of its own, has changed while this function waited.
  if (outcome === "adopted" || outcome === "migrated" || hasChanged) session.journal?.replaced();
  if (outcome === "migrated") void saveNewBase(session, () => persistence.saveBase(claim, fresh));
  return outcome;
}

/**
 * Records another fresh document when the store has the whole document. Until then, a process that
 * resumes the session needs the old one.
 */
async function saveNewBase({ journal, log }: Session, save: () => Promise<void>): Promise<void> {
  try {
    if (await journal?.flush()) await save();
  } catch (error) {
    log.warn("Cannot record the new document of a session: its application migrates it again: {error}", { error });
  }
}

/**
 * Restores a stored session.
 *
 * @throws {ProtocolError} `application_changed` if it cannot be restored.
 */
async function restore(
  session: Session,
  stored: StoredSession | undefined,
  fresh: FreshDocument,
  { persistence, hooks }: Pick<StoringOptions, "persistence" | "hooks">,
): Promise<ResumeOutcome | undefined> {
  if (stored === undefined) return undefined;
  const loadBase = (digest: string) => persistence.options.member.loadBase(digest);
  const { sync, log } = session;
  try {
    const outcome = await restoreSession(sync, stored, fresh, loadBase);
    if (outcome !== undefined) return outcome;
    const { onSessionResume } = hooks;
    if (onSessionResume !== undefined && await migrateSession(sync, stored, loadBase, onSessionResume)) {
      return "migrated";
    }
  } catch (error) {
    if (error instanceof StoreError) throw error;
    log.error("Cannot resume a session: {error}", { error });
    throw new ProtocolError("Cannot resume session: it cannot be read", "application_changed", { cause: error });
  }
  const before = stored.base === undefined ? undefined : await loadBase(stored.base);
  log.error(
    "Cannot resume a session: the application creates other models than before, or has another version. Its page must be reloaded. {changes}",
    { changes: before === undefined ? "" : changesOf(before, fresh) },
  );
  throw new ProtocolError("Cannot resume session: the application has changed", "application_changed");
}

/** Maximum number of differences in a log line. */
const MAX_CHANGES = 5;

/** Describes the differences between two fresh documents. */
function changesOf(before: StoredDocument, after: FreshDocument): string {
  const [old, now] = [before, after].map(({ document }) => decodeSnapshotContent(document).doc);
  const lines = describeDifferences(old!, now!);
  const ofModels = lines.filter((line) => line.includes(": it "));
  return (ofModels.length > 0 ? ofModels : lines).slice(0, MAX_CHANGES).join("; ");
}
