import { getLogger } from "@logtape/logtape";
import type { StoreNode } from "../../session/persistence/session_store.ts";
import { ProcessLock, removeIfPresent } from "./process_lock.ts";
import type { Statements } from "./statements.ts";

const log = getLogger(["bokeh", "store"]);

/** Renewals of a lease within its time. */
const RENEWALS_PER_LEASE = 3;
const DEFAULT_LEASE_MILLISECONDS = 1500;

/** Options of {@linkcode NodeTable.join}. */
export interface NodeTableOptions {
  /** Path of the database file. */
  readonly path: string;
  /** The process. */
  readonly node: StoreNode;
  /** See `SqliteStoreOptions`. */
  readonly leaseMilliseconds?: number | undefined;
}

interface NodeRow {
  id: string;
  address: string | null;
  build: string;
  beat: number;
}

/**
 * The last value of a process's counter, and when it was first read, by this process's monotonic
 * clock.
 */
interface SeenBeat {
  readonly beat: number;
  readonly at: number;
}

/**
 * The processes that share a file. A process is alive while its lock file is locked and its counter
 * has increased within the time of a lease. Each process measures that time with its own monotonic
 * clock; the file contains no timestamps.
 */
export class NodeTable implements Disposable {
  readonly #sql: Statements;
  readonly #path: string;
  readonly #id: string;
  readonly #lock: ProcessLock;
  readonly #leaseMilliseconds: number;
  readonly #timer: ReturnType<typeof setInterval>;
  readonly #seen = new Map<string, SeenBeat>();
  #renewedAt = performance.now();

  /** Use {@linkcode NodeTable.join}. @internal */
  constructor(sql: Statements, options: NodeTableOptions, lock: ProcessLock) {
    this.#sql = sql;
    this.#path = options.path;
    this.#id = options.node.id;
    this.#lock = lock;
    this.#leaseMilliseconds = options.leaseMilliseconds ?? DEFAULT_LEASE_MILLISECONDS;
    this.#timer = setInterval(() => this.#beat(), this.#leaseMilliseconds / RENEWALS_PER_LEASE);
    Deno.unrefTimer(this.#timer);
  }

  /** Locks the process's lock file, inserts its row, and starts to increase its counter. */
  static async join(sql: Statements, options: NodeTableOptions): Promise<NodeTable> {
    const { id, address, build } = options.node;
    const lock = await ProcessLock.acquire(lockPath(options.path, id));
    sql.join.run(id, address ?? null, build);
    return new NodeTable(sql, options, lock);
  }

  /** Whether the lease was renewed within its time. */
  get isLeaseCurrent(): boolean {
    return performance.now() - this.#renewedAt < this.#leaseMilliseconds;
  }

  /** Returns a process if it is alive. Removes its row if its lock is free. */
  async find(id: string): Promise<StoreNode | undefined> {
    const row = this.#rows().find((node) => node.id === id);
    if (row === undefined) return undefined;
    const path = lockPath(this.#path, id);
    if (!await ProcessLock.isHeld(path)) {
      this.#forget(id, path);
      return undefined;
    }
    if (!this.#isBeating(row)) return undefined;
    return { id, address: row.address ?? undefined, build: row.build };
  }

  /** Removes the process: other processes consider it dead. */
  [Symbol.dispose](): void {
    clearInterval(this.#timer);
    this.#sql.leave.run(this.#id);
    this.#lock[Symbol.dispose]();
  }

  #beat(): void {
    try {
      this.#sql.beat.run(this.#id);
      this.#renewedAt = performance.now();
      const rows = this.#rows();
      for (const row of rows) this.#isBeating(row);
      const ids = new Set(rows.map(({ id }) => id));
      for (const id of this.#seen.keys()) if (!ids.has(id)) this.#seen.delete(id);
    } catch (error) {
      log.warn("Cannot renew lease in session store: {error}", { error });
    }
  }

  #isBeating({ id, beat }: NodeRow): boolean {
    const now = performance.now();
    const seen = this.#seen.get(id);
    if (seen === undefined || seen.beat !== beat) this.#seen.set(id, { beat, at: now });
    return seen === undefined || seen.beat !== beat || now - seen.at < this.#leaseMilliseconds;
  }

  #rows(): NodeRow[] {
    return this.#sql.nodes.all() as unknown as NodeRow[];
  }

  #forget(id: string, path: string): void {
    this.#sql.leave.run(id);
    removeIfPresent(path);
  }
}

function lockPath(path: string, id: string): string {
  return `${path}.${id}.lock`;
}
