/**
 * The interface of a store's logs of shared data. Servers of one store change shared data in the same order, because
 * each change is an entry of a log, and a server applies only what it has read from the log.
 *
 * A log has a state, which a server has written, and the changes after it. A log that the store has lost is created
 * again with another history, so that no server takes its position in the old one for a position in the new one.
 *
 * @module
 */

/** Key of a log: a digest of the name of the data, 22 characters of base64url. */
export type SharedLogKey = string;

/** A position in a log: after this number of changes. */
export interface SharedLogPosition {
  /** Random text of the log, which changes when the log is created again. */
  readonly history: string;
  /** Number of changes before the position. */
  readonly seq: number;
}

/** What a server reads from a log. Its position is after the changes. */
export interface SharedLogReading extends SharedLogPosition {
  /** The state before the changes, as JSON; undefined if the changes follow the position of the reader. */
  readonly state: string | undefined;
  /** The changes, as JSON. */
  readonly changes: readonly string[];
}

/** Changes that a server appends together. */
export interface SharedLogBatch {
  /** Random id of the server's process. */
  readonly writer: string;
  /** Number of the batch, which increases with each batch of the writer. */
  readonly number: number;
  /** The changes, as JSON. */
  readonly changes: readonly string[];
}

/** The end of a log. */
export interface SharedLogEnd extends SharedLogPosition {
  /** Length of the changes after the state, in characters or bytes. */
  readonly length: number;
}

/** A process's access to the logs of a store. */
export interface SharedLogs {
  /**
   * Creates a log with a state. Does nothing if there is one.
   *
   * @throws {StoreError} `unavailable`
   */
  create(key: SharedLogKey, state: string, retentionMilliseconds: number): Promise<void>;
  /**
   * Appends changes, and returns the end of the log after them; undefined if there is no log. Appends nothing if the
   * writer has already appended a batch with this number, so that a call whose response was lost can be repeated.
   *
   * @throws {StoreError} `unavailable`
   */
  append(key: SharedLogKey, batch: SharedLogBatch): Promise<SharedLogEnd | undefined>;
  /**
   * Returns what follows a position: the changes, or a state and the changes after it if the log no longer has all of
   * them, or has another history. Returns undefined if there is no log.
   *
   * @throws {StoreError} `unavailable`
   */
  read(key: SharedLogKey, after: SharedLogPosition | undefined): Promise<SharedLogReading | undefined>;
  /**
   * Replaces the changes before a position by a state. Does nothing if the log has a newer state or another history.
   *
   * @throws {StoreError} `unavailable`
   */
  compact(key: SharedLogKey, position: SharedLogPosition, state: string): Promise<void>;
  /**
   * Renews the time after which the store may remove these logs.
   *
   * @throws {StoreError} `unavailable`
   */
  renew(keys: Iterable<SharedLogKey>, retentionMilliseconds: number): Promise<void>;
}
