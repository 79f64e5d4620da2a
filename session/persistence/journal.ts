/**
 * The journal of a session: writes its changes to the store.
 *
 * @module
 */

import type { Clock, TimerId } from "../../common/clock.ts";
import type { MemoryPool } from "../../protocol/memory_pool.ts";
import type { Claim, StoreMember } from "./session_store.ts";
import { StoreError, type StoreErrorCode } from "./store_error.ts";
import type { OpenOptions, Snapshot } from "./stored_session.ts";
import { OutputGate } from "./output_gate.ts";
import { UnstoredEntries } from "./unstored_entries.ts";

/** Times and limits of a {@linkcode Journal}. */
export interface JournalLimits {
  /** Maximum time before changes that no client caused are stored, in milliseconds. */
  readonly delayMilliseconds: number;
  /** Whether such changes, too, are stored at once and sent only when they are stored. @default {false} */
  readonly gatesServerChanges?: boolean;
  /**
   * Time for which the store may fail before {@linkcode JournalOptions.onUnavailable} is called, in
   * milliseconds.
   */
  readonly patienceMilliseconds: number;
  /** Number of entries after which a snapshot replaces them. */
  readonly maxEntries: number;
  /**
   * Bytes of entries after which a snapshot replaces them, unless they have at most twice the bytes
   * of the last snapshot.
   */
  readonly maxBytes: number;
  /** Bytes of entries that may wait for the store. More are dropped, and a snapshot replaces them. */
  readonly maxUnstoredBytes: number;
}

/** Default limits. */
export const DEFAULT_JOURNAL_LIMITS: JournalLimits = {
  delayMilliseconds: 250,
  patienceMilliseconds: 10_000,
  maxEntries: 512,
  maxBytes: 64 * 1024,
  maxUnstoredBytes: 16 * 1024 * 1024,
};

/** Options of a {@linkcode Journal}. */
export interface JournalOptions {
  readonly member: StoreMember;
  /** The right to write the session. */
  readonly claim: Claim;
  /** Options with which the record is created again if the store has lost it. */
  readonly record: OpenOptions;
  /** Digest of the fresh document, which the record has. */
  readonly base: string;
  /** Sequence number of the last entry in the store. */
  readonly seq: number;
  /** Number and bytes of the entries that the store has since the last snapshot. @default {0} */
  readonly stored?: { readonly entries: number; readonly bytes: number } | undefined;
  readonly clock: Clock;
  readonly limits: JournalLimits;
  /**
   * Memory that all clients share, in which entries count while they wait for the store. While it is
   * full, they are dropped, and a snapshot replaces them. Not limited by default.
   */
  readonly memory?: MemoryPool | undefined;
  /**
   * Encodes the whole document in its state after the last entry. Called while no transaction runs.
   *
   * @param isWhole Whether the store may lack arrays of the last snapshot.
   */
  readonly snapshot: (isWhole: boolean) => Omit<Snapshot, "seq">;
  /** Called when the store has the last snapshot. */
  readonly onSnapshotStored?: (() => void) | undefined;
  /** Runs a function while no transaction runs. */
  readonly whenFree: (fn: () => void) => void;
  /** Called when waiting frames may be sent. */
  readonly onOpen: () => void;
  /** Called once, when another process owns the session. The journal stops writing. */
  readonly onFenced: () => void;
  /**
   * Called when the store has failed for too long, and at each failure after that. The journal
   * continues to retry.
   */
  readonly onUnavailable: (error: StoreError) => void;
}

/** Maximum number of concurrent appends. */
const MAX_IN_FLIGHT = 64;
const FIRST_PAUSE_MILLISECONDS = 50;
const LONGEST_PAUSE_MILLISECONDS = 1000;
/** Bytes of a snapshot from which a journal may have more entries: writing a large one costs more than many entries. */
const LARGE_SNAPSHOT_BYTES = 1024 * 1024;

/** What a journal repairs: an append that failed, or a snapshot that must be written. */
type Repair = StoreErrorCode | "compact";

/**
 * The journal of one session. Entries are numbered, kept in memory until the store has them, and
 * sent again after a failure: the store ignores those that it has.
 */
export class Journal {
  /** Decides when frames may be sent to clients. */
  readonly gate: OutputGate;
  readonly #options: JournalOptions;
  #seq: number;
  #stored: number;
  readonly #unconfirmed: UnstoredEntries;
  /** Number of these that are being appended. */
  #inFlight = 0;
  #delay: TimerId | undefined;
  #recovering = false;
  /** Whether the store has lost the record while the journal was recovering. */
  #isLost = false;
  /** Whether to check that the store answers before the whole document is encoded. */
  #checksFirst = false;
  /** Whether the record in the store has no base, because it was written again. */
  #lacksBase = false;
  #fenced = false;
  #closed = false;
  #failingSince: number | undefined;
  /** Time since which the store has answered nothing; undefined if nothing waits for its answer. */
  #unansweredSince: number | undefined;
  /** Fires when the store may have answered nothing for too long. */
  #watch: TimerId | undefined;
  #entriesSinceSnapshot: number;
  #bytesSinceSnapshot: number;
  #snapshotBytes = 0;
  #waiters: (() => void)[] = [];
  /** Takes the snapshot that waits until no transaction runs. */
  #takeSnapshot: (() => void) | undefined;

  constructor(options: JournalOptions) {
    this.#options = options;
    this.#seq = this.#stored = options.seq;
    this.#unconfirmed = new UnstoredEntries(options.memory);
    this.#entriesSinceSnapshot = options.stored?.entries ?? 0;
    this.#bytesSinceSnapshot = options.stored?.bytes ?? 0;
    this.gate = new OutputGate(options.onOpen);
    this.gate.stored(options.seq);
  }

  /** Bytes of the entries that the store has not confirmed. */
  get unstoredBytes(): number {
    return this.#unconfirmed.bytes;
  }

  /** Whether the store refuses the entries, or has not answered for a second. The journal tries again. */
  get isFailing(): boolean {
    return this.#failingSince !== undefined || this.#unansweredMilliseconds >= LONGEST_PAUSE_MILLISECONDS;
  }

  /** Whether another process owns the session. */
  get isFenced(): boolean {
    return this.#fenced;
  }

  /**
   * Adds an entry.
   *
   * @param byClient Whether a client has caused the changes. Then the entry is gated: it is stored at once, and frames
   * that are created from now on wait until it is. Other entries are stored with the next gated entry or after the
   * delay, unless `gatesServerChanges` is set.
   */
  append(data: Uint8Array, byClient: boolean): void {
    if (this.#fenced || this.#closed) return;
    const gated = byClient || this.#options.limits.gatesServerChanges === true;
    const hasSpace = this.#unconfirmed.add({ seq: ++this.#seq, data });
    this.#entriesSinceSnapshot++;
    this.#bytesSinceSnapshot += data.byteLength;
    if (gated) this.gate.closeUntil(this.#seq);
    if (!hasSpace || this.#unconfirmed.bytes > this.#options.limits.maxUnstoredBytes) {
      this.#dropUnconfirmed();
      this.#checksFirst = true;
      if (!this.#recovering) void this.#recover("compact");
    } else if (gated) {
      this.#send();
    } else {
      this.#delay ??= this.#options.clock.setTimeout(() => this.#send(), this.#options.limits.delayMilliseconds);
    }
  }

  /**
   * Replaces the entries by a snapshot if they have become many. It is taken when no transaction runs.
   */
  compact(): void {
    const { maxEntries, maxBytes } = this.#options.limits;
    const isLong = this.#entriesSinceSnapshot >= maxEntries * Math.max(1, this.#snapshotBytes / LARGE_SNAPSHOT_BYTES) ||
      this.#bytesSinceSnapshot > Math.max(maxBytes, 2 * this.#snapshotBytes);
    if (isLong && !this.#recovering && !this.#fenced && !this.#closed) void this.#recover("compact");
  }

  /**
   * Replaces the journal by a snapshot, because the whole document was replaced. Frames wait until
   * it is stored.
   */
  rewrite(): void {
    if (this.#fenced || this.#closed) return;
    this.gate.closeUntil(++this.#seq);
    if (!this.#recovering) void this.#recover("compact");
  }

  /**
   * Waits until the store has all present entries. Resolves with false if another process owns the
   * session, or if the signal is aborted first.
   *
   * @param recordsAll Records all changes so far, and returns whether it could. Without it, snapshots
   * wait until no transaction runs: a transaction that waits for the store would wait forever.
   */
  async flush(signal?: AbortSignal, recordsAll: () => boolean = () => false): Promise<boolean> {
    const seq = this.#seq;
    this.#send();
    while (this.#stored < seq && !this.#fenced && !signal?.aborted) {
      if (this.#takeSnapshot !== undefined && recordsAll()) this.#takeSnapshot();
      const { promise, resolve } = Promise.withResolvers<void>();
      this.#waiters.push(resolve);
      signal?.addEventListener("abort", () => resolve(), { once: true });
      await promise;
    }
    return this.#stored >= seq;
  }

  /** Stops writing. Drops the entries that the store does not have. */
  close(): void {
    this.#closed = true;
    this.#options.clock.clearTimeout(this.#delay);
    this.#delay = undefined;
    this.#options.clock.clearTimeout(this.#watch);
    this.#watch = undefined;
    this.#dropUnconfirmed();
    this.#wake();
  }

  /** Writes the session's record again, after the store has lost all records. */
  restore(): void {
    if (this.#recovering) this.#isLost = true;
    else if (!this.#fenced && !this.#closed) void this.#recover("missing");
  }

  /**
   * Checks with a short write that the store still has the session for this process. Otherwise does the same as after
   * an append that was refused. An append that waits for its answer is such a check.
   */
  async checkClaim(): Promise<void> {
    if (this.#recovering || this.#fenced || this.#closed || this.#inFlight > 0) return;
    const { member, claim, base } = this.#options;
    await member.setBase(claim, base).catch((error) => this.#failed(error));
  }

  #send(): void {
    this.#options.clock.clearTimeout(this.#delay);
    this.#delay = undefined;
    if (this.#unconfirmed.length > 0) this.#watchAnswers();
    while (!this.#recovering && this.#inFlight < Math.min(this.#unconfirmed.length, MAX_IN_FLIGHT)) {
      this.#unansweredSince ??= this.#options.clock.now();
      this.#append(this.#inFlight++).then((seq) => this.#confirm(seq), (error) => this.#failed(error));
    }
  }

  /** Appends an entry in the store. Returns its sequence number. */
  async #append(index: number): Promise<number> {
    const { member, claim } = this.#options;
    return await this.#unconfirmed.send(index, (entry) => member.append(claim, entry));
  }

  #confirm(seq: number): void {
    if (this.#closed || seq <= this.#stored) return;
    const confirmed = this.#unconfirmed.confirm(seq);
    this.#inFlight = Math.max(0, this.#inFlight - confirmed);
    this.#stored = seq;
    this.#failingSince = undefined;
    this.#unansweredSince = this.#inFlight > 0 ? this.#options.clock.now() : undefined;
    this.gate.stored(seq);
    this.#wake();
    if (this.#unconfirmed.length > this.#inFlight && this.#delay === undefined) this.#send();
  }

  #failed(error: unknown): void {
    // The other concurrent appends fail for the same reason, or are repeated without effect.
    if (this.#recovering || this.#fenced || this.#closed) return;
    void this.#recover(error instanceof StoreError ? error.code : "unavailable", error);
  }

  async #recover(reason: Repair, error?: unknown): Promise<void> {
    this.#recovering = true;
    let repair: Repair | undefined = reason;
    let isAvailable = reason !== "unavailable";
    for (let pause = FIRST_PAUSE_MILLISECONDS; repair !== undefined && !this.#closed;) {
      if (repair === "fenced") return this.#fence();
      if (!isAvailable) {
        this.#noteFailure(error);
        await this.#pause(pause * (0.5 + Math.random()));
        pause = Math.min(2 * pause, LONGEST_PAUSE_MILLISECONDS);
      }
      try {
        await this.#repair(repair, isAvailable);
        repair = undefined;
      } catch (failure) {
        error = failure;
        isAvailable = failure instanceof StoreError && failure.code !== "unavailable";
        if (isAvailable) repair = (failure as StoreError).code;
      }
    }
    this.#recovering = false;
    this.#inFlight = 0;
    this.#wake();
    if (this.#closed) return;
    if (this.#isLost) void this.#recover("missing");
    else if (this.#unconfirmed.length > 0) this.#send();
    else if (this.#stored < this.#seq) void this.#recover("compact"); // the document was replaced meanwhile
    else this.#failingSince = this.#unansweredSince = undefined;
    this.compact(); // entries may have become many meanwhile
  }

  async #repair(repair: Repair, isAvailable: boolean): Promise<void> {
    const { member, claim, base } = this.#options;
    if (repair === "unavailable") {
      if (this.#unconfirmed.length > 0) this.#confirm(await this.#append(0));
    } else {
      // Tried with a short command first: a large document is not written again each time that the store fails.
      if ((!isAvailable || this.#checksFirst) && repair !== "missing") await member.setBase(claim, base);
      this.#checksFirst = false;
      await this.#writeSnapshot(repair === "missing");
    }
    if (!this.#lacksBase) return;
    await member.setBase(claim, base);
    this.#lacksBase = false;
  }

  async #writeSnapshot(isLost: boolean): Promise<void> {
    const { member, claim, record } = this.#options;
    if (isLost) this.#isLost = false;
    const snapshot = await this.#snapshot(isLost);
    const includedBytes = this.#bytesSinceSnapshot;
    this.#unansweredSince ??= this.#options.clock.now();
    this.#watchAnswers();
    const bytes = sizeOf(snapshot);
    await this.#unconfirmed.holding(bytes, async () => {
      if (!isLost) return await member.replace(claim, snapshot);
      this.#lacksBase = true;
      await member.restore(claim, record, snapshot);
    });
    this.#entriesSinceSnapshot = this.#seq - snapshot.seq;
    this.#snapshotBytes = bytes;
    this.#bytesSinceSnapshot -= includedBytes;
    this.#options.onSnapshotStored?.();
    this.#confirm(snapshot.seq);
  }

  #dropUnconfirmed(): void {
    this.#unconfirmed.drop();
    this.#inFlight = 0;
  }

  #snapshot(isWhole: boolean): Promise<Snapshot> {
    return new Promise((resolve, reject) => {
      const take = () => {
        if (this.#takeSnapshot !== take) return; // it has been taken
        this.#takeSnapshot = undefined;
        try {
          resolve({ seq: this.#seq, ...this.#options.snapshot(isWhole) });
        } catch (error) {
          reject(error);
        }
      };
      this.#takeSnapshot = take;
      this.#wake();
      this.#options.whenFree(take);
    });
  }

  get #unansweredMilliseconds(): number {
    return this.#unansweredSince === undefined ? 0 : this.#options.clock.now() - this.#unansweredSince;
  }

  /** Reports a store that answers nothing. One timer at a time: it is not set and cleared with each entry. */
  #watchAnswers(milliseconds = this.#options.limits.patienceMilliseconds): void {
    if (this.#closed) return;
    this.#watch ??= this.#options.clock.setTimeout(() => {
      this.#watch = undefined;
      if (this.#unansweredSince === undefined || this.#fenced) return;
      const rest = this.#options.limits.patienceMilliseconds - this.#unansweredMilliseconds;
      if (rest <= 0) this.#options.onUnavailable(new StoreError("Session store does not answer", "unavailable"));
      this.#watchAnswers(Math.max(rest, LONGEST_PAUSE_MILLISECONDS));
    }, milliseconds);
  }

  #noteFailure(error: unknown): void {
    const { clock, limits, onUnavailable } = this.#options;
    this.#failingSince ??= clock.now();
    if (clock.now() - this.#failingSince < limits.patienceMilliseconds) return;
    onUnavailable(
      error instanceof StoreError ? error : new StoreError("Cannot write journal", "unavailable", { cause: error }),
    );
  }

  #pause(milliseconds: number): Promise<void> {
    return new Promise((resolve) => void this.#options.clock.setTimeout(resolve, milliseconds));
  }

  #fence(): void {
    this.#fenced = true;
    this.#dropUnconfirmed();
    this.gate.closeUntil(Infinity); // what happens here from now on is never stored
    this.#options.clock.clearTimeout(this.#delay);
    this.#wake();
    this.#options.onFenced();
  }

  #wake(): void {
    for (const wake of this.#waiters.splice(0)) wake();
  }
}

/** Returns the bytes of a snapshot that the store does not have yet. */
function sizeOf({ document, buffers }: Snapshot): number {
  let bytes = document.byteLength;
  for (const buffer of buffers.values()) bytes += buffer?.byteLength ?? 0;
  return bytes;
}
