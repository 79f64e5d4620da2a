/**
 * Records the transactions of a session in its journal.
 *
 * @module
 */

import type { DocumentSync } from "../../document/document_sync.ts";
import type { DocumentPatchedEvent } from "../../document/events/events.ts";
import type { EncodedEvents } from "../../document/wire/encode_events.ts";
import { sharedColumnsOf } from "../../document/models/shared_sources.ts";
import type { WireBuffer } from "../../protocol/message.ts";
import { type StoredTheme, storeTheme } from "../../document/themes/stored_theme.ts";
import type { Theme } from "../../document/themes/theme.ts";
import { digest } from "./digest.ts";
import { fingerprintOf } from "./fingerprint.ts";
import { KeptArrays } from "./kept_arrays.ts";
import { Journal, type JournalOptions } from "./journal.ts";
import { encodeJournalContent, encodeSnapshotContent } from "./journal_entry.ts";
import type { OutputGate } from "./output_gate.ts";
import type { Snapshot } from "./stored_session.ts";

/** Maximum length of the application's session state as JSON, in characters. */
const MAX_STATE_LENGTH = 64 * 1024;

/** Options of {@linkcode SessionJournal}. */
export interface SessionJournalOptions extends Omit<JournalOptions, "snapshot" | "onSnapshotStored"> {
  readonly sync: DocumentSync;
  /** Reports an error of the application. */
  readonly onError: (error: unknown) => void;
  /** Receives the models that the application has added since the document was filled. */
  readonly onModelsAdded: (models: EncodedEvents["models"]) => void;
}

/** What a session does for its journal. */
export type JournalHost = Pick<
  SessionJournalOptions,
  "sync" | "clock" | "whenFree" | "onOpen" | "onUnavailable" | "onError"
>;

/**
 * Records the changes of each transaction as they are sent to a client that caused none of them.
 * Thus the journal is one more recipient of the document's models.
 */
export class SessionJournal {
  readonly #sync: DocumentSync;
  readonly #base: string;
  readonly #journal: Journal;
  readonly #onError: (error: unknown) => void;
  readonly #onModelsAdded: (models: EncodedEvents["models"]) => void;
  /** Identifies the journal among the recipients of models. */
  readonly recipient: object = {};
  readonly #arrays = new KeptArrays();
  #stateText: string | undefined;
  #theme: Theme | null;
  #jsCallbackCount: number;
  /** Whether it was reported that the state cannot be stored. */
  #hasReportedState = false;

  constructor(options: SessionJournalOptions) {
    this.#sync = options.sync;
    this.#onError = options.onError;
    this.#onModelsAdded = options.onModelsAdded;
    this.#base = options.base;
    this.#journal = new Journal({
      ...options,
      snapshot: (isWhole) => this.#snapshot(isWhole),
      onSnapshotStored: () => this.#arrays.noteStored(),
    });
    this.#stateText = this.#readState();
    this.#theme = options.sync.document.theme;
    this.#jsCallbackCount = options.sync.jsCallbackCount;
    this.#sync.noteSnapshot(this.recipient);
    this.#sync.takeRetainedChanges(); // from now on they are noted
    // When an event is recorded, a snapshot can contain its change already.
    this.#sync.onEvent((event) => this.#arrays.noteChange(event));
  }

  /** See {@linkcode JournalOptions.base}. */
  get base(): string {
    return this.#base;
  }

  /** Decides when frames may be sent to clients. */
  get gate(): OutputGate {
    return this.#journal.gate;
  }

  /** See {@linkcode Journal.unstoredBytes}. */
  get unstoredBytes(): number {
    return this.#journal.unstoredBytes;
  }

  /** See {@linkcode Journal.checkClaim}. */
  async checkClaim(): Promise<void> {
    await this.#journal.checkClaim();
  }

  /** See {@linkcode Journal.isFailing}. */
  get isFailing(): boolean {
    return this.#journal.isFailing;
  }

  /**
   * Records the events of a transaction.
   *
   * @param byClient Whether a client caused them. Then the client receives its reply only when they
   * are stored.
   * @param others The clients of the session.
   * @returns The number of bytes that are stored.
   */
  record(events: readonly DocumentPatchedEvent[], byClient: boolean, others: readonly object[]): number {
    if (this.#sync.jsCallbackCount !== this.#jsCallbackCount) {
      this.replaced(); // there is no event for it
      return 0;
    }
    const lasting = events.filter((event) => this.#isLasting(event));
    // Models are written as they are without a theme, so that a later theme applies to them.
    const encoded = lasting.length === 0 ? undefined : this.#sync.withTheme(null, () =>
      this.#sync.encode(lasting, {
        clients: [this.recipient],
        for: this.recipient,
        isServer: true,
        decodesDefinitions: true,
        omits: (model, attr) => this.#sync.isTransient(model, attr),
      }));
    const state = this.#changedState();
    const theme = this.#changedTheme();
    if (encoded !== undefined && encoded.models.size > 0) {
      this.#sync.noteSent(encoded.models, [this.recipient], others);
      this.#onModelsAdded(encoded.models);
    }
    const isUnchanged = encoded === undefined || encoded.events.length === 0;
    if (isUnchanged && state === undefined && theme === undefined) return 0;
    const { events: content = [], buffers = [] } = encoded ?? {};
    const { allocatedIds } = this.#sync;
    const retained = this.#sync.takeRetainedChanges();
    const shared = encoded === undefined ? [] : sharedColumnsOf(encoded.models);
    const entry = encodeJournalContent({ events: content, buffers, state, theme, allocatedIds, retained, shared });
    this.#journal.append(entry, byClient);
    this.#journal.compact();
    return entry.byteLength;
  }

  /** Records that the whole document was replaced. */
  replaced(): void {
    this.#journal.rewrite();
  }

  /** See {@linkcode Journal.flush}. */
  flush(signal?: AbortSignal, recordsAll?: () => boolean): Promise<boolean> {
    return this.#journal.flush(signal, recordsAll);
  }

  /** See {@linkcode Journal.restore}. */
  restore(): void {
    this.#journal.restore();
  }

  /** See {@linkcode Journal.close}. */
  close(): void {
    this.#journal.close();
  }

  #isLasting(event: DocumentPatchedEvent): boolean {
    if (event.kind === "MessageSent") return false;
    if (!("attr" in event)) return true;
    const { model, attr } = event;
    // A value that the model does not store is that of another theme. The theme itself is stored.
    const isThemed = event.kind === "ModelChanged" && model.rawValue(attr) === undefined;
    return !isThemed && !this.#sync.isTransient(model, attr);
  }

  #changedTheme(): StoredTheme | undefined {
    const { theme } = this.#sync.document;
    if (theme === this.#theme) return undefined;
    return storeTheme(this.#theme = theme);
  }

  #changedState(): Readonly<Record<string, unknown>> | undefined {
    const text = this.#readState();
    if (text === this.#stateText || text === undefined) return undefined;
    this.#stateText = text;
    return JSON.parse(text);
  }

  #readState(): string | undefined {
    const { sessionState } = this.#sync;
    if (sessionState === undefined) return undefined;
    try {
      const text = JSON.stringify(sessionState);
      if (text.length <= MAX_STATE_LENGTH) {
        this.#hasReportedState = false;
        return text;
      }
      throw new RangeError(
        `Cannot keep session state: it has ${text.length} characters as JSON, at most ${MAX_STATE_LENGTH} are kept`,
      );
    } catch (error) {
      if (!this.#hasReportedState) this.#onError(error); // it is read after each transaction
      this.#hasReportedState = true;
      return this.#stateText;
    }
  }

  #snapshot(isWhole: boolean): Omit<Snapshot, "seq"> {
    // Changes in a hold are in the document, and their events are not recorded yet.
    if (isWhole || this.#sync.document.hold_value !== null) this.#arrays.clear();
    const knownBuffer = (data: Uint8Array) => this.#arrays.idOf(data);
    const { doc, buffers } = this.#sync.withTheme(
      null,
      () => this.#sync.lastingSnapshot({ knownBuffer }),
    );
    const arrays = buffers.map(({ id, data }) => [id, knownBuffer(data) === undefined ? data : undefined] as const);
    this.#arrays.noteWritten(buffers);
    this.#jsCallbackCount = this.#sync.jsCallbackCount;
    this.#sync.noteSnapshot(this.recipient);
    const { allocatedIds, retainedEntries: retained } = this.#sync;
    const state = this.#stateText === undefined ? undefined : JSON.parse(this.#stateText);
    const theme = storeTheme(this.#theme = this.#sync.document.theme);
    const shared = sharedColumnsOf(this.#sync.document.models);
    const document = encodeSnapshotContent({ doc, state, theme, allocatedIds, retained, shared });
    return { document, buffers: new Map(arrays) };
  }
}

/** Returns binary arrays by their ids. */
export function bufferMap(buffers: readonly WireBuffer[]): ReadonlyMap<string, Uint8Array> {
  return new Map(buffers.map(({ id, data }) => [id, data]));
}

/** A fresh document: as the application has filled it, before any change. */
export interface FreshDocument {
  /** Digests of the whole document and of its shape, joined by a dot. Equal documents have equal ones. */
  readonly digest: string;
  readonly shape: string;
  readonly document: Uint8Array;
  readonly buffers: ReadonlyMap<string, Uint8Array>;
}

/**
 * Encodes a document that the application has just filled, and computes its digests.
 *
 * @param version Version of the application.
 */
export function freshDocument(sync: DocumentSync, version: string): FreshDocument {
  const { doc, buffers } = sync.withTheme(
    null,
    () => sync.lastingSnapshot({ numbersBuffers: true }),
  );
  const theme = storeTheme(sync.document.theme);
  const document = encodeSnapshotContent({ doc, theme, allocatedIds: sync.allocatedIds });
  const base = digest([document, ...buffers.map(({ data }) => data)]);
  const shape = fingerprintOf(doc, version);
  // Copied, because the document may change before they are stored.
  const copies = bufferMap(buffers.map(({ id, data }) => ({ id, data: data.slice() })));
  return { document, buffers: copies, digest: `${base}.${shape}`, shape };
}
