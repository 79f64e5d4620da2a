/**
 * The interface of session stores. A store keeps sessions so that they survive the end of their
 * process, and knows which process owns each session.
 *
 * A store has one record for each session. The record names its owner and an epoch, a random text
 * that changes with each owner. Each write contains the epoch that its writer received, and the
 * store refuses any other (fencing). Safety depends only on this comparison, and on no clock. The
 * contents of a record (header, journal entries, snapshots) are opaque to the store.
 *
 * @module
 */

import type { SharedLogKey, SharedLogs } from "./shared_log.ts";
import type { JournalEntry, OpenOptions, Snapshot, StoredDocument, StoredSession } from "./stored_session.ts";

/**
 * Key of a session in a store: a digest of its application and its id, 22 characters of base64url.
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

/** A store that keeps sessions so that they survive the end of their process. */
export interface SessionStore extends AsyncDisposable {
  /** Whether processes of other machines can reach it. Then session ids must be signed. */
  readonly isRemote: boolean;
  /**
   * Joins the processes that share the sessions. The member renews its lease until it is disposed
   * of.
   *
   * @throws {StoreError} `unavailable` if the store cannot be reached.
   */
  join(node: StoreNode): Promise<StoreMember>;
}

/** The owner of a session: a process, and the epoch since which it owns the session. */
export interface Ownership {
  /** Id of the process. */
  readonly node: string;
  /** Random text that changes with each owner. */
  readonly epoch: string;
}

/** The right to write a session, valid until another process opens or seizes it. */
export interface Claim extends Ownership {
  /** Name of the session in the store. */
  readonly key: SessionKey;
}

/**
 * Result of opening a session: it was created, it was taken from an owner that had released it,
 * another process owns it, or it was destroyed.
 */
export type Opening =
  | { readonly kind: "created"; readonly claim: Claim }
  | { readonly kind: "taken"; readonly claim: Claim; readonly session: StoredSession }
  | { readonly kind: "held"; readonly owner: Ownership }
  /** There is no record, and none was to be created. */
  | { readonly kind: "absent" }
  | { readonly kind: "ended" };

/**
 * Result of looking a session up: a process owns it, it was released, or there is none, because it
 * was never created or was destroyed.
 */
export type Finding =
  | { readonly kind: "held"; readonly owner: Ownership }
  | { readonly kind: "released" | "absent" };

/** An event in the store that concerns this process. */
export type StoreNotice =
  /** Another process has taken a session over: this process's claim is invalid. */
  | { readonly kind: "fenced"; readonly key: SessionKey; readonly epoch: string }
  /**
   * Another process has a client of a session and cannot reach this process, which owns the session
   * and may release it.
   */
  | { readonly kind: "handOverRequested"; readonly key: SessionKey; readonly epoch: string; readonly by: string }
  /**
   * The store has lost its data: owners write their sessions again with
   * {@linkcode StoreMember.restore}.
   */
  | { readonly kind: "emptied" }
  /** A process has appended changes to a log of shared data. A notice may stand for several. */
  | { readonly kind: "sharedDataChanged"; readonly key: SharedLogKey }
  /**
   * This process was cut off from the store, or did not run, so that notices may be lost and other processes may have
   * taken sessions over: owners check their claims.
   */
  | { readonly kind: "interrupted" };

/** A process's access to the store. */
export interface StoreMember extends AsyncDisposable {
  /** The process. */
  readonly node: StoreNode;
  /**
   * Whether the store has confirmed this process's lease within the lease's lifetime, by this
   * process's monotonic clock. While it is false, other processes may treat this process as dead.
   */
  readonly isLeaseCurrent: boolean;
  /** The logs of shared data. */
  readonly sharedLogs: SharedLogs;
  /**
   * Opens a session. Creates its record if there is none, unless the options say otherwise, and
   * takes it if its owner released it.
   *
   * @throws {StoreError} `unavailable`
   */
  open(key: SessionKey, options: OpenOptions): Promise<Opening>;
  /**
   * Returns which process owns a session, without opening it.
   *
   * @throws {StoreError} `unavailable`
   */
  find(key: SessionKey): Promise<Finding>;
  /**
   * Takes a session from an owner that is dead. Returns the same as {@linkcode open} if another
   * process has taken it first.
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
   * Appends an entry to the journal. Does nothing if the journal has an entry with the same
   * sequence number, so that an append whose response was lost can be repeated.
   *
   * @throws {StoreError} `fenced`; `behind` if the store lacks entries before this one; `missing`;
   * `unavailable`
   */
  append(claim: Claim, entry: JournalEntry): Promise<void>;
  /**
   * Writes a snapshot and removes the journal entries that it includes. Repairs a journal that
   * lacks entries.
   *
   * @throws {StoreError} `fenced`; `missing` if the store has no record, or does not have an array
   * that the snapshot keeps; `unavailable`
   */
  replace(claim: Claim, snapshot: Snapshot): Promise<void>;
  /**
   * Writes the record of a session again after the store lost it. The claim stays valid. If the
   * record exists, the same as {@linkcode replace}.
   *
   * @throws {StoreError} `fenced` if another process has created it meanwhile; `unavailable`
   */
  restore(claim: Claim, options: OpenOptions, snapshot: Snapshot): Promise<void>;
  /**
   * Releases a session: the next process that opens it takes it.
   *
   * @throws {StoreError} `fenced`, `missing`, `unavailable`
   */
  release(claim: Claim): Promise<void>;
  /**
   * Destroys a session. For the given time, in milliseconds, opening it returns `ended`.
   *
   * @throws {StoreError} `fenced`, `missing`, `unavailable`
   */
  end(claim: Claim, rememberMilliseconds: number): Promise<void>;
  /**
   * Returns a fresh document by its digest, or undefined.
   *
   * @throws {StoreError} `unavailable`
   */
  loadBase(digest: string): Promise<StoredDocument | undefined>;
  /**
   * Saves a fresh document once for all sessions that start with it, and renews its retention time.
   *
   * @throws {StoreError} `unavailable`
   */
  saveBase(digest: string, base: StoredDocument, retentionMilliseconds: number): Promise<void>;
  /**
   * Renews the time after which the store may remove these fresh documents. Ignores those that it
   * does not have.
   *
   * @throws {StoreError} `unavailable`
   */
  renewBases(digests: Iterable<string>, retentionMilliseconds: number): Promise<void>;
  /**
   * Asks the owner of a session to release it. Returns whether the session received another epoch
   * before the timeout.
   *
   * @throws {StoreError} `unavailable`
   */
  requestHandOver(key: SessionKey, from: Ownership, timeoutMilliseconds: number): Promise<boolean>;
  /**
   * Renews the time after which the store may remove the records of these sessions.
   *
   * @throws {StoreError} `unavailable`
   */
  renew(keys: Iterable<SessionKey>, retentionMilliseconds: number): Promise<void>;
  /** Adds a listener for notices. Returns a function that removes it. */
  onNotice(listener: (notice: StoreNotice) => void): () => void;
}
