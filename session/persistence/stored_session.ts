/**
 * What a session store holds of a session. The contents are opaque to the store.
 *
 * @module
 */

/** A document with its binary arrays, as bytes. */
export interface StoredDocument {
  readonly document: Uint8Array;
  /** Binary arrays by their names. */
  readonly buffers: ReadonlyMap<string, Uint8Array>;
}

/** A session as the store has it. */
export interface StoredSession {
  /** What {@linkcode OpenOptions.header} was when the session was created. */
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
  /** Kept with a record that is created: the sealed request and user of the session. */
  readonly header: Uint8Array;
  /**
   * Time after which the store may drop the record, in milliseconds. It starts when the session is
   * opened, and again with each `StoreMember.renew` and with its release.
   */
  readonly retentionMilliseconds: number;
}

/** One entry of a session's journal. */
export interface JournalEntry {
  /** Its place in the journal: that of the entry before, plus one. The first has 1. */
  readonly seq: number;
  readonly data: Uint8Array;
}

/** A snapshot that replaces the journal's entries up to its sequence number. */
export interface Snapshot {
  /** Sequence number of the last entry that it includes. */
  readonly seq: number;
  readonly document: Uint8Array;
  /**
   * Binary arrays by their names; undefined means that the array of the snapshot before is kept.
   */
  readonly buffers: ReadonlyMap<string, Uint8Array | undefined>;
}
