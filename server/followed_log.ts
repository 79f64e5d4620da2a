/**
 * A log of a session store, from which all servers read the same changes.
 *
 * @module
 */

import { delay } from "@std/async/delay";
import { getLogger } from "@logtape/logtape";
import { digest } from "../session/persistence/digest.ts";
import type {
  SharedLogBatch,
  SharedLogEnd,
  SharedLogKey,
  SharedLogPosition,
} from "../session/persistence/shared_log.ts";
import type { StoreMember, StoreNotice } from "../session/persistence/session_store.ts";
import { changeSharedData } from "../shared/shared_channel.ts";
import type { SharedData } from "../shared/shared_data.ts";

const logger = getLogger(["bokeh", "server"]);

/** Length of the changes of one source or value that may wait for the store, in characters. */
const MAX_WAITING_LENGTH = 16 * 1024 * 1024;

/** Length of the changes that are appended together, in characters. */
const MAX_BATCH_LENGTH = 1024 * 1024;

/** Length of the changes in a log from which a state replaces them, in characters, unless the state is longer. */
const MIN_COMPACTED_LENGTH = 256 * 1024;

/** Time until the store is used again after an error, in milliseconds. */
const RETRY_MILLISECONDS = 250;

/** The log of one source or value. Reads and appends one after the other. */
export class FollowedLog {
  /** Key of the log in the store. */
  readonly #key: SharedLogKey;
  readonly #data: SharedData;
  readonly #member: StoreMember;
  readonly #retentionMilliseconds: number;
  #position: SharedLogPosition | undefined;
  #mustRead = false;
  /** Changes that wait to be appended, as JSON. */
  #waiting: string[] = [];
  #waitingLength = 0;
  /** The batch that is being appended. It is sent again, unchanged, until the store has answered. */
  #batch: SharedLogBatch | undefined;
  #batches = 0;
  #stateLength = 0;
  #running: Promise<void> | undefined;
  #hasFailed = false;
  readonly #stopped = new AbortController();
  readonly #stopListening: () => void;

  /** Starts to read the log, and to follow the notices of the store. */
  constructor(data: SharedData, member: StoreMember, retentionMilliseconds: number) {
    this.#data = data;
    this.#member = member;
    this.#retentionMilliseconds = retentionMilliseconds;
    const encoder = new TextEncoder();
    this.#key = digest([data.name, "\0", data.shape].map((part) => encoder.encode(part)));
    this.#stopListening = member.onNotice((notice) => this.#receive(notice));
    this.read();
  }

  /** Resolves when the log is read, and all changes are appended. */
  get done(): Promise<void> {
    return this.#running ?? Promise.resolve();
  }

  /** Reads the log soon. */
  read(): void {
    this.#mustRead = true;
    this.#running ??= this.#run();
  }

  /**
   * Appends a change soon.
   *
   * @throws {Error} If too many changes wait, because the store does not answer.
   */
  publish(change: string): void {
    const { length } = change;
    if (this.#waitingLength > 0 && this.#waitingLength + length > MAX_WAITING_LENGTH) {
      throw new Error(
        `Cannot change shared data ${JSON.stringify(this.#data.name)}: ` +
          `changes of ${this.#waitingLength} characters wait for the session store, which does not answer`,
      );
    }
    this.#waiting.push(change);
    this.#waitingLength += length;
    this.#running ??= this.#run();
  }

  /** Renews the time of the log in the store. */
  async renew(): Promise<void> {
    await this.#member.sharedLogs.renew([this.#key], this.#retentionMilliseconds);
  }

  /** Stops to read and to append. */
  stop(): void {
    this.#stopListening();
    this.#stopped.abort();
  }

  get #hasStopped(): boolean {
    return this.#stopped.signal.aborted;
  }

  #receive(notice: StoreNotice): void {
    const isChange = notice.kind === "sharedDataChanged" && notice.key === this.#key;
    if (isChange || notice.kind === "emptied" || notice.kind === "interrupted") this.read();
  }

  async #run(): Promise<void> {
    while (!this.#hasStopped && (this.#mustRead || this.#waiting.length > 0 || this.#batch !== undefined)) {
      try {
        if (this.#mustRead) await this.#readLog();
        else await this.#append();
        this.#noteSuccess();
      } catch (error) {
        await this.#noteFailure(error);
      }
    }
    this.#running = undefined;
  }

  async #readLog(): Promise<void> {
    this.#mustRead = false;
    const { sharedLogs } = this.#member;
    const reading = await sharedLogs.read(this.#key, this.#position);
    if (this.#hasStopped) return;
    if (reading === undefined) {
      this.#mustRead = true; // another server may create it first
      return await sharedLogs.create(this.#key, JSON.stringify(this.#data.state), this.#retentionMilliseconds);
    }
    const { state, changes } = reading;
    if (state !== undefined) {
      this.#stateLength = state.length;
      const isOwn = this.#position === undefined && state === JSON.stringify(this.#data.state);
      if (!isOwn) changeSharedData(this.#data, () => this.#data.restore(JSON.parse(state)));
    }
    this.#apply(changes, reading);
  }

  async #append(): Promise<void> {
    const batch = this.#batch ??= this.#takeBatch();
    const end = await this.#member.sharedLogs.append(this.#key, batch);
    if (this.#hasStopped) return;
    if (end !== undefined) this.#batch = undefined; // otherwise the store has lost the log
    if (end === undefined || !this.#follows(end, batch)) {
      this.#mustRead = true;
      return;
    }
    this.#apply(batch.changes, end);
    await this.#compact(end);
  }

  /** Returns whether the log has nothing but a batch after the position. */
  #follows({ history, seq }: SharedLogPosition, { changes }: SharedLogBatch): boolean {
    const position = this.#position;
    return position !== undefined && history === position.history && seq === position.seq + changes.length;
  }

  /** Applies changes, and notes the position after them. */
  #apply(changes: readonly string[], { history, seq }: SharedLogPosition): void {
    for (const change of changes) changeSharedData(this.#data, () => this.#data.receive(JSON.parse(change)));
    this.#position = { history, seq };
  }

  /** Replaces the changes in the log by the state, if they are longer. */
  async #compact({ history, seq, length }: SharedLogEnd): Promise<void> {
    if (length < Math.max(MIN_COMPACTED_LENGTH, this.#stateLength)) return;
    const state = JSON.stringify(this.#data.state);
    this.#stateLength = state.length;
    await this.#member.sharedLogs.compact(this.#key, { history, seq }, state);
  }

  #takeBatch(): SharedLogBatch {
    let [count, length] = [0, 0];
    do length += this.#waiting[count++]!.length; while (
      count < this.#waiting.length && length + this.#waiting[count]!.length <= MAX_BATCH_LENGTH
    );
    this.#waitingLength -= length;
    return { writer: this.#member.node.id, number: ++this.#batches, changes: this.#waiting.splice(0, count) };
  }

  #noteSuccess(): void {
    if (this.#hasFailed) logger.info("Shared data {name} follows the session store again", { name: this.#data.name });
    this.#hasFailed = false;
  }

  async #noteFailure(error: unknown): Promise<void> {
    const { name } = this.#data;
    if (this.#hasStopped) return;
    if (!this.#hasFailed) {
      logger.warn("Shared data {name} does not change until the session store answers: {error}", { name, error });
    }
    this.#hasFailed = true;
    this.#mustRead = true;
    await delay(RETRY_MILLISECONDS, { persistent: false, signal: this.#stopped.signal }).catch(() => {}); // stopped
  }
}
