import type {
  SharedLogBatch,
  SharedLogEnd,
  SharedLogKey,
  SharedLogPosition,
  SharedLogReading,
  SharedLogs,
} from "../session/persistence/shared_log.ts";
import { newEpoch } from "./epoch.ts";

interface MemoryLog {
  /** Time at which it expires, in milliseconds of this process's clock. */
  expires: number;
  readonly history: string;
  state: string;
  /** Number of changes that the state includes. */
  stateSeq: number;
  /** The changes after the state. */
  changes: string[];
  /** Number of the last batch of each writer. */
  readonly batches: Map<string, number>;
}

/** The logs of shared data in memory. All operations are synchronous. */
export class MemorySharedLogs implements SharedLogs {
  readonly #logs = new Map<SharedLogKey, MemoryLog>();
  readonly #onChange: (key: SharedLogKey) => void;

  /**
   * Creates no logs.
   *
   * @param onChange Called when changes were appended.
   */
  constructor(onChange: (key: SharedLogKey) => void) {
    this.#onChange = onChange;
  }

  create(key: SharedLogKey, state: string, retentionMilliseconds: number): Promise<void> {
    if (this.#find(key) === undefined) {
      const expires = performance.now() + retentionMilliseconds;
      this.#logs.set(key, { expires, history: newEpoch(), state, stateSeq: 0, changes: [], batches: new Map() });
    }
    return Promise.resolve();
  }

  append(key: SharedLogKey, { writer, number, changes }: SharedLogBatch): Promise<SharedLogEnd | undefined> {
    const log = this.#find(key);
    if (log === undefined) return Promise.resolve(undefined);
    if ((log.batches.get(writer) ?? -Infinity) < number) {
      log.batches.set(writer, number);
      log.changes.push(...changes);
      this.#onChange(key);
    }
    return Promise.resolve({ ...endOf(log), length: log.changes.join("").length });
  }

  read(key: SharedLogKey, after: SharedLogPosition | undefined): Promise<SharedLogReading | undefined> {
    const log = this.#find(key);
    if (log === undefined) return Promise.resolve(undefined);
    const follows = after?.history === log.history && after.seq >= log.stateSeq;
    return Promise.resolve({
      ...endOf(log),
      state: follows ? undefined : log.state,
      changes: log.changes.slice(follows ? after.seq - log.stateSeq : 0),
    });
  }

  compact(key: SharedLogKey, { history, seq }: SharedLogPosition, state: string): Promise<void> {
    const log = this.#find(key);
    if (log?.history === history && seq > log.stateSeq && seq <= endOf(log).seq) {
      log.changes.splice(0, seq - log.stateSeq);
      log.stateSeq = seq;
      log.state = state;
    }
    return Promise.resolve();
  }

  renew(keys: Iterable<SharedLogKey>, retentionMilliseconds: number): Promise<void> {
    for (const key of keys) {
      const log = this.#find(key);
      if (log !== undefined) log.expires = performance.now() + retentionMilliseconds;
    }
    return Promise.resolve();
  }

  /** Removes all logs. */
  clear(): void {
    this.#logs.clear();
  }

  #find(key: SharedLogKey): MemoryLog | undefined {
    const log = this.#logs.get(key);
    return log !== undefined && log.expires > performance.now() ? log : undefined;
  }
}

function endOf({ history, stateSeq, changes }: MemoryLog): SharedLogPosition {
  return { history, seq: stateSeq + changes.length };
}
