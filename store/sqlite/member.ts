import { getLogger } from "@logtape/logtape";
import { errorMessage } from "../../common/error_message.ts";
import type { DatabaseSync } from "node:sqlite";
import type {
  Claim,
  Finding,
  Opening,
  Ownership,
  SessionKey,
  StoreMember,
  StoreNode,
  StoreNotice,
} from "../../session/persistence/session_store.ts";
import { StoreError } from "../../session/persistence/store_error.ts";
import type {
  JournalEntry,
  OpenOptions,
  Snapshot,
  StoredDocument,
  StoredSession,
} from "../../session/persistence/stored_session.ts";
import { newEpoch } from "../epoch.ts";
import { NoticeListeners } from "../notices.ts";
import { waitUntil } from "../wait_until.ts";
import { NodeTable, type NodeTableOptions } from "./node_table.ts";
import { SqliteSharedLogs } from "./shared_logs.ts";
import { prepareStatements, type Statements } from "./statements.ts";

const log = getLogger(["bokeh", "store"]);

/** Options of {@linkcode SqliteMember.join}. */
interface SqliteMemberOptions extends NodeTableOptions {
  /** The database. The member closes it when it is disposed of. */
  readonly db: DatabaseSync;
}

interface SessionRow {
  owner: string | null;
  ended: number;
  epoch: string;
  seq: number;
  snapshot_seq: number;
  base: string | null;
  header: Uint8Array;
  document: Uint8Array | null;
}

type Position = Pick<SessionRow, "epoch" | "seq" | "snapshot_seq">;

interface BufferRow {
  name: string;
  data: Uint8Array;
}

/**
 * Interval between checks for notices, in milliseconds. A check takes a few microseconds if the
 * file has not changed.
 */
const NOTICE_INTERVAL_MILLISECONDS = 50;
/** Interval between deletions of expired records, in milliseconds. */
const CLEANUP_INTERVAL_MILLISECONDS = 30_000;

/** A process's access to a store in an SQLite file. */
export class SqliteMember implements StoreMember {
  readonly node: StoreNode;
  readonly sharedLogs: SqliteSharedLogs;
  readonly #db: DatabaseSync;
  readonly #sql: Statements;
  readonly #nodes: NodeTable;
  readonly #notices = new NoticeListeners();
  readonly #timers: ReturnType<typeof setInterval>[];
  #dataVersion = -1;
  #closed = false;

  /** Use {@linkcode SqliteMember.join}. @internal */
  constructor({ db, node }: SqliteMemberOptions, sql: Statements, nodes: NodeTable) {
    this.node = node;
    this.#db = db;
    this.#sql = sql;
    this.#nodes = nodes;
    this.sharedLogs = new SqliteSharedLogs(sql, (fn) => this.#transaction(fn));
    this.#timers = [
      setInterval(() => this.#try(() => this.#readNotices()), NOTICE_INTERVAL_MILLISECONDS),
      setInterval(() => this.#try(() => this.#dropExpired()), CLEANUP_INTERVAL_MILLISECONDS),
    ];
    for (const timer of this.#timers) Deno.unrefTimer(timer);
  }

  /** Inserts the process into the table of processes, and starts to renew its lease. */
  static async join(options: SqliteMemberOptions): Promise<SqliteMember> {
    const sql = prepareStatements(options.db);
    return new SqliteMember(options, sql, await NodeTable.join(sql, options));
  }

  get isLeaseCurrent(): boolean {
    return !this.#closed && this.#nodes.isLeaseCurrent;
  }

  // deno-lint-ignore require-await -- the interface is asynchronous, and errors are rejections
  async open(key: SessionKey, options: OpenOptions): Promise<Opening> {
    return this.#transaction(() => this.#openAs(key, options, undefined));
  }

  // deno-lint-ignore require-await -- as above
  async find(key: SessionKey): Promise<Finding> {
    const row = this.#transaction(() => this.#find(key));
    if (row === undefined || row.ended !== 0) return { kind: "absent" };
    const { owner: node, epoch } = row;
    return node === null ? { kind: "released" } : { kind: "held", owner: { node, epoch } };
  }

  // deno-lint-ignore require-await -- as above
  async seize(key: SessionKey, from: Ownership, options: OpenOptions): Promise<Opening> {
    return this.#transaction(() => this.#openAs(key, options, from.epoch));
  }

  async findNode(id: string): Promise<StoreNode | undefined> {
    return await this.#nodes.find(id);
  }

  // deno-lint-ignore require-await -- as above
  async setBase(claim: Claim, digest: string): Promise<void> {
    this.#write(claim, () => this.#sql.setBase.run(digest, claim.key));
  }

  // deno-lint-ignore require-await -- as above
  async append(claim: Claim, { seq, data }: JournalEntry): Promise<void> {
    this.#write(claim, ({ seq: last }) => {
      if (seq <= last) return;
      if (seq > last + 1) throw new StoreError(`Cannot append entry ${seq}: the last one is ${last}`, "behind");
      this.#sql.append.run(claim.key, seq, data);
      this.#sql.advance.run(seq, claim.key);
    });
  }

  // deno-lint-ignore require-await -- as above
  async replace(claim: Claim, snapshot: Snapshot): Promise<void> {
    this.#write(claim, (position) => this.#replace(claim.key, position, snapshot));
  }

  // deno-lint-ignore require-await -- as above
  async restore(claim: Claim, options: OpenOptions, snapshot: Snapshot): Promise<void> {
    this.#transaction(() => {
      if (this.#find(claim.key) === undefined) this.#create(claim, options);
      this.#replace(claim.key, this.#position(claim), snapshot);
    });
  }

  // deno-lint-ignore require-await -- as above
  async release(claim: Claim): Promise<void> {
    this.#write(claim, () => this.#sql.release.run(newEpoch(), Date.now(), claim.key));
  }

  // deno-lint-ignore require-await -- as above
  async end(claim: Claim, rememberMilliseconds: number): Promise<void> {
    this.#write(claim, () => {
      this.#dropContent(claim.key);
      this.#sql.end.run(newEpoch(), Date.now() + rememberMilliseconds, claim.key);
    });
  }

  // deno-lint-ignore require-await -- as above
  async loadBase(digest: string): Promise<StoredDocument | undefined> {
    return this.#transaction(() => {
      const row = this.#sql.base.get(digest, Date.now()) as { document: Uint8Array } | undefined;
      if (row === undefined) return undefined;
      return {
        document: row.document,
        buffers: bufferMap(this.#sql.baseBuffers.all(digest) as unknown as BufferRow[]),
      };
    });
  }

  // deno-lint-ignore require-await -- as above
  async saveBase(digest: string, base: StoredDocument, retentionMilliseconds: number): Promise<void> {
    this.#transaction(() => {
      const expires = Date.now() + retentionMilliseconds;
      if (this.#sql.renewBase.run(expires, digest).changes > 0) return;
      this.#sql.saveBase.run(digest, base.document, expires);
      for (const [name, data] of base.buffers) this.#sql.saveBaseBuffer.run(digest, name, data);
    });
  }

  // deno-lint-ignore require-await -- as above
  async renewBases(digests: Iterable<string>, retentionMilliseconds: number): Promise<void> {
    this.#transaction(() => {
      const expires = Date.now() + retentionMilliseconds;
      for (const digest of digests) this.#sql.renewBase.run(expires, digest);
    });
  }

  async requestHandOver(key: SessionKey, from: Ownership, timeoutMilliseconds: number): Promise<boolean> {
    this.#transaction(() =>
      this.#notify(from.node, { kind: "handOverRequested", key, epoch: from.epoch, by: this.node.id })
    );
    // deno-lint-ignore require-await -- waitUntil() takes asynchronous conditions
    const isReleased = async () => this.#transaction(() => this.#find(key)?.epoch !== from.epoch);
    return await waitUntil(isReleased, timeoutMilliseconds);
  }

  // deno-lint-ignore require-await -- as above
  async renew(keys: Iterable<SessionKey>, retentionMilliseconds: number): Promise<void> {
    this.#transaction(() => {
      const expires = Date.now() + retentionMilliseconds;
      for (const key of keys) this.#sql.renew.run(retentionMilliseconds, expires, key);
    });
  }

  onNotice(listener: (notice: StoreNotice) => void): () => void {
    return this.#notices.add(listener);
  }

  // deno-lint-ignore require-await -- as above
  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    for (const timer of this.#timers) clearInterval(timer);
    this.#nodes[Symbol.dispose]();
    this.#db.close();
  }

  #openAs(key: SessionKey, options: OpenOptions, seizedEpoch: string | undefined): Opening {
    const row = this.#find(key);
    const claim = { key, node: this.node.id, epoch: newEpoch() };
    if (row === undefined) {
      if (options.create === false) return { kind: "absent" };
      this.#create(claim, options);
      return { kind: "created", claim };
    }
    if (row.ended) return { kind: "ended" };
    const { owner } = row;
    const isFree = owner === null || owner === this.node.id;
    if (!isFree && row.epoch !== seizedEpoch) return { kind: "held", owner: { node: owner, epoch: row.epoch } };
    if (!isFree) this.#notify(owner, { kind: "fenced", key, epoch: row.epoch });
    const { retentionMilliseconds } = options;
    this.#sql.take.run(claim.node, claim.epoch, retentionMilliseconds, Date.now() + retentionMilliseconds, key);
    return { kind: "taken", claim, session: this.#read(key, row) };
  }

  #create({ key, node, epoch }: Claim, { header, retentionMilliseconds }: OpenOptions): void {
    this.#dropContent(key); // of an expired session with the same key
    this.#sql.create.run(key, node, epoch, header, retentionMilliseconds, Date.now() + retentionMilliseconds);
  }

  #read(key: SessionKey, row: SessionRow): StoredSession {
    const { header, document, seq } = row;
    const entries = (this.#sql.entries.all(key) as unknown as { data: Uint8Array }[]).map(({ data }) => data);
    const buffers = bufferMap(this.#sql.buffers.all(key) as unknown as BufferRow[]);
    return {
      header,
      base: row.base ?? undefined,
      snapshot: document ? { document, buffers } : undefined,
      entries,
      seq,
    };
  }

  #replace(key: SessionKey, position: Position, { seq, document, buffers }: Snapshot): void {
    if (seq < position.snapshot_seq) return; // a repeated write, after a newer one
    const stored = new Set((this.#sql.bufferNames.all(key) as unknown as { name: string }[]).map(({ name }) => name));
    for (const [name, data] of buffers) {
      if (data !== undefined) this.#sql.writeBuffer.run(key, name, data);
      else if (!stored.has(name)) throw new StoreError(`Cannot keep array ${name}: the store has none`, "missing");
    }
    for (const name of stored) if (!buffers.has(name)) this.#sql.dropBuffer.run(key, name);
    this.#sql.dropEntries.run(key, seq);
    this.#sql.snapshot.run(document, seq, seq, key);
  }

  #find(key: SessionKey): SessionRow | undefined {
    return this.#sql.find.get(key, Date.now()) as unknown as SessionRow | undefined;
  }

  #position(claim: Claim): Position {
    const position = this.#sql.position.get(claim.key) as unknown as Position | undefined;
    if (position === undefined) throw new StoreError("Cannot write session: the store has no record of it", "missing");
    if (position.epoch !== claim.epoch) {
      throw new StoreError("Cannot write session: another process owns it now", "fenced");
    }
    return position;
  }

  #dropContent(key: SessionKey): void {
    this.#sql.dropEntries.run(key, Number.MAX_SAFE_INTEGER);
    this.#sql.dropBuffers.run(key);
  }

  #notify(node: string, notice: StoreNotice): void {
    this.#sql.notify.run(node, JSON.stringify(notice));
  }

  #write(claim: Claim, fn: (position: Position) => void): void {
    this.#transaction(() => fn(this.#position(claim)));
  }

  #transaction<T>(fn: () => T): T {
    if (this.#closed) throw new StoreError("Cannot use session store: it is closed", "unavailable");
    let begun = false;
    try {
      this.#db.exec("BEGIN IMMEDIATE");
      begun = true;
      const result = fn();
      this.#db.exec("COMMIT");
      return result;
    } catch (error) {
      if (begun && this.#db.isTransaction) this.#db.exec("ROLLBACK");
      if (error instanceof StoreError) throw error;
      throw new StoreError(`Cannot use session store: ${errorMessage(error)}`, "unavailable", { cause: error });
    }
  }

  /** Does periodic work, which is done again at its next time if another process holds the lock for too long. */
  #try(work: () => void): void {
    try {
      work();
    } catch (error) {
      log.warn("Cannot read the session store; trying again: {error}", { error });
    }
  }

  #readNotices(): void {
    const { data_version: version } = this.#sql.dataVersion.get() as { data_version: number };
    if (version === this.#dataVersion) return; // no other process has written to the file
    const rows = this.#sql.notices.all(this.node.id) as unknown as { notice: string }[];
    this.#dataVersion = version;
    for (const { notice } of rows) this.#notices.notify(JSON.parse(notice) as StoreNotice);
    for (const key of this.sharedLogs.changed()) this.#notices.notify({ kind: "sharedDataChanged", key });
  }

  #dropExpired(): void {
    this.#transaction(() => {
      const now = Date.now();
      for (const { key } of this.#sql.expired.all(now) as unknown as { key: string }[]) {
        this.#dropContent(key);
        this.#sql.drop.run(key);
      }
      if (this.#sql.dropBases.run(now).changes > 0) this.#sql.dropBaseBuffers.run();
      this.#sql.dropNotices.run();
      this.sharedLogs.dropExpired();
    });
  }
}

function bufferMap(rows: readonly BufferRow[]): ReadonlyMap<string, Uint8Array> {
  return new Map(rows.map(({ name, data }) => [name, data]));
}
