/**
 * A session store in memory, for tests: sessions survive the end of a server, but not of the
 * process.
 *
 * @module
 */

import type {
  Claim,
  Finding,
  Opening,
  Ownership,
  SessionKey,
  SessionStore,
  StoreMember,
  StoreNode,
  StoreNotice,
} from "../session/persistence/session_store.ts";
import { StoreError } from "../session/persistence/store_error.ts";
import type { JournalEntry, OpenOptions, Snapshot, StoredDocument } from "../session/persistence/stored_session.ts";
import { generationOf, nextEpoch } from "./epoch.ts";
import { MemorySharedLogs } from "./memory_shared_logs.ts";
import { NoticeListeners } from "./notices.ts";
import { waitUntil } from "./wait_until.ts";

interface MemoryRecord {
  readonly header: Uint8Array;
  /** Undefined if the session was released or destroyed. */
  owner: string | undefined;
  ended: boolean;
  /** Time until which the store remembers that the session has ended, in milliseconds of this process's clock. */
  endedUntil: number;
  epoch: string;
  base: string | undefined;
  snapshot: StoredDocument | undefined;
  /** Sequence number of the last entry that the snapshot includes. */
  snapshotSeq: number;
  entries: Uint8Array[];
  /** Whether an owner has written the record again after the store had lost it. */
  restored: boolean;
}

/**
 * Creates a session store in memory, which several servers of one test can share.
 *
 * @example
 * ```ts
 * import { memoryStore } from "./memory.ts";
 *
 * await using store = memoryStore();
 * await using member = await store.join({ id: "a", build: "1" });
 * const opening = await member.open("key", { header: new Uint8Array(), retentionMilliseconds: 60_000 });
 * console.log(opening.kind); // "created"
 * ```
 */
export function memoryStore(): MemoryStore {
  return new MemoryStore();
}

/** See {@linkcode memoryStore}. */
export class MemoryStore implements SessionStore {
  readonly isRemote = false;
  /** @internal */
  readonly records = new Map<SessionKey, MemoryRecord>();
  /** @internal */
  readonly bases = new Map<string, StoredDocument>();
  /**
   * Times after which bases are not returned, in milliseconds.
   *
   * @internal
   */
  readonly baseExpiries = new Map<string, number>();
  /** @internal */
  readonly sharedLogs = new MemorySharedLogs((key) => this.#notifyAll({ kind: "sharedDataChanged", key }));
  /** @internal */
  readonly members = new Map<string, MemoryMember>();

  join(node: StoreNode): Promise<StoreMember> {
    const member = new MemoryMember(this, node);
    this.members.set(node.id, member);
    return Promise.resolve(member);
  }

  /** Removes all data, like an engine without persistence that restarts. */
  clear(): void {
    this.records.clear();
    this.bases.clear();
    this.sharedLogs.clear();
    this.#notifyAll({ kind: "emptied" });
  }

  #notifyAll(notice: StoreNotice): void {
    for (const member of this.members.values()) member.notices.notify(notice);
  }

  [Symbol.asyncDispose](): Promise<void> {
    this.records.clear();
    this.bases.clear();
    this.sharedLogs.clear();
    return Promise.resolve();
  }
}

/** One server's access to a {@linkcode MemoryStore}. All operations are synchronous. */
class MemoryMember implements StoreMember {
  readonly node: StoreNode;
  readonly notices = new NoticeListeners();
  readonly #store: MemoryStore;

  constructor(store: MemoryStore, node: StoreNode) {
    this.node = node;
    this.#store = store;
  }

  get sharedLogs(): MemorySharedLogs {
    return this.#store.sharedLogs;
  }

  get isLeaseCurrent(): boolean {
    return this.#store.members.get(this.node.id) === this;
  }

  // deno-lint-ignore require-await -- the interface is asynchronous, and errors are rejections
  async open(key: SessionKey, { header, create = true }: OpenOptions): Promise<Opening> {
    let record = this.#store.records.get(key);
    if (record?.ended && performance.now() > record.endedUntil) record = undefined;
    if (record === undefined) return create ? this.#create(key, header) : { kind: "absent" };
    if (record.ended) return { kind: "ended" };
    if (record.owner === undefined || record.owner === this.node.id) return this.#take(key, record);
    return { kind: "held", owner: { node: record.owner, epoch: record.epoch } };
  }

  find(key: SessionKey): Promise<Finding> {
    const record = this.#store.records.get(key);
    if (record === undefined || record.ended) return Promise.resolve({ kind: "absent" });
    const { owner: node, epoch } = record;
    return Promise.resolve(node === undefined ? { kind: "released" } : { kind: "held", owner: { node, epoch } });
  }

  async seize(key: SessionKey, from: Ownership, options: OpenOptions): Promise<Opening> {
    const record = this.#store.records.get(key);
    if (record === undefined || record.ended || record.epoch !== from.epoch) return await this.open(key, options);
    const taken = this.#take(key, record);
    this.#store.members.get(from.node)?.notices.notify({ kind: "fenced", key, epoch: from.epoch });
    return taken;
  }

  findNode(id: string): Promise<StoreNode | undefined> {
    return Promise.resolve(this.#store.members.get(id)?.node);
  }

  // deno-lint-ignore require-await -- as above
  async setBase(claim: Claim, digest: string): Promise<void> {
    this.#claimed(claim).base = digest;
  }

  // deno-lint-ignore require-await -- as above
  async append(claim: Claim, { seq, data }: JournalEntry): Promise<void> {
    const record = this.#claimed(claim);
    const last = record.snapshotSeq + record.entries.length;
    if (seq <= last) return;
    if (seq > last + 1) throw new StoreError(`Cannot append entry ${seq}: the last one is ${last}`, "behind");
    record.entries.push(data.slice());
  }

  // deno-lint-ignore require-await -- as above
  async replace(claim: Claim, { seq, document, buffers }: Snapshot): Promise<void> {
    const record = this.#claimed(claim);
    if (seq < record.snapshotSeq) return; // a repeated write, after a newer one
    const written = new Map<string, Uint8Array>();
    for (const [name, data] of buffers) {
      const buffer = data?.slice() ?? record.snapshot?.buffers.get(name);
      if (buffer === undefined) throw new StoreError(`Cannot keep array ${name}: the store has none`, "missing");
      written.set(name, buffer);
    }
    record.entries = record.entries.slice(Math.max(0, seq - record.snapshotSeq));
    record.snapshot = { document: document.slice(), buffers: written };
    record.snapshotSeq = seq;
  }

  async restore(claim: Claim, { header }: OpenOptions, snapshot: Snapshot): Promise<void> {
    const record = this.#store.records.get(claim.key);
    const isStale = record?.restored && generationOf(record.epoch) < generationOf(claim.epoch);
    if (record === undefined || isStale) {
      this.#store.records.set(claim.key, { ...newRecord(header, claim), restored: true });
    }
    await this.replace(claim, snapshot);
  }

  // deno-lint-ignore require-await -- as above
  async release(claim: Claim): Promise<void> {
    const record = this.#claimed(claim);
    Object.assign(record, { owner: undefined, restored: false, epoch: nextEpoch(record.epoch) });
  }

  // deno-lint-ignore require-await -- as above
  async end(claim: Claim, rememberMilliseconds: number): Promise<void> {
    const record = this.#claimed(claim);
    record.endedUntil = performance.now() + rememberMilliseconds;
    const epoch = nextEpoch(record.epoch);
    const ended = { owner: undefined, ended: true, epoch, restored: false };
    Object.assign(record, { ...ended, snapshot: undefined, entries: [] });
  }

  loadBase(digest: string): Promise<StoredDocument | undefined> {
    const isExpired = performance.now() >= (this.#store.baseExpiries.get(digest) ?? 0);
    return Promise.resolve(isExpired ? undefined : this.#store.bases.get(digest));
  }

  async saveBase(digest: string, base: StoredDocument, retentionMilliseconds: number): Promise<void> {
    if (await this.loadBase(digest) === undefined) this.#store.bases.set(digest, base);
    await this.renewBases([digest], retentionMilliseconds);
  }

  renewBases(digests: Iterable<string>, retentionMilliseconds: number): Promise<void> {
    for (const digest of digests) {
      if (!this.#store.bases.has(digest)) continue;
      this.#store.baseExpiries.set(digest, performance.now() + retentionMilliseconds);
    }
    return Promise.resolve();
  }

  async requestHandOver(key: SessionKey, from: Ownership, timeoutMilliseconds: number): Promise<boolean> {
    const owner = this.#store.members.get(from.node);
    owner?.notices.notify({ kind: "handOverRequested", key, epoch: from.epoch, by: this.node.id });
    const isReleased = () => Promise.resolve(this.#store.records.get(key)?.epoch !== from.epoch);
    return await waitUntil(isReleased, timeoutMilliseconds);
  }

  renew(_keys: Iterable<SessionKey>, _retentionMilliseconds: number): Promise<void> {
    return Promise.resolve();
  }

  onNotice(listener: (notice: StoreNotice) => void): () => void {
    return this.notices.add(listener);
  }

  /** Leaves the store, like a process that ends: other processes can seize its sessions. */
  [Symbol.asyncDispose](): Promise<void> {
    if (this.isLeaseCurrent) this.#store.members.delete(this.node.id);
    return Promise.resolve();
  }

  #create(key: SessionKey, header: Uint8Array): Opening {
    const claim = { key, node: this.node.id, epoch: nextEpoch(undefined) };
    this.#store.records.set(key, newRecord(header, claim));
    return { kind: "created", claim };
  }

  #take(key: SessionKey, record: MemoryRecord): Opening {
    record.owner = this.node.id;
    record.epoch = nextEpoch(record.epoch);
    record.restored = false;
    const { header, base, snapshot, snapshotSeq, entries, epoch } = record;
    const session = { header, base, snapshot, entries: [...entries], seq: snapshotSeq + entries.length };
    return { kind: "taken", claim: { key, node: this.node.id, epoch }, session };
  }

  #claimed(claim: Claim): MemoryRecord {
    const record = this.#store.records.get(claim.key);
    if (record === undefined) throw new StoreError("Cannot write session: the store has no record of it", "missing");
    if (record.epoch !== claim.epoch) {
      throw new StoreError("Cannot write session: another process owns it now", "fenced");
    }
    return record;
  }
}

function newRecord(header: Uint8Array, { node, epoch }: Claim): MemoryRecord {
  return {
    header: header.slice(),
    owner: node,
    ended: false,
    endedUntil: 0,
    epoch,
    base: undefined,
    snapshot: undefined,
    snapshotSeq: 0,
    entries: [],
    restored: false,
  };
}
