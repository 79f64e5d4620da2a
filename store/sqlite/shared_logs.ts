import type {
  SharedLogBatch,
  SharedLogEnd,
  SharedLogKey,
  SharedLogPosition,
  SharedLogReading,
  SharedLogs,
} from "../../session/persistence/shared_log.ts";
import { newEpoch } from "../epoch.ts";
import type { Statements } from "./statements.ts";

/** Runs a function in a transaction. */
export type Transact = <T>(fn: () => T) => T;

interface LogRow extends SharedLogPosition {
  readonly state_seq: number;
  readonly length: number;
}

/** The logs of shared data in an SQLite file. */
export class SqliteSharedLogs implements SharedLogs {
  readonly #sql: Statements;
  readonly #transaction: Transact;
  /** The ends of the logs when they were last checked for changes. */
  readonly #seen = new Map<SharedLogKey, SharedLogPosition>();

  /** Creates the access to the logs of a file. */
  constructor(sql: Statements, transaction: Transact) {
    this.#sql = sql;
    this.#transaction = transaction;
  }

  // deno-lint-ignore require-await -- the interface is asynchronous, and errors are rejections
  async create(key: SharedLogKey, state: string, retentionMilliseconds: number): Promise<void> {
    this.#transaction(() => {
      if (this.#find(key) !== undefined) return;
      this.dropExpired();
      this.#sql.createLog.run(key, newEpoch(), state, Date.now() + retentionMilliseconds);
    });
  }

  // deno-lint-ignore require-await -- as above
  async append(key: SharedLogKey, { writer, number, changes }: SharedLogBatch): Promise<SharedLogEnd | undefined> {
    return this.#transaction(() => {
      const log = this.#find(key);
      if (log === undefined) return undefined;
      const last = this.#sql.lastBatch.get(key, writer) as { number: number } | undefined;
      const { history } = log;
      let { seq, length } = log;
      if (last !== undefined && last.number >= number) return { history, seq, length };
      for (const change of changes) {
        this.#sql.appendChange.run(key, ++seq, change);
        length += change.length;
      }
      this.#sql.advanceLog.run(seq, length, key);
      this.#sql.noteBatch.run(key, writer, number);
      return { history, seq, length };
    });
  }

  // deno-lint-ignore require-await -- as above
  async read(key: SharedLogKey, after: SharedLogPosition | undefined): Promise<SharedLogReading | undefined> {
    return this.#transaction(() => {
      const log = this.#find(key);
      if (log === undefined) return undefined;
      const { history, seq, state_seq: stateSeq } = log;
      const follows = after?.history === history && after.seq >= stateSeq;
      const state = follows ? undefined : (this.#sql.logState.get(key) as { state: string }).state;
      const rows = this.#sql.changes.all(key, follows ? after.seq : stateSeq) as unknown as { change: string }[];
      return { history, seq, state, changes: rows.map(({ change }) => change) };
    });
  }

  // deno-lint-ignore require-await -- as above
  async compact(key: SharedLogKey, { history, seq }: SharedLogPosition, state: string): Promise<void> {
    this.#transaction(() => {
      const log = this.#find(key);
      if (log?.history !== history || seq <= log.state_seq || seq > log.seq) return;
      this.#sql.dropChanges.run(key, seq);
      const { length } = this.#sql.lengthOfChanges.get(key) as { length: number };
      this.#sql.compactLog.run(state, seq, length, key);
    });
  }

  // deno-lint-ignore require-await -- as above
  async renew(keys: Iterable<SharedLogKey>, retentionMilliseconds: number): Promise<void> {
    this.#transaction(() => {
      for (const key of keys) this.#sql.renewLog.run(Date.now() + retentionMilliseconds, key);
    });
  }

  /** Returns the logs that have changed since the last call. */
  changed(): SharedLogKey[] {
    const ends = this.#sql.logEnds.all() as unknown as (SharedLogPosition & { key: SharedLogKey })[];
    const changed = ends.filter(({ key, history, seq }) => {
      const seen = this.#seen.get(key);
      return seen?.history !== history || seen.seq !== seq;
    });
    this.#seen.clear();
    for (const { key, history, seq } of ends) this.#seen.set(key, { history, seq });
    return changed.map(({ key }) => key);
  }

  /** Removes the logs that have expired. Must be called in a transaction. */
  dropExpired(): void {
    if (this.#sql.dropLogs.run(Date.now()).changes === 0) return;
    this.#sql.dropLogChanges.run();
    this.#sql.dropLogWriters.run();
  }

  #find(key: SharedLogKey): LogRow | undefined {
    return this.#sql.log.get(key, Date.now()) as unknown as LogRow | undefined;
  }
}
