/**
 * Restores the stored state of a session in a document that the application has filled again.
 *
 * @module
 */

import { getLogger } from "@logtape/logtape";
import { Document } from "../../document/document.ts";
import { applyDifference, type ReceivedDocument } from "../../document/difference.ts";
import { type DocumentSync, syncOf } from "../../document/document_sync.ts";
import { restoreTheme } from "../../document/themes/stored_theme.ts";
import { showSharedColumns } from "../../document/models/shared_sources.ts";
import { shapeOf } from "./fingerprint.ts";
import type { ModelRep } from "../../document/wire/model_rep.ts";
import { decodeJournalContent, decodeSnapshotContent, type SessionState } from "./journal_entry.ts";
import { bufferMap, type FreshDocument } from "./session_journal.ts";
import type { StoredDocument, StoredSession } from "./stored_session.ts";

const logger = getLogger(["bokeh", "server"]);

/**
 * How a session was resumed. `exact`: the application filled the document with the same values as
 * before, and the stored changes were applied to it. `adopted`: the application filled it with
 * other values, and the stored document replaced them. `migrated`: the application filled it with
 * other models, and its hook `onSessionResume` transferred the stored values.
 */
export type ResumeOutcome = "exact" | "adopted" | "migrated";

/**
 * The source of the changes that resume a session. Changes without a source may not set attributes
 * that only clients set.
 */
const STORE = {};

/**
 * Restores a stored session. No callback runs and no event is emitted.
 *
 * @param fresh The document as the application has filled it now.
 * @param loadBase Loads the document as the application had filled it before.
 * @returns How it was restored. Undefined if the application now creates other models; then nothing
 * was changed.
 */
export async function restoreSession(
  sync: DocumentSync,
  stored: StoredSession,
  fresh: FreshDocument,
  loadBase: (digest: string) => Promise<StoredDocument | undefined>,
): Promise<ResumeOutcome | undefined> {
  const { base, snapshot, entries } = stored;
  // Without a base, the process ended before the document was filled for the first time.
  if (base === undefined || base === fresh.digest) {
    let restored: readonly (SessionState | undefined)[] = [];
    sync.restore(() => {
      const states = [snapshot && applySnapshot(sync, snapshot), ...entries.map((entry) => applyEntry(sync, entry))];
      restoreState(sync, states);
      restoreShared(sync, states);
      restored = states;
    });
    restoreRetained(sync, restored);
    return "exact";
  }
  if (shapeOf(base) !== fresh.shape) return undefined;
  const saved = await savedDocument(stored, loadBase);
  if (saved === undefined) return undefined;
  adopt(sync, saved);
  return "adopted";
}

/** A stored document with all its changes, and the session's other states in their order. */
interface SavedDocument {
  readonly document: Document;
  readonly states: readonly SessionState[];
}

/**
 * Builds a stored document apart from the session.
 *
 * @returns The document. Undefined if the store does not have it any more.
 */
async function savedDocument(
  { base, snapshot, entries }: StoredSession,
  loadBase: (digest: string) => Promise<StoredDocument | undefined>,
): Promise<SavedDocument | undefined> {
  const whole = snapshot ?? (base === undefined ? undefined : await loadBase(base));
  if (whole === undefined) return undefined;
  const document = new Document();
  const sync = syncOf(document);
  const states: SessionState[] = [];
  sync.restore(() => {
    const { doc, ...state } = decodeSnapshotContent(whole.document);
    applyTheme(sync, state);
    sync.replaceWith(doc, whole.buffers, STORE);
    states.push(state, ...entries.map((entry) => applyEntry(sync, entry)));
  });
  return { document, states };
}

/** Applies the difference to a stored document. */
function adopt(sync: DocumentSync, { document, states }: SavedDocument): void {
  const scratch = syncOf(document);
  const { doc, buffers } = scratch.withTheme(null, () => scratch.snapshot());
  sync.restore(() => {
    sync.document.theme = document.theme;
    applyDocument(sync, { doc, buffers: bufferMap(buffers) });
    restoreState(sync, states);
    restoreShared(sync, states);
  });
  restoreRetained(sync, states);
}

/**
 * Lets an application transfer a stored session to a document with other models.
 *
 * @param transfer Receives the stored and the new document. Returns whether the session goes on.
 * @returns Whether the session goes on.
 */
export async function migrateSession(
  sync: DocumentSync,
  stored: StoredSession,
  loadBase: (digest: string) => Promise<StoredDocument | undefined>,
  transfer: (saved: Document, document: Document) => boolean | Promise<boolean>,
): Promise<boolean> {
  const saved = await savedDocument(stored, loadBase);
  if (saved === undefined) return false;
  restoreState(sync, saved.states);
  const goesOn = await sync.runAs(() => transfer(saved.document, sync.document));
  if (!sync.isSettled) await sync.settled();
  return goesOn === true; // whatever a hook in JavaScript returns
}

function applySnapshot(sync: DocumentSync, snapshot: StoredDocument): SessionState {
  const { doc, ...state } = decodeSnapshotContent(snapshot.document);
  applyTheme(sync, state);
  applyDocument(sync, { doc, buffers: snapshot.buffers });
  return state;
}

/** Makes a document equal to a stored one. Keeps the application's models unless a client has pushed a document. */
function applyDocument(sync: DocumentSync, { doc, buffers }: ReceivedDocument): void {
  const isPushed = (doc.config as Partial<ModelRep> | undefined)?.id !== sync.document.config.id;
  if (isPushed) sync.replaceWith(doc, buffers, STORE);
  else applyDifference(sync, { doc, buffers }, STORE, (model, attr) => sync.isTransient(model, attr));
}

function applyEntry(sync: DocumentSync, entry: Uint8Array): SessionState {
  const { events, buffers, ...state } = decodeJournalContent(entry);
  applyTheme(sync, state);
  if (events.length > 0) sync.applyPatch(events, buffers, STORE);
  return state;
}

function applyTheme(sync: DocumentSync, { theme }: SessionState): void {
  if (theme !== undefined) sync.document.theme = restoreTheme(theme);
}

function restoreState(sync: DocumentSync, states: readonly (SessionState | undefined)[]): void {
  const allocatedIds = Math.max(...states.map((state) => state?.allocatedIds ?? 0), sync.allocatedIds);
  sync.allocatedIds = allocatedIds;
  const last = states.findLast((state) => state?.state !== undefined)?.state;
  if (last !== undefined) sync.restoreSessionState(last);
}

/** Shows the columns of shared sources, which are not stored, in the data sources that showed them. */
function restoreShared(sync: DocumentSync, states: readonly (SessionState | undefined)[]): void {
  for (const name of showSharedColumns(sync.document, states.flatMap((state) => state?.shared ?? []))) {
    logger.warn("A resumed session shows no columns of shared source {name}: the program has none of that name", {
      name,
    });
  }
}

/** Counts again what clients made the document keep. They receive no new allowance by connecting to another process. */
function restoreRetained(sync: DocumentSync, states: readonly (SessionState | undefined)[]): void {
  for (const state of states) sync.restoreRetained(state?.retained ?? []);
}
