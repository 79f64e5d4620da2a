/**
 * The data of a session in a session store. The contents are opaque to the store.
 *
 * @module
 */

/** A document with its binary arrays, as bytes. */
export interface StoredDocument {
  /** The document, without its binary arrays. */
  readonly document: Uint8Array;
  /** Binary arrays by their names. */
  readonly buffers: ReadonlyMap<string, Uint8Array>;
}

/** The data of one session. */
export interface StoredSession {
  /** The {@linkcode OpenOptions.header} with which the session was created. */
  readonly header: Uint8Array;
  /** Digest of the fresh document: see `StoreMember.loadBase`. Undefined until it was set. */
  readonly base: string | undefined;
  /** The newest snapshot, if the journal was ever compacted. */
  readonly snapshot: StoredDocument | undefined;
  /** Journal entries since the snapshot, or since the beginning if there is none. */
  readonly entries: readonly Uint8Array[];
  /** Sequence number of the last entry, 0 before the first. */
  readonly seq: number;
}

/** Options of `StoreMember.open` and `StoreMember.seize`. */
export interface OpenOptions {
  /** Stored if the session is created: the encrypted request and user of the session. */
  readonly header: Uint8Array;
  /**
   * Time after which the store may remove the record, in milliseconds. It starts when the session
   * is opened, and again with each `StoreMember.renew` and with the release of the session.
   */
  readonly retentionMilliseconds: number;
  /**
   * Whether a record is created if there is none.
   *
   * @default {true}
   */
  readonly create?: boolean | undefined;
}

/** One entry of a session's journal. */
export interface JournalEntry {
  /** Sequence number: that of the previous entry plus one. The first entry has 1. */
  readonly seq: number;
  /** What one transaction changed. */
  readonly data: Uint8Array;
}

/** A snapshot that replaces the journal's entries up to its sequence number. */
export interface Snapshot {
  /** Sequence number of the last entry that it includes. */
  readonly seq: number;
  /** The document, without its binary arrays. */
  readonly document: Uint8Array;
  /**
   * Binary arrays by their names. Undefined keeps the array of the previous snapshot.
   */
  readonly buffers: ReadonlyMap<string, Uint8Array | undefined>;
}
