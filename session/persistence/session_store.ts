/**
 * The port to a session store: where sessions are kept so that they outlive their process, and the
 * directory that says which process owns a session.
 *
 * A store holds one record for each session. The record names its owner and an epoch, a random
 * number that changes with each owner. Each write carries the epoch that its writer was given, and
 * the store refuses another one: safety rests on this comparison alone, and on no clock. What a
 * record holds (its header, journal entries, snapshots) is opaque to the store.
 *
 * @module
 */

import type { JournalEntry, OpenOptions, Snapshot, StoredDocument, StoredSession } from "./stored_session.ts";

/**
 * Names a session in a store: 22 characters of base64url, a digest of its application and its id.
 */
export type SessionKey = string;

/** A process that shares the sessions of a store. */
export interface StoreNode {
  /** Random id of the process. A restarted process has another one. */
  readonly id: string;
  /** Address at which the other processes reach it, if any. */
  readonly address?: string | undefined;
  /** Version of the applications that it serves. */
  readonly build: string;
}

/** Where sessions are kept so that they outlive their process. */
export interface SessionStore extends AsyncDisposable {
  /**
   * Joins the processes that share the sessions. The member renews its lease until it is disposed
   * of.
   *
   * @throws {StoreError} `unavailable` if the store cannot be reached.
   */
  join(node: StoreNode): Promise<StoreMember>;
}

/** The present owner of a session: a process, and the epoch in which it became the owner. */
export interface Ownership {
  readonly node: string;
  readonly epoch: string;
}

/** The right to write a session, valid until another process opens or seizes it. */
export interface Claim extends Ownership {
  readonly key: SessionKey;
}

/** What opening a session gives. */
export type Opening =
  | { readonly kind: "created"; readonly claim: Claim }
  | { readonly kind: "taken"; readonly claim: Claim; readonly session: StoredSession }
  | { readonly kind: "held"; readonly owner: Ownership }
  | { readonly kind: "ended" };

/** Something that happened in the store and concerns this process. */
export type StoreNotice =
  /** Another process took a session over: its claim is void. */
  | { readonly kind: "fenced"; readonly key: SessionKey; readonly epoch: string }
  /**
   * Another process received a client of a session and cannot reach this one: the owner may release
   * the session.
   */
  | { readonly kind: "handOverRequested"; readonly key: SessionKey; readonly epoch: string; readonly by: string }
  /**
   * The store lost its data: owners write their sessions again with
   * {@linkcode StoreMember.restore}.
   */
  | { readonly kind: "emptied" };

/** A process's access to the store. */
export interface StoreMember extends AsyncDisposable {
  readonly node: StoreNode;
  /**
   * Whether the store has confirmed this process's lease within the lease's lifetime, by this
   * process's monotonic clock. While it is false, others may believe that this process is dead.
   */
  readonly isLeaseCurrent: boolean;
  /**
   * Opens a session. Creates its record if there is none, and takes it if its owner released it.
   *
   * @throws {StoreError} `unavailable`
   */
  open(key: SessionKey, options: OpenOptions): Promise<Opening>;
  /**
   * Takes a session from an owner that is dead; gives the same as {@linkcode open} if another
   * process was faster.
   *
   * @throws {StoreError} `unavailable`
   */
  seize(key: SessionKey, from: Ownership, options: OpenOptions): Promise<Opening>;
  /**
   * Returns a process whose lease is current, or undefined.
   *
   * @throws {StoreError} `unavailable`
   */
  findNode(id: string): Promise<StoreNode | undefined>;
  /**
   * Records the digest of a session's fresh document.
   *
   * @throws {StoreError} `fenced`, `missing`, `unavailable`
   */
  setBase(claim: Claim, digest: string): Promise<void>;
  /**
   * Appends an entry to the journal. Does nothing if an entry of its sequence number is there, so
   * that an append whose answer was lost can be repeated.
   *
   * @throws {StoreError} `fenced`; `behind` if the store lacks entries before this one; `missing`;
   * `unavailable`
   */
  append(claim: Claim, entry: JournalEntry): Promise<void>;
  /**
   * Writes a snapshot and drops the journal's entries that it includes. Repairs a journal that is
   * behind.
   *
   * @throws {StoreError} `fenced`; `missing` if the store has no record, or not an array that it is
   * told to keep; `unavailable`
   */
  replace(claim: Claim, snapshot: Snapshot): Promise<void>;
  /**
   * Writes the record of a session again after the store lost it. The claim stays valid. Does
   * nothing but {@linkcode replace} if the record is there.
   *
   * @throws {StoreError} `fenced` if another process has created it meanwhile; `unavailable`
   */
  restore(claim: Claim, options: OpenOptions, snapshot: Snapshot): Promise<void>;
  /**
   * Gives a session up: the next process that opens it takes it.
   *
   * @throws {StoreError} `fenced`, `missing`, `unavailable`
   */
  release(claim: Claim): Promise<void>;
  /**
   * Ends a session for good. Opening it gives `ended` for the given time, in milliseconds.
   *
   * @throws {StoreError} `fenced`, `missing`, `unavailable`
   */
  end(claim: Claim, rememberMilliseconds: number): Promise<void>;
  /**
   * Returns a fresh document that was saved by its digest, or undefined.
   *
   * @throws {StoreError} `unavailable`
   */
  loadBase(digest: string): Promise<StoredDocument | undefined>;
  /**
   * Saves a fresh document once for all sessions that begin with it, and renews its time in the
   * store.
   *
   * @throws {StoreError} `unavailable`
   */
  saveBase(digest: string, base: StoredDocument, retentionMilliseconds: number): Promise<void>;
  /**
   * Asks the owner of a session to release it. Returns whether the session has another epoch within
   * the time given.
   *
   * @throws {StoreError} `unavailable`
   */
  requestHandOver(key: SessionKey, from: Ownership, timeoutMilliseconds: number): Promise<boolean>;
  /**
   * Renews the time after which the store may drop the records of these sessions.
   *
   * @throws {StoreError} `unavailable`
   */
  renew(keys: Iterable<SessionKey>, retentionMilliseconds: number): Promise<void>;
  /** Calls a listener with what happens in the store. Returns a function that removes it. */
  onNotice(listener: (notice: StoreNotice) => void): () => void;
}
